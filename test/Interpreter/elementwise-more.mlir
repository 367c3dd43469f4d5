// RUN: atleus-test-evaluate %s | FileCheck %s
// What the other elementwise ops compute; values from NumPy.

// CHECK: @reciprocal: [4, 1, 0.25] : tensor<3xf32>
func.func @reciprocal() -> tensor<3xf32> {
  %x = nn.constant dense<[0.25, 1.0, 4.0]> : tensor<3xf32>
  %y = nn.reciprocal %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK: @sqrt: [0.5, 1, 2] : tensor<3xf32>
func.func @sqrt() -> tensor<3xf32> {
  %x = nn.constant dense<[0.25, 1.0, 4.0]> : tensor<3xf32>
  %y = nn.sqrt %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK: @rsqrt: [2, 1, 0.5] : tensor<3xf32>
func.func @rsqrt() -> tensor<3xf32> {
  %x = nn.constant dense<[0.25, 1.0, 4.0]> : tensor<3xf32>
  %y = nn.rsqrt %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK: @log: [-1.3863, 0, 1.3863] : tensor<3xf32>
func.func @log() -> tensor<3xf32> {
  %x = nn.constant dense<[0.25, 1.0, 4.0]> : tensor<3xf32>
  %y = nn.log %x : tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK: @not: [0, 1] : tensor<2xi1>
func.func @not() -> tensor<2xi1> {
  %x = nn.constant dense<[true, false]> : tensor<2xi1>
  %y = nn.not %x : tensor<2xi1>
  return %y : tensor<2xi1>
}

// CHECK: @clip: [-1, -0.5, 0, 1] : tensor<4xf32>
func.func @clip() -> tensor<4xf32> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.clip %x {minimum = -1.0 : f64, maximum = 1.0 : f64} : tensor<4xf32>
  return %y : tensor<4xf32>
}

// CHECK: @cast_to_integer: [-2, 0, 0, 1] : tensor<4xi64>
func.func @cast_to_integer() -> tensor<4xi64> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.cast %x : tensor<4xf32> to tensor<4xi64>
  return %y : tensor<4xi64>
}

// CHECK: @cast_to_boolean: [1, 1, 0, 1] : tensor<4xi1>
func.func @cast_to_boolean() -> tensor<4xi1> {
  %x = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %y = nn.cast %x : tensor<4xf32> to tensor<4xi1>
  return %y : tensor<4xi1>
}

// CHECK: @select: [1, -1, 2, -1] : tensor<2x2xf32>
func.func @select() -> tensor<2x2xf32> {
  %c = nn.constant dense<[true, false]> : tensor<2xi1>
  %a = nn.constant dense<[[1.0], [2.0]]> : tensor<2x1xf32>
  %b = nn.constant dense<-1.0> : tensor<f32>
  %y = nn.select %c, %a, %b
      : (tensor<2xi1>, tensor<2x1xf32>, tensor<f32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// CHECK: @swiglu: [-0.37929, 0.75508, 0, 0.61318] : tensor<4xf32>
func.func @swiglu() -> tensor<4xf32> {
  %g = nn.constant dense<[-2.5, -0.5, 0.0, 1.5]> : tensor<4xf32>
  %v = nn.constant dense<[2.0, -4.0, 1.0, 0.5]> : tensor<4xf32>
  %y = nn.swiglu %g, %v : tensor<4xf32>
  return %y : tensor<4xf32>
}
