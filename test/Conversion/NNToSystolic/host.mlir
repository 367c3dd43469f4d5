// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --convert-nn-to-systolic | FileCheck %s

// On the host kernels are not cut: shapes and rows do not matter.
// CHECK-LABEL: func.func @connected_ops_are_one_call
// CHECK-SAME: (%[[I:.*]]: tensor<1x3xi64>)
func.func @connected_ops_are_one_call(%i: tensor<1x3xi64>) -> tensor<1x3xf32> {
  // CHECK: %[[T:.*]] = nn.constant
  %t = nn.constant dense<0.5> : tensor<10x2xf32>
  // CHECK: nn.host(%[[T]], %[[I]]) on @host task_tile [1, 3]
  // CHECK: nn.embedding
  // CHECK: nn.reduce_sum
  // CHECK: nn.name = "embeddings"
  %e = nn.embedding %t, %i {nn.name = "embeddings", arch.tier = @host}
      : (tensor<10x2xf32>, tensor<1x3xi64>) -> tensor<1x3x2xf32>
  %s = nn.reduce_sum %e axes [2] {arch.tier = @host}
      : tensor<1x3x2xf32> -> tensor<1x3xf32>
  return %s : tensor<1x3xf32>
}

// CHECK-LABEL: func.func @host_and_tier_are_apart
func.func @host_and_tier_are_apart(%i: tensor<1x3xi64>) -> tensor<1x3x2xf32> {
  // CHECK: %[[E:.*]] = nn.host
  // CHECK: systolic.vector(%[[E]])
  %t = nn.constant dense<0.5> : tensor<10x2xf32>
  %e = nn.embedding %t, %i {arch.tier = @host}
      : (tensor<10x2xf32>, tensor<1x3xi64>) -> tensor<1x3x2xf32>
  %s = nn.gelu %e {arch.tier = @sa0} : tensor<1x3x2xf32>
  return %s : tensor<1x3x2xf32>
}

// CHECK-LABEL: func.func @product
func.func @product(%a: tensor<4x4xi64>) -> tensor<4x4xi64> {
  // CHECK: nn.host
  // CHECK: nn.matmul
  %y = nn.matmul %a, %a {arch.tier = @host}
      : (tensor<4x4xi64>, tensor<4x4xi64>) -> tensor<4x4xi64>
  return %y : tensor<4x4xi64>
}
