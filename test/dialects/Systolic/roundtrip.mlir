// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-LABEL: func @matmul
func.func @matmul(%a: tensor<2x4x8xf32>, %b: tensor<8x6xf32>,
                  %bias: tensor<6xf32>) {
  // CHECK: systolic.matmul %{{.*}}, %{{.*}} on @sa0 task_tile [1, 4, 6] : (tensor<2x4x8xf32>, tensor<8x6xf32>) -> tensor<2x4x6xf32>
  %0 = systolic.matmul %a, %b on @sa0 task_tile [1, 4, 6]
      : (tensor<2x4x8xf32>, tensor<8x6xf32>) -> tensor<2x4x6xf32>
  // CHECK: systolic.matmul %{{.*}}, %{{.*}} bias %{{.*}} on @sa0 at (0, 0, 0)(1, 0, 0) task_tile [2, 3, 5] {nn.name = "logits", static_rhs} : (tensor<2x4x8xf32>, tensor<8x6xf32>, tensor<6xf32>) -> tensor<2x4x6xf32>
  %1 = systolic.matmul %a, %b bias %bias on @sa0 at (0, 0, 0)(1, 0, 0)
      task_tile [2, 3, 5] {nn.name = "logits", static_rhs}
      : (tensor<2x4x8xf32>, tensor<8x6xf32>, tensor<6xf32>)
      -> tensor<2x4x6xf32>
  return
}

// CHECK-LABEL: func @matmul_quantized
func.func @matmul_quantized(%a: tensor<2x1x4x8x!quant.any<i8:f32>>,
                            %b: tensor<3x6x8x!quant.uniform<i8:f32, 0.2>>) {
  // CHECK: systolic.matmul %{{.*}}, %{{.*}} on @sa0 task_tile [1, 1, 4, 6] {transpose_rhs} : (tensor<2x1x4x8x!quant.any<i8:f32>>, tensor<3x6x8x!quant.uniform<i8:f32, 2.000000e-01>>) -> tensor<2x3x4x6xf32>
  %0 = systolic.matmul %a, %b on @sa0 task_tile [1, 1, 4, 6] {transpose_rhs}
      : (tensor<2x1x4x8x!quant.any<i8:f32>>,
         tensor<3x6x8x!quant.uniform<i8:f32, 0.2>>) -> tensor<2x3x4x6xf32>
  return
}

// CHECK-LABEL: func @vector
func.func @vector(%x: tensor<4x8xf32>, %y: tensor<8xf32>) {
  // CHECK: %{{.*}}:2 = systolic.vector(%{{.*}}, %{{.*}}) on @sa0 at (0, 0, 0) task_tile [2, 8] {
  // CHECK-NEXT: ^bb0(%[[A:.*]]: tensor<4x8xf32>, %[[B:.*]]: tensor<8xf32>):
  // CHECK-NEXT:   %[[S:.*]] = nn.add %[[A]], %[[B]]
  // CHECK-NEXT:   %[[Q:.*]] = nn.quantize %[[S]]
  // CHECK-NEXT:   nn.yield %[[S]], %[[Q]] : tensor<4x8xf32>, tensor<4x8x!quant.any<i8:f32>>
  // CHECK-NEXT: } {nn.name = "residual"} : (tensor<4x8xf32>, tensor<8xf32>) -> (tensor<4x8xf32>, tensor<4x8x!quant.any<i8:f32>>)
  %0:2 = systolic.vector (%x, %y) on @sa0 at (0, 0, 0) task_tile [2, 8] {
  ^bb0(%a: tensor<4x8xf32>, %b: tensor<8xf32>):
    %s = nn.add %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
    %q = nn.quantize %s : tensor<4x8xf32> to tensor<4x8x!quant.any<i8:f32>>
    nn.yield %s, %q : tensor<4x8xf32>, tensor<4x8x!quant.any<i8:f32>>
  } {nn.name = "residual"} : (tensor<4x8xf32>, tensor<8xf32>)
      -> (tensor<4x8xf32>, tensor<4x8x!quant.any<i8:f32>>)
  return
}

// CHECK-LABEL: func @vector_without_operands
func.func @vector_without_operands() {
  // CHECK: systolic.vector() on @sa0 task_tile [] {
  %0 = systolic.vector () on @sa0 task_tile [] {
    %c = nn.constant dense<1.0> : tensor<f32>
    nn.yield %c : tensor<f32>
  } : () -> tensor<f32>
  return
}

// CHECK-LABEL: func @accumulator
func.func @accumulator(%a: tensor<4x8xf32>,
                       %b: tensor<8x6x!nn.codebook<nf4 : f32, block = 16>>) {
  // CHECK: systolic.matmul {{.*}} {accumulator_bits = 24 : i64, overflow = #arch.overflow<saturate>, static_rhs}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      {accumulator_bits = 24, overflow = #arch.overflow<saturate>, static_rhs}
      : (tensor<4x8xf32>, tensor<8x6x!nn.codebook<nf4 : f32, block = 16>>) -> tensor<4x6xf32>
  return
}
