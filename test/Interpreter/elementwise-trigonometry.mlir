// RUN: atleus-test-evaluate %s | FileCheck %s
// What trigonometric and hyperbolic functions compute; values from NumPy.

// CHECK: @tan: [-1.2602, -0.25534, 0, 0.5463] : tensor<4xf32>
func.func @tan() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.tan %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @asin: [-1.1198, -0.25268, 0, 0.5236] : tensor<4xf32>
func.func @asin() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.asin %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @acos: [2.6906, 1.8235, 1.5708, 1.0472] : tensor<4xf32>
func.func @acos() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.acos %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @atan: [-0.73282, -0.24498, 0, 0.46365] : tensor<4xf32>
func.func @atan() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.atan %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @sinh: [-1.0265, -0.25261, 0, 0.5211] : tensor<4xf32>
func.func @sinh() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.sinh %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @cosh: [1.4331, 1.0314, 1, 1.1276] : tensor<4xf32>
func.func @cosh() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.cosh %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @asinh: [-0.80887, -0.24747, 0, 0.48121] : tensor<4xf32>
func.func @asinh() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.asinh %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @acosh: [0, 0.96242, 1.317, 2.9932] : tensor<4xf32>
func.func @acosh() -> tensor<4xf32> {
  %x = nn.constant dense<[1.0, 1.5, 2.0, 10.0]> : tensor<4xf32>
  %y = nn.acosh %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @atanh: [-1.4722, -0.25541, 0, 0.54931] : tensor<4xf32>
func.func @atanh() -> tensor<4xf32> {
  %x = nn.constant dense<[-0.9, -0.25, 0.0, 0.5]> : tensor<4xf32>
  %y = nn.atanh %x : tensor<4xf32>
  return %y : tensor<4xf32>
}
