// RUN: atleus-test-evaluate %s | FileCheck %s
// What the reductions compute; values from NumPy.

// CHECK: @reduce_sum: [9, 1] : tensor<2xf32>
func.func @reduce_sum() -> tensor<2xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_sum %x axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK: @reduce_sum_keep: [0, 2, 8] : tensor<1x3xf32>
func.func @reduce_sum_keep() -> tensor<1x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_sum %x axes [0] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// CHECK: @reduce_mean: [3, 0.33333] : tensor<2xf32>
func.func @reduce_mean() -> tensor<2xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_mean %x axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK: @reduce_mean_keep: [0, 1, 4] : tensor<1x3xf32>
func.func @reduce_mean_keep() -> tensor<1x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_mean %x axes [0] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// CHECK: @reduce_max: [6, 2] : tensor<2xf32>
func.func @reduce_max() -> tensor<2xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_max %x axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK: @reduce_max_keep: [1, 2, 6] : tensor<1x3xf32>
func.func @reduce_max_keep() -> tensor<1x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_max %x axes [0] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// CHECK: @reduce_min: [1, -1] : tensor<2xf32>
func.func @reduce_min() -> tensor<2xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_min %x axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK: @reduce_min_keep: [-1, 0, 2] : tensor<1x3xf32>
func.func @reduce_min_keep() -> tensor<1x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_min %x axes [0] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// CHECK: @reduce_prod: [12, -0] : tensor<2xf32>
func.func @reduce_prod() -> tensor<2xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_prod %x axes [1] : tensor<2x3xf32> -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK: @reduce_prod_keep: [-1, 0, 12] : tensor<1x3xf32>
func.func @reduce_prod_keep() -> tensor<1x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.reduce_prod %x axes [0] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// CHECK: @arg_max: [2, 2] : tensor<2xi64>
func.func @arg_max() -> tensor<2xi64> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.arg_max %x axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  return %y : tensor<2xi64>
}

// CHECK: @arg_max_keep: [0, 0, 0] : tensor<1x3xi64>
func.func @arg_max_keep() -> tensor<1x3xi64> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.arg_max %x axis 0 {keep_dimension}
      : tensor<2x3xf32> -> tensor<1x3xi64>
  return %y : tensor<1x3xi64>
}

// CHECK: @cum_sum: [1, 3, 9, -1, -1, 1] : tensor<2x3xf32>
func.func @cum_sum() -> tensor<2x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.cum_sum %x axis 1 : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}
