// RUN: atleus-test-evaluate %s | FileCheck %s
// What the ops of pooling compute; values from PyTorch.

// CHECK: @max_pool: [5, 6, 8, 9] : tensor<1x1x2x2xf32>
func.func @max_pool() -> tensor<1x1x2x2xf32> {
  %x = nn.constant dense<[[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0],
                            [7.0, 8.0, 9.0]]]]> : tensor<1x1x3x3xf32>
  %y = nn.max_pool %x kernel [2, 2] strides [1, 1] pads [0, 0, 0, 0]
      dilations [1, 1] : tensor<1x1x3x3xf32> -> tensor<1x1x2x2xf32>
  return %y : tensor<1x1x2x2xf32>
}

// Padding is less than any number.
// CHECK: @max_pool_of_negative_numbers: [-2, -2, -1] : tensor<1x1x3xi8>
func.func @max_pool_of_negative_numbers() -> tensor<1x1x3xi8> {
  %x = nn.constant dense<[[[-2, -3, -1]]]> : tensor<1x1x3xi8>
  %y = nn.max_pool %x kernel [2] strides [1] pads [1, 0] dilations [1]
      : tensor<1x1x3xi8> -> tensor<1x1x3xi8>
  return %y : tensor<1x1x3xi8>
}

// CHECK: @max_pool_dilated: [3, 5, 8] : tensor<1x1x3xf32>
func.func @max_pool_dilated() -> tensor<1x1x3xf32> {
  %x = nn.constant dense<[[[1.0, 5.0, 3.0, 2.0, 8.0]]]> : tensor<1x1x5xf32>
  %y = nn.max_pool %x kernel [2] strides [1] pads [0, 0] dilations [2]
      : tensor<1x1x5xf32> -> tensor<1x1x3xf32>
  return %y : tensor<1x1x3xf32>
}

// Numbers count over both channels; of equal elements the first is found.
// CHECK: @arg_max_pool: [1, 2, 4, 6] : tensor<1x2x2xi64>
func.func @arg_max_pool() -> tensor<1x2x2xi64> {
  %x = nn.constant dense<[[[1.0, 5.0, 3.0, 3.0], [4.0, 2.0, 7.0, 0.0]]]>
      : tensor<1x2x4xf32>
  %y = nn.arg_max_pool %x kernel [2] strides [2] pads [0, 0] dilations [1]
      : tensor<1x2x4xf32> -> tensor<1x2x2xi64>
  return %y : tensor<1x2x2xi64>
}

// CHECK: @max_pool_of_nan: [nan, 3] : tensor<1x1x2xf32>
func.func @max_pool_of_nan() -> tensor<1x1x2xf32> {
  %x = nn.constant dense<[[[1.0, 0x7FC00000, 3.0, 2.0]]]> : tensor<1x1x4xf32>
  %y = nn.max_pool %x kernel [2] strides [2] pads [0, 0] dilations [1]
      : tensor<1x1x4xf32> -> tensor<1x1x2xf32>
  return %y : tensor<1x1x2xf32>
}

// Padding does not count.
// CHECK: @average_pool: [1, 1.5, 2.5, 3] : tensor<1x1x4xf32>
func.func @average_pool() -> tensor<1x1x4xf32> {
  %x = nn.constant dense<[[[1.0, 2.0, 3.0]]]> : tensor<1x1x3xf32>
  %y = nn.average_pool %x kernel [2] strides [1] pads [1, 1] dilations [1]
      : tensor<1x1x3xf32> -> tensor<1x1x4xf32>
  return %y : tensor<1x1x4xf32>
}

// CHECK: @average_pool_of_volumes: [4.5] : tensor<1x1x1x1x1xf16>
func.func @average_pool_of_volumes() -> tensor<1x1x1x1x1xf16> {
  %x = nn.constant dense<[[[[[1.0, 2.0], [3.0, 4.0]],
                            [[5.0, 6.0], [7.0, 8.0]]]]]>
      : tensor<1x1x2x2x2xf16>
  %y = nn.average_pool %x kernel [2, 2, 2] strides [1, 1, 1]
      pads [0, 0, 0, 0, 0, 0] dilations [1, 1, 1]
      : tensor<1x1x2x2x2xf16> -> tensor<1x1x1x1x1xf16>
  return %y : tensor<1x1x1x1x1xf16>
}
