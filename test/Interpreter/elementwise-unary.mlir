// RUN: atleus-test-evaluate %s | FileCheck %s
// What the elementwise ops of one operand compute; values from NumPy.

// CHECK: @abs: [2.5, 0.5, 0, 1.5] : tensor<4xf32>
func.func @abs() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.abs %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @neg: [2.5, 0.5, -0, -1.5] : tensor<4xf32>
func.func @neg() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.neg %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @sign: [-1, -1, 0, 1] : tensor<4xf32>
func.func @sign() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.sign %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @relu: [0, 0, 0, 1.5] : tensor<4xf32>
func.func @relu() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.relu %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @floor: [-3, -1, 0, 1] : tensor<4xf32>
func.func @floor() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.floor %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @ceil: [-2, -0, 0, 2] : tensor<4xf32>
func.func @ceil() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.ceil %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @round: [-2, -0, 0, 2] : tensor<4xf32>
func.func @round() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.round %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @exp: [0.082085, 0.60653, 1, 4.4817] : tensor<4xf32>
func.func @exp() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.exp %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @erf: [-0.99959, -0.5205, 0, 0.96611] : tensor<4xf32>
func.func @erf() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.erf %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @tanh: [-0.98661, -0.46212, 0, 0.90515] : tensor<4xf32>
func.func @tanh() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.tanh %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @sigmoid: [0.075858, 0.37754, 0.5, 0.81757] : tensor<4xf32>
func.func @sigmoid() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.sigmoid %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @silu: [-0.18965, -0.18877, 0, 1.2264] : tensor<4xf32>
func.func @silu() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.silu %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @sin: [-0.59847, -0.47943, 0, 0.99749] : tensor<4xf32>
func.func @sin() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.sin %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @cos: [-0.80114, 0.87758, 1, 0.070737] : tensor<4xf32>
func.func @cos() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.cos %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @gelu: [-0.015524, -0.15427, 0, 1.3998] : tensor<4xf32>
func.func @gelu() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.gelu %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @gelu_tanh: [-0.015084, -0.15429, 0, 1.3996] : tensor<4xf32>
func.func @gelu_tanh() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.gelu %x approximation tanh : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @gelu_sigmoid: [-0.034986, -0.14961, 0, 1.3917] : tensor<4xf32>
func.func @gelu_sigmoid() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.gelu %x approximation sigmoid : tensor<4xf32>
  return %y : tensor<4xf32>
}
