// RUN: atleus-test-evaluate %s | FileCheck %s
// What the ops that hold and move data compute; values from NumPy.

// CHECK: @constant: [3, -1] : tensor<2xi64>
func.func @constant() -> tensor<2xi64> {
  %y = nn.constant dense<[3, -1]> : tensor<2xi64>
  return %y : tensor<2xi64>
}

// CHECK: @reshape: [0, 1, 2, 3, 4, 5] : tensor<3x2xi64>
func.func @reshape() -> tensor<3x2xi64> {
  %x = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %y = nn.reshape %x : tensor<2x3xi64> to tensor<3x2xi64>
  return %y : tensor<3x2xi64>
}

// CHECK: @transpose: [0, 3, 1, 4, 2, 5] : tensor<3x2xi64>
func.func @transpose() -> tensor<3x2xi64> {
  %x = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %y = nn.transpose %x [1, 0] : tensor<2x3xi64> -> tensor<3x2xi64>
  return %y : tensor<3x2xi64>
}

// CHECK: @slice: [5, 3, 2, 0] : tensor<2x2xi64>
func.func @slice() -> tensor<2x2xi64> {
  %x = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %y = nn.slice %x offsets [1, 2] sizes [2, 2] strides [-1, -2]
      : tensor<2x3xi64> -> tensor<2x2xi64>
  return %y : tensor<2x2xi64>
}

// CHECK: @concat: [0, 1, 2, 0, 3, 4, 5, 3] : tensor<2x4xi64>
func.func @concat() -> tensor<2x4xi64> {
  %a = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %b = nn.constant dense<[[0], [3]]> : tensor<2x1xi64>
  %y = nn.concat %a, %b axis 1
      : (tensor<2x3xi64>, tensor<2x1xi64>) -> tensor<2x4xi64>
  return %y : tensor<2x4xi64>
}

// CHECK: @expand: [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2] : tensor<2x2x3xi64>
func.func @expand() -> tensor<2x2x3xi64> {
  %x = nn.constant dense<[[1], [2]]> : tensor<2x1xi64>
  %y = nn.expand %x : tensor<2x1xi64> to tensor<2x2x3xi64>
  return %y : tensor<2x2x3xi64>
}

// CHECK: @pad: [-1, 0, 1, 2, -1, 3, 4, 5, -1, -1, -1, -1] : tensor<3x4xi64>
func.func @pad() -> tensor<3x4xi64> {
  %x = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %y = nn.pad %x low [0, 1] high [1, 0] value -1.0
      : tensor<2x3xi64> -> tensor<3x4xi64>
  return %y : tensor<3x4xi64>
}

// CHECK: @trilu_upper: [0, 2, 3, 0, 0, 6, 0, 0, 0] : tensor<3x3xi64>
func.func @trilu_upper() -> tensor<3x3xi64> {
  %x = nn.constant dense<[[1, 2, 3], [4, 5, 6], [7, 8, 9]]> : tensor<3x3xi64>
  %y = nn.trilu %x diagonal 1 {upper} : tensor<3x3xi64>
  return %y : tensor<3x3xi64>
}

// CHECK: @trilu_lower: [1, 0, 0, 4, 5, 0, 7, 8, 9] : tensor<3x3xi64>
func.func @trilu_lower() -> tensor<3x3xi64> {
  %x = nn.constant dense<[[1, 2, 3], [4, 5, 6], [7, 8, 9]]> : tensor<3x3xi64>
  %y = nn.trilu %x diagonal 0 : tensor<3x3xi64>
  return %y : tensor<3x3xi64>
}

// CHECK: @gather: [2, 0, 5, 3] : tensor<2x2xi64>
func.func @gather() -> tensor<2x2xi64> {
  %x = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %i = nn.constant dense<[2, -3]> : tensor<2xi64>
  %y = nn.gather %x, %i axis 1
      : (tensor<2x3xi64>, tensor<2xi64>) -> tensor<2x2xi64>
  return %y : tensor<2x2xi64>
}

// CHECK: @embedding: [7, 8, 9, 1, 2, 3] : tensor<1x2x3xi64>
func.func @embedding() -> tensor<1x2x3xi64> {
  %x = nn.constant dense<[[1, 2, 3], [4, 5, 6], [7, 8, 9]]> : tensor<3x3xi64>
  %i = nn.constant dense<[[2, 0]]> : tensor<1x2xi64>
  %y = nn.embedding %x, %i
      : (tensor<3x3xi64>, tensor<1x2xi64>) -> tensor<1x2x3xi64>
  return %y : tensor<1x2x3xi64>
}
