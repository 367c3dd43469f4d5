// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

!q = !quant.uniform<i8:f32, 5.000000e-01>

// CHECK-LABEL: func @linear
// CHECK-SAME: (%[[X:.*]]: tensor<1x4x8xf32>, %[[W:.*]]: tensor<8x16xf32>, %[[B:.*]]: tensor<16xf32>)
func.func @linear(%x: tensor<1x4x8xf32>, %w: tensor<8x16xf32>,
                  %b: tensor<16xf32>) -> tensor<1x4x16xf32> {
  // CHECK: nn.linear %[[X]], %[[W]] : (tensor<1x4x8xf32>, tensor<8x16xf32>) -> tensor<1x4x16xf32>
  %0 = nn.linear %x, %w
      : (tensor<1x4x8xf32>, tensor<8x16xf32>) -> tensor<1x4x16xf32>
  // CHECK: nn.linear %[[X]], %[[W]] bias %[[B]] {nn.name = "query"} : (tensor<1x4x8xf32>, tensor<8x16xf32>, tensor<16xf32>)
  %1 = nn.linear %x, %w bias %b {nn.name = "query"}
      : (tensor<1x4x8xf32>, tensor<8x16xf32>, tensor<16xf32>)
      -> tensor<1x4x16xf32>
  return %1 : tensor<1x4x16xf32>
}

// CHECK-LABEL: func @linear_of_a_vector_transposed
func.func @linear_of_a_vector_transposed(%x: tensor<8xf16>,
    %w: tensor<16x8xf16>) -> tensor<16xf16> {
  // CHECK: nn.linear %{{.*}}, %{{.*}} {transposed} : (tensor<8xf16>, tensor<16x8xf16>) -> tensor<16xf16>
  %0 = nn.linear %x, %w {transposed}
      : (tensor<8xf16>, tensor<16x8xf16>) -> tensor<16xf16>
  return %0 : tensor<16xf16>
}

// CHECK-LABEL: func @linear_quantized
func.func @linear_quantized(%x: tensor<4x8x!quant.any<i8:f32>>,
    %w: tensor<8x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>,
    %b: tensor<2xf32>) -> tensor<4x2xf32> {
  // CHECK: nn.linear %{{.*}}, %{{.*}} bias %{{.*}} : (tensor<4x8x!quant.any<i8:f32>>, tensor<8x2x!per_axis{{.*}}>, tensor<2xf32>) -> tensor<4x2xf32>
  %0 = nn.linear %x, %w bias %b
      : (tensor<4x8x!quant.any<i8:f32>>,
         tensor<8x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>, tensor<2xf32>)
      -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// CHECK-LABEL: func @matmul
func.func @matmul(%a: tensor<2x1x4x8xf32>, %b: tensor<3x8x6xf32>)
    -> tensor<2x3x4x6xf32> {
  // CHECK: nn.matmul %{{.*}}, %{{.*}} : (tensor<2x1x4x8xf32>, tensor<3x8x6xf32>) -> tensor<2x3x4x6xf32>
  %0 = nn.matmul %a, %b
      : (tensor<2x1x4x8xf32>, tensor<3x8x6xf32>) -> tensor<2x3x4x6xf32>
  return %0 : tensor<2x3x4x6xf32>
}

// CHECK-LABEL: func @matmul_transposed_quantized
func.func @matmul_transposed_quantized(%a: tensor<4x8x!q>, %b: tensor<6x8x!q>)
    -> tensor<4x6xf32> {
  // CHECK: nn.matmul %{{.*}}, %{{.*}} {transpose_rhs} : (tensor<4x8x!quant.uniform<i8:f32, 5.000000e-01>>, tensor<6x8x!quant.uniform<i8:f32, 5.000000e-01>>) -> tensor<4x6xf32>
  %0 = nn.matmul %a, %b {transpose_rhs}
      : (tensor<4x8x!q>, tensor<6x8x!q>) -> tensor<4x6xf32>
  return %0 : tensor<4x6xf32>
}

// CHECK-LABEL: func @matmul_of_integers
func.func @matmul_of_integers(%a: tensor<4x8xi32>, %b: tensor<8x6xi32>)
    -> tensor<4x6xi32> {
  // CHECK: nn.matmul %{{.*}}, %{{.*}} : (tensor<4x8xi32>, tensor<8x6xi32>) -> tensor<4x6xi32>
  %0 = nn.matmul %a, %b
      : (tensor<4x8xi32>, tensor<8x6xi32>) -> tensor<4x6xi32>
  return %0 : tensor<4x6xi32>
}

// CHECK-LABEL: func @attention
// CHECK-SAME: (%[[Q:.*]]: tensor<4x8xf32>, %[[K:.*]]: tensor<6x8xf32>, %[[M:.*]]: tensor<4x6xf32>)
func.func @attention(%q: tensor<4x8xf32>, %k: tensor<6x8xf32>,
                     %m: tensor<4x6xf32>) -> tensor<4x8xf32> {
  // CHECK: nn.attention %[[Q]], %[[K]], %[[K]] heads 2 kv_heads 2 scale 5.000000e-01 : (tensor<4x8xf32>, tensor<6x8xf32>, tensor<6x8xf32>) -> tensor<4x8xf32>
  %0 = nn.attention %q, %k, %k heads 2 kv_heads 2 scale 0.5
      : (tensor<4x8xf32>, tensor<6x8xf32>, tensor<6x8xf32>) -> tensor<4x8xf32>
  // CHECK: nn.attention %[[Q]], %[[K]], %[[K]] mask %[[M]] heads 2 kv_heads 2 scale 5.000000e-01 {causal}
  %1 = nn.attention %q, %k, %k mask %m heads 2 kv_heads 2 scale 0.5 {causal}
      : (tensor<4x8xf32>, tensor<6x8xf32>, tensor<6x8xf32>, tensor<4x6xf32>)
      -> tensor<4x8xf32>
  return %1 : tensor<4x8xf32>
}

// CHECK-LABEL: func @attention_with_groups_and_wide_values
func.func @attention_with_groups_and_wide_values(%q: tensor<1x4x8xf32>,
    %k: tensor<1x6x4xf32>, %v: tensor<1x6x10xf32>) -> tensor<1x4x20xf32> {
  // CHECK: nn.attention {{.*}} heads 4 kv_heads 2 scale 1.000000e+00 : (tensor<1x4x8xf32>, tensor<1x6x4xf32>, tensor<1x6x10xf32>) -> tensor<1x4x20xf32>
  %0 = nn.attention %q, %k, %v heads 4 kv_heads 2 scale 1.0
      : (tensor<1x4x8xf32>, tensor<1x6x4xf32>, tensor<1x6x10xf32>)
      -> tensor<1x4x20xf32>
  return %0 : tensor<1x4x20xf32>
}

// CHECK-LABEL: func @attention_quantized
func.func @attention_quantized(%q: tensor<4x8x!q>) -> tensor<4x8xf32> {
  // CHECK: nn.attention {{.*}} heads 1 kv_heads 1 scale 1.000000e+00 probabilities !quant.uniform<u8:f32, 3.906250e-03> : (
  %0 = nn.attention %q, %q, %q heads 1 kv_heads 1 scale 1.0
      probabilities !quant.uniform<u8:f32, 0.00390625>
      : (tensor<4x8x!q>, tensor<4x8x!q>, tensor<4x8x!q>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
