// RUN: atleus-test-evaluate %s | FileCheck %s
// What the elementwise ops of two operands compute; values from NumPy.

// CHECK: @add: [9, -4, 0, 3, 3.5, -5] : tensor<2x3xf32>
func.func @add() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.add %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @sub: [5, -10, 4, -1, -2.5, -1] : tensor<2x3xf32>
func.func @sub() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.sub %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @mul: [14, -21, -4, 2, 1.5, 6] : tensor<2x3xf32>
func.func @mul() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.mul %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @div: [3.5, -2.3333, -1, 0.5, 0.16667, 1.5] : tensor<2x3xf32>
func.func @div() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.div %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @mod: [1, -1, 0, 1, 0.5, -1] : tensor<2x3xf32>
func.func @mod() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.mod %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @max: [7, 3, 2, 2, 3, -2] : tensor<2x3xf32>
func.func @max() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.max %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @min: [2, -7, -2, 1, 0.5, -3] : tensor<2x3xf32>
func.func @min() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.min %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @pow: [49, -343, 0.25, 1, 0.125, 0.11111] : tensor<2x3xf32>
func.func @pow() -> tensor<2x3xf32> {
  %a = nn.constant dense<[[7.0, -7.0, 2.0], [1.0, 0.5, -3.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[2.0, 3.0, -2.0]> : tensor<3xf32>
  %y = nn.pow %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @div_integers: [3, -3, -3, 3] : tensor<4xi64>
func.func @div_integers() -> tensor<4xi64> {
  %a = nn.constant dense<[7, -7, 7, -7]> : tensor<4xi64>
  %b = nn.constant dense<[2, 2, -2, -2]> : tensor<4xi64>
  %y = nn.div %a, %b : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  return %y : tensor<4xi64>
}

// CHECK: @mod_integers: [1, 1, -1, -1] : tensor<4xi64>
func.func @mod_integers() -> tensor<4xi64> {
  %a = nn.constant dense<[7, -7, 7, -7]> : tensor<4xi64>
  %b = nn.constant dense<[2, 2, -2, -2]> : tensor<4xi64>
  %y = nn.mod %a, %b : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
  return %y : tensor<4xi64>
}

// CHECK: @equal: [0, 1, 0] : tensor<3xi1>
func.func @equal() -> tensor<3xi1> {
  %a = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = nn.constant dense<[2.0]> : tensor<1xf32>
  %y = nn.equal %a, %b : (tensor<3xf32>, tensor<1xf32>) -> tensor<3xi1>
  return %y : tensor<3xi1>
}

// CHECK: @less: [1, 0, 0] : tensor<3xi1>
func.func @less() -> tensor<3xi1> {
  %a = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = nn.constant dense<[2.0]> : tensor<1xf32>
  %y = nn.less %a, %b : (tensor<3xf32>, tensor<1xf32>) -> tensor<3xi1>
  return %y : tensor<3xi1>
}

// CHECK: @less_equal: [1, 1, 0] : tensor<3xi1>
func.func @less_equal() -> tensor<3xi1> {
  %a = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = nn.constant dense<[2.0]> : tensor<1xf32>
  %y = nn.less_equal %a, %b : (tensor<3xf32>, tensor<1xf32>) -> tensor<3xi1>
  return %y : tensor<3xi1>
}

// CHECK: @greater: [0, 0, 1] : tensor<3xi1>
func.func @greater() -> tensor<3xi1> {
  %a = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = nn.constant dense<[2.0]> : tensor<1xf32>
  %y = nn.greater %a, %b : (tensor<3xf32>, tensor<1xf32>) -> tensor<3xi1>
  return %y : tensor<3xi1>
}

// CHECK: @greater_equal: [0, 1, 1] : tensor<3xi1>
func.func @greater_equal() -> tensor<3xi1> {
  %a = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %b = nn.constant dense<[2.0]> : tensor<1xf32>
  %y = nn.greater_equal %a, %b : (tensor<3xf32>, tensor<1xf32>) -> tensor<3xi1>
  return %y : tensor<3xi1>
}

// CHECK: @and: [0, 0, 0, 1] : tensor<4xi1>
func.func @and() -> tensor<4xi1> {
  %a = nn.constant dense<[false, false, true, true]> : tensor<4xi1>
  %b = nn.constant dense<[false, true, false, true]> : tensor<4xi1>
  %y = nn.and %a, %b : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  return %y : tensor<4xi1>
}

// CHECK: @or: [0, 1, 1, 1] : tensor<4xi1>
func.func @or() -> tensor<4xi1> {
  %a = nn.constant dense<[false, false, true, true]> : tensor<4xi1>
  %b = nn.constant dense<[false, true, false, true]> : tensor<4xi1>
  %y = nn.or %a, %b : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  return %y : tensor<4xi1>
}

// CHECK: @xor: [0, 1, 1, 0] : tensor<4xi1>
func.func @xor() -> tensor<4xi1> {
  %a = nn.constant dense<[false, false, true, true]> : tensor<4xi1>
  %b = nn.constant dense<[false, true, false, true]> : tensor<4xi1>
  %y = nn.xor %a, %b : (tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  return %y : tensor<4xi1>
}
