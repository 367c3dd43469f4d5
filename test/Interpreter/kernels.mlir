// RUN: atleus-test-evaluate %s | FileCheck %s
// What products, attention and normalizations compute; values from NumPy.

// CHECK: @linear: [5.5, 1.5, -1, 1.5, 2.5, -6] : tensor<2x3xf32>
func.func @linear() -> tensor<2x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, -1.0]]> : tensor<2x2xf32>
  %w = nn.constant dense<[[1.0, 0.5, -1.0], [2.0, 0.0, 1.0]]> : tensor<2x3xf32>
  %b = nn.constant dense<[0.5, 1.0, -2.0]> : tensor<3xf32>
  %y = nn.linear %x, %w bias %b
      : (tensor<2x2xf32>, tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @linear_transposed: [5, 0.5, 1, 1, 1.5, -4] : tensor<2x3xf32>
func.func @linear_transposed() -> tensor<2x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, -1.0]]> : tensor<2x2xf32>
  %w = nn.constant dense<[[1.0, 2.0], [0.5, 0.0], [-1.0, 1.0]]>
      : tensor<3x2xf32>
  %y = nn.linear %x, %w {transposed}
      : (tensor<2x2xf32>, tensor<3x2xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @matmul: [4, 7, -2, 0, 16, 19, 6, 8] : tensor<2x2x2xf32>
func.func @matmul() -> tensor<2x2x2xf32> {
  %a = nn.constant dense<[[1.0, 2.0], [3.0, -1.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[[[0.0, 1.0], [2.0, 3.0]], [[4.0, 5.0], [6.0, 7.0]]]>
      : tensor<2x2x2xf32>
  %y = nn.matmul %a, %b
      : (tensor<2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x2x2xf32>
  return %y : tensor<2x2x2xf32>
}

// CHECK: @matmul_transpose_rhs: [2, 8, -1, 3, 14, 20, 7, 11] : tensor<2x2x2xf32>
func.func @matmul_transpose_rhs() -> tensor<2x2x2xf32> {
  %a = nn.constant dense<[[1.0, 2.0], [3.0, -1.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[[[0.0, 1.0], [2.0, 3.0]], [[4.0, 5.0], [6.0, 7.0]]]>
      : tensor<2x2x2xf32>
  %y = nn.matmul %a, %b {transpose_rhs}
      : (tensor<2x2xf32>, tensor<2x2x2xf32>) -> tensor<2x2x2xf32>
  return %y : tensor<2x2x2xf32>
}

// CHECK: @softmax: [0.0065733, 0.017868, 0.97556, 0.04201, 0.1142, 0.84379] : tensor<2x3xf32>
func.func @softmax() -> tensor<2x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %y = nn.softmax %x axis 1 : tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @layer_norm: [-0.92582, -0.82582, 0.49436, -1.069, -0.43452, 0.46815] : tensor<2x3xf32>
func.func @layer_norm() -> tensor<2x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %g = nn.constant dense<[1.0, 2.0, 0.5]> : tensor<3xf32>
  %h = nn.constant dense<[0.0, 0.1, -0.2]> : tensor<3xf32>
  %y = nn.layer_norm %x, %g bias %h epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @rms_norm: [0.2705, 1.082, 0.8115, -0.77459, 0, 0.77459] : tensor<2x3xf32>
func.func @rms_norm() -> tensor<2x3xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 6.0], [-1.0, 0.0, 2.0]]> : tensor<2x3xf32>
  %g = nn.constant dense<[1.0, 2.0, 0.5]> : tensor<3xf32>
  %y = nn.rms_norm %x, %g epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: @attention: [1.3584, 0.28329, 0.87565, 1.2487, 1.4116, 0.17686, 0.72594, 1.5481] : tensor<2x4xf32>
func.func @attention() -> tensor<2x4xf32> {
  %q = nn.constant dense<[[0.5, -1.0, 0.0, 1.0], [1.0, 0.5, -0.5, 0.25]]>
      : tensor<2x4xf32>
  %k = nn.constant dense<[[1.0, 0.0], [-1.0, 0.5]]> : tensor<2x2xf32>
  %v = nn.constant dense<[[2.0, -1.0], [0.0, 3.0]]> : tensor<2x2xf32>
  %y = nn.attention %q, %k, %v heads 2 kv_heads 1 scale 0.5
      : (tensor<2x4xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// CHECK: @attention_causal: [2, -1, 2, -1, 1.4116, 0.17686, 0.72594, 1.5481] : tensor<2x4xf32>
func.func @attention_causal() -> tensor<2x4xf32> {
  %q = nn.constant dense<[[0.5, -1.0, 0.0, 1.0], [1.0, 0.5, -0.5, 0.25]]>
      : tensor<2x4xf32>
  %k = nn.constant dense<[[1.0, 0.0], [-1.0, 0.5]]> : tensor<2x2xf32>
  %v = nn.constant dense<[[2.0, -1.0], [0.0, 3.0]]> : tensor<2x2xf32>
  %y = nn.attention %q, %k, %v heads 2 kv_heads 1 scale 0.5 {causal}
      : (tensor<2x4xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// CHECK: @attention_mask: [1.7039, -0.40781, 1.3584, 0.28329, 1.7341, -0.46814, 1.2153, 0.56935] : tensor<2x4xf32>
func.func @attention_mask() -> tensor<2x4xf32> {
  %q = nn.constant dense<[[0.5, -1.0, 0.0, 1.0], [1.0, 0.5, -0.5, 0.25]]>
      : tensor<2x4xf32>
  %k = nn.constant dense<[[1.0, 0.0], [-1.0, 0.5]]> : tensor<2x2xf32>
  %v = nn.constant dense<[[2.0, -1.0], [0.0, 3.0]]> : tensor<2x2xf32>
  %m = nn.constant dense<[[0.0, -1.0]]> : tensor<1x2xf32>
  %y = nn.attention %q, %k, %v mask %m heads 2 kv_heads 1 scale 0.5
      : (tensor<2x4xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<1x2xf32>)
      -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// CHECK: @conv: [10.5, 14, 24.5, 31] : tensor<1x1x2x2xf32>
func.func @conv() -> tensor<1x1x2x2xf32> {
  %x = nn.constant
      dense<[[[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]]]]>
      : tensor<1x1x3x3xf32>
  %w = nn.constant dense<[[[[1.0, -1.0], [2.0, 0.5]]]]> : tensor<1x1x2x2xf32>
  %b = nn.constant dense<[10.0]> : tensor<1xf32>
  %y = nn.conv %x, %w bias %b strides [2, 2] pads [1, 0, 0, 1]
      dilations [1, 1] groups 1
      : (tensor<1x1x3x3xf32>, tensor<1x1x2x2xf32>, tensor<1xf32>)
      -> tensor<1x1x2x2xf32>
  return %y : tensor<1x1x2x2xf32>
}

// A quarter turn of (1, 3), half of one of (2, 4), and 5 as it is.
// CHECK: @rotary_embedding: [-3, -2, 1, -4, 5] : tensor<1x5xf32>
func.func @rotary_embedding() -> tensor<1x5xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 3.0, 4.0, 5.0]]> : tensor<1x5xf32>
  %c = nn.constant dense<[0.0, -1.0]> : tensor<2xf32>
  %s = nn.constant dense<[1.0, 0.0]> : tensor<2xf32>
  %y = nn.rotary_embedding %x, %c, %s
      : (tensor<1x5xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x5xf32>
  return %y : tensor<1x5xf32>
}

// A quarter turn of (1, 2) in the first row and of (3, 4) in the second.
// CHECK: @rotary_embedding_interleaved: [-2, 1, 3, 4, 1, 2, -4, 3] : tensor<2x4xf32>
func.func @rotary_embedding_interleaved() -> tensor<2x4xf32> {
  %x = nn.constant dense<[[1.0, 2.0, 3.0, 4.0], [1.0, 2.0, 3.0, 4.0]]>
      : tensor<2x4xf32>
  %c = nn.constant dense<[[0.0, 1.0], [1.0, 0.0]]> : tensor<2x2xf32>
  %s = nn.constant dense<[[1.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %y = nn.rotary_embedding %x, %c, %s {interleaved}
      : (tensor<2x4xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}
