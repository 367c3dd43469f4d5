// RUN: atleus-test-evaluate %s | FileCheck %s
// What the ops with computed indices compute; values from NumPy, and of updates
// and orders from ONNX Runtime.

// CHECK: @gather_elements: [2, 0, 4, 4] : tensor<2x2xi64>
func.func @gather_elements() -> tensor<2x2xi64> {
  %x = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %i = nn.constant dense<[[-1, 0], [1, -2]]> : tensor<2x2xi64>
  %y = nn.gather_elements %x, %i axis 1
      : (tensor<2x3xi64>, tensor<2x2xi64>) -> tensor<2x2xi64>
  return %y : tensor<2x2xi64>
}

// The indices are shorter than the input along the other dimension.
// CHECK: @gather_fewer_elements: [3, 3, 0] : tensor<3x1xi64>
func.func @gather_fewer_elements() -> tensor<3x1xi64> {
  %x = nn.constant dense<[[0, 1, 2], [3, 4, 5]]> : tensor<2x3xi64>
  %i = nn.constant dense<[[1], [1], [0]]> : tensor<3x1xi32>
  %y = nn.gather_elements %x, %i axis 0
      : (tensor<2x3xi64>, tensor<3x1xi32>) -> tensor<3x1xi64>
  return %y : tensor<3x1xi64>
}

// Scale and zero point, 0.5 and 128, go along with the elements.
// CHECK: @gather_dynamic_elements: [63.5, -64] : tensor<2xf32>
func.func @gather_dynamic_elements() -> tensor<2xf32> {
  %x = nn.constant dense<[-64.0, 63.5]> : tensor<2xf32>
  %i = nn.constant dense<[1, 0]> : tensor<2xi64>
  %q = nn.quantize %x : tensor<2xf32> to tensor<2x!quant.any<u8:f32>>
  %g = nn.gather_elements %q, %i axis 0
      : (tensor<2x!quant.any<u8:f32>>, tensor<2xi64>)
      -> tensor<2x!quant.any<u8:f32>>
  %y = nn.dequantize %g : tensor<2x!quant.any<u8:f32>> to tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK: @gather_nd: [4, 5, 0, 1] : tensor<2x2xi64>
func.func @gather_nd() -> tensor<2x2xi64> {
  %x = nn.constant dense<[[[0, 1], [2, 3]], [[4, 5], [6, 7]]]>
      : tensor<2x2x2xi64>
  %i = nn.constant dense<[[1, 0], [0, -2]]> : tensor<2x2xi64>
  %y = nn.gather_nd %x, %i batch_dims 0
      : (tensor<2x2x2xi64>, tensor<2x2xi64>) -> tensor<2x2xi64>
  return %y : tensor<2x2xi64>
}

// CHECK: @gather_nd_of_a_batch: [2, 3, 4, 5] : tensor<2x2xi64>
func.func @gather_nd_of_a_batch() -> tensor<2x2xi64> {
  %x = nn.constant dense<[[[0, 1], [2, 3]], [[4, 5], [6, 7]]]>
      : tensor<2x2x2xi64>
  %i = nn.constant dense<[[1], [0]]> : tensor<2x1xi64>
  %y = nn.gather_nd %x, %i batch_dims 1
      : (tensor<2x2x2xi64>, tensor<2x1xi64>) -> tensor<2x2xi64>
  return %y : tensor<2x2xi64>
}

// CHECK: @scatter_elements_replace: [9, 1, 8, 4] : tensor<4xi64>
func.func @scatter_elements_replace() -> tensor<4xi64> {
  %x = nn.constant dense<[1, 2, 3, 4]> : tensor<4xi64>
  %i = nn.constant dense<[0, 2, -3]> : tensor<3xi64>
  %u = nn.constant dense<[9, 8, 1]> : tensor<3xi64>
  %y = nn.scatter_elements %x, %i, %u axis 0 replace
      : (tensor<4xi64>, tensor<3xi64>, tensor<3xi64>) -> tensor<4xi64>
  return %y : tensor<4xi64>
}

// The last of two updates stays.
// CHECK: @scatter_elements_twice: [7, 2] : tensor<2xi64>
func.func @scatter_elements_twice() -> tensor<2xi64> {
  %x = nn.constant dense<[1, 2]> : tensor<2xi64>
  %i = nn.constant dense<[0, 0]> : tensor<2xi64>
  %u = nn.constant dense<[5, 7]> : tensor<2xi64>
  %y = nn.scatter_elements %x, %i, %u axis 0 replace
      : (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<2xi64>
  return %y : tensor<2xi64>
}

// CHECK: @scatter_elements_add: [1, 10, 3, 4, 5, 17] : tensor<2x3xi64>
func.func @scatter_elements_add() -> tensor<2x3xi64> {
  %x = nn.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi64>
  %i = nn.constant dense<[[1, 1], [2, 2]]> : tensor<2x2xi64>
  %u = nn.constant dense<[[3, 5], [4, 7]]> : tensor<2x2xi64>
  %y = nn.scatter_elements %x, %i, %u axis 1 add
      : (tensor<2x3xi64>, tensor<2x2xi64>, tensor<2x2xi64>) -> tensor<2x3xi64>
  return %y : tensor<2x3xi64>
}

// CHECK: @scatter_elements_multiply: [30, 2] : tensor<2xi8>
func.func @scatter_elements_multiply() -> tensor<2xi8> {
  %x = nn.constant dense<[2, 2]> : tensor<2xi8>
  %i = nn.constant dense<[0, 0]> : tensor<2xi64>
  %u = nn.constant dense<[3, 5]> : tensor<2xi8>
  %y = nn.scatter_elements %x, %i, %u axis 0 multiply
      : (tensor<2xi8>, tensor<2xi64>, tensor<2xi8>) -> tensor<2xi8>
  return %y : tensor<2xi8>
}

// CHECK: @scatter_elements_extremes: [3.5, 2, 1, -1] : tensor<4xf16>
func.func @scatter_elements_extremes() -> tensor<4xf16> {
  %x = nn.constant dense<[1.0, 2.0, 1.0, 2.0]> : tensor<4xf16>
  %i = nn.constant dense<[0, 1]> : tensor<2xi64>
  %j = nn.constant dense<[2, 3]> : tensor<2xi64>
  %u = nn.constant dense<[3.5, -1.0]> : tensor<2xf16>
  %a = nn.scatter_elements %x, %i, %u axis 0 maximum
      : (tensor<4xf16>, tensor<2xi64>, tensor<2xf16>) -> tensor<4xf16>
  %y = nn.scatter_elements %a, %j, %u axis 0 minimum
      : (tensor<4xf16>, tensor<2xi64>, tensor<2xf16>) -> tensor<4xf16>
  return %y : tensor<4xf16>
}

// CHECK: @scatter_nd: [1, 2, 9, 9, 5, 6] : tensor<3x2xi64>
func.func @scatter_nd() -> tensor<3x2xi64> {
  %x = nn.constant dense<[[1, 2], [3, 4], [5, 6]]> : tensor<3x2xi64>
  %i = nn.constant dense<[[-2]]> : tensor<1x1xi64>
  %u = nn.constant dense<[[9, 9]]> : tensor<1x2xi64>
  %y = nn.scatter_nd %x, %i, %u replace
      : (tensor<3x2xi64>, tensor<1x1xi64>, tensor<1x2xi64>) -> tensor<3x2xi64>
  return %y : tensor<3x2xi64>
}

// CHECK: @scatter_nd_add: [1, 2, 3, 15] : tensor<2x2xi64>
func.func @scatter_nd_add() -> tensor<2x2xi64> {
  %x = nn.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  %i = nn.constant dense<[[1, 1], [1, 1]]> : tensor<2x2xi64>
  %u = nn.constant dense<[5, 6]> : tensor<2xi64>
  %y = nn.scatter_nd %x, %i, %u add
      : (tensor<2x2xi64>, tensor<2x2xi64>, tensor<2xi64>) -> tensor<2x2xi64>
  return %y : tensor<2x2xi64>
}

// CHECK: @top_k_of_equal_elements: [1, 3, 0] : tensor<3xi64>
func.func @top_k_of_equal_elements() -> tensor<3xi64> {
  %x = nn.constant dense<[1.0, 2.0, 0.0, 2.0]> : tensor<4xf32>
  %y = nn.top_k %x axis 0 count 3 : tensor<4xf32> -> tensor<3xi64>
  return %y : tensor<3xi64>
}

// CHECK: @top_k_smallest: [1, 0, 0, 1] : tensor<2x2xi64>
func.func @top_k_smallest() -> tensor<2x2xi64> {
  %x = nn.constant dense<[[5, 1], [4, 3]]> : tensor<2x2xi32>
  %y = nn.top_k %x axis 0 count 2 {smallest}
      : tensor<2x2xi32> -> tensor<2x2xi64>
  return %y : tensor<2x2xi64>
}

// CHECK: @top_k_of_nan: [1, 2] : tensor<2xi64>
func.func @top_k_of_nan() -> tensor<2xi64> {
  %x = nn.constant dense<[1.0, 0x7FC00000, 0x7F800000]> : tensor<3xf32>
  %y = nn.top_k %x axis 0 count 2 : tensor<3xf32> -> tensor<2xi64>
  return %y : tensor<2xi64>
}
