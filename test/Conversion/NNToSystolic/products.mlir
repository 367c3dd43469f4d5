// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --convert-nn-to-systolic | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>

// CHECK-LABEL: func.func @linear
// CHECK-SAME: (%[[X:.*]]: tensor
func.func @linear(%x: tensor<3x8xf32>) -> tensor<3x4xf32> {
  // CHECK: %[[W:.*]] = nn.constant
  %w = nn.constant dense<0.5> : tensor<4x8xf32>
  // CHECK: %[[B:.*]] = nn.constant
  %b = nn.constant dense<0.1> : tensor<4xf32>
  // CHECK: %[[Y:.*]] = systolic.matmul %[[X]], %[[W]] bias %[[B]] on @sa0 task_tile [3, 4] {nn.name = "classifier", static_rhs, transpose_rhs}
  %y = nn.linear %x, %w bias %b
      {transposed, nn.name = "classifier", arch.tier = @sa0}
      : (tensor<3x8xf32>, tensor<4x8xf32>, tensor<4xf32>) -> tensor<3x4xf32>
  // CHECK: return %[[Y]]
  return %y : tensor<3x4xf32>
}

// CHECK-LABEL: func.func @linear_of_one_vector
func.func @linear_of_one_vector(%x: tensor<8xf32>) -> tensor<4xf32> {
  %w = nn.constant dense<0.5> : tensor<8x4xf32>
  // CHECK: %[[ROW:.*]] = nn.reshape %{{.*}} : tensor<8xf32> to tensor<1x8xf32>
  // CHECK: %[[Y:.*]] = systolic.matmul %[[ROW]], {{.*}} {nn.name = "matmul.0", static_rhs} {{.*}} -> tensor<1x4xf32>
  // CHECK: nn.reshape %[[Y]] : tensor<1x4xf32> to tensor<4xf32>
  %y = nn.linear %x, %w {arch.tier = @sa0}
      : (tensor<8xf32>, tensor<8x4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK-LABEL: func.func @matmul
// CHECK-SAME: (%[[A:.*]]: tensor{{.*}}, %[[B:.*]]: tensor
func.func @matmul(%a: tensor<2x4x8x!x>, %b: tensor<2x6x8x!x>)
    -> tensor<2x4x6xf32> {
  // CHECK: systolic.matmul %[[A]], %[[B]] on @sa0 task_tile [2, 4, 6] {accumulator_bits = 32 : i64, nn.name = "matmul.1", transpose_rhs}
  %y = nn.matmul %a, %b {transpose_rhs, arch.tier = @sa0}
      : (tensor<2x4x8x!x>, tensor<2x6x8x!x>) -> tensor<2x4x6xf32>
  return %y : tensor<2x4x6xf32>
}
