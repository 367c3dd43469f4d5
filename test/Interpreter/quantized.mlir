// RUN: atleus-test-evaluate %s | FileCheck %s
// What quantized values and their products are; values worked out by hand.

!half = !quant.uniform<i8:f32, 0.5>
!affine = !quant.uniform<u8:f32, 0.5:100>
!columns = !quant.uniform<i8:f32:1, {0.5, 0.25}>
!dynamic = !quant.any<i8:f32>

// Ties go to the even integer; what is too large saturates.
// CHECK: @quantize: [1, 2, 2, -128, 127] : tensor<5x!quant.uniform<i8:f32, 5.000000e-01>>
func.func @quantize() -> tensor<5x!half> {
  %x = nn.constant dense<[0.6, 0.75, 1.25, -100.0, 100.0]> : tensor<5xf32>
  %y = nn.quantize %x : tensor<5xf32> to tensor<5x!half>
  return %y : tensor<5x!half>
}

// CHECK: @affine: [102, 0, 96]
// CHECK: @affine: [1, -50, -2] : tensor<3xf32>
func.func @affine() -> (tensor<3x!affine>, tensor<3xf32>) {
  %x = nn.constant dense<[1.0, -100.0, -2.0]> : tensor<3xf32>
  %q = nn.quantize %x : tensor<3xf32> to tensor<3x!affine>
  %y = nn.dequantize %q : tensor<3x!affine> to tensor<3xf32>
  return %q, %y : tensor<3x!affine>, tensor<3xf32>
}

// The scale is 2.54 / 127 and goes along with the value.
// CHECK: @dynamic: [50, -127]
// CHECK: @dynamic: [1, -2.54] : tensor<2x1xf32>
func.func @dynamic() -> (tensor<2x!dynamic>, tensor<2x1xf32>) {
  %x = nn.constant dense<[1.0, -2.54]> : tensor<2xf32>
  %q = nn.quantize %x : tensor<2xf32> to tensor<2x!dynamic>
  %r = nn.reshape %q : tensor<2x!dynamic> to tensor<2x1x!dynamic>
  %y = nn.dequantize %r : tensor<2x1x!dynamic> to tensor<2x1xf32>
  return %q, %y : tensor<2x!dynamic>, tensor<2x1xf32>
}

// Each vector, or each matrix, is as large as the integers allow. A vector of
// infinity is NaN; the others do not know of it.
// CHECK: @vectors: [50, -127, 127, 10, 0, 0]
// CHECK: @vectors: [1, -2.54, 127, 10, nan, nan] : tensor<3x2xf32>
func.func @vectors() -> (tensor<3x2x!dynamic>, tensor<3x2xf32>) {
  %x = nn.constant dense<[[1.0, -2.54], [127.0, 10.0], [0x7F800000, 1.0]]>
      : tensor<3x2xf32>
  %q = nn.quantize %x scales<vector> : tensor<3x2xf32> to tensor<3x2x!dynamic>
  %y = nn.dequantize %q : tensor<3x2x!dynamic> to tensor<3x2xf32>
  return %q, %y : tensor<3x2x!dynamic>, tensor<3x2xf32>
}

// CHECK: @matrices: [127, 1, -127, 127] : tensor<2x1x2x!quant.any<i8:f32>>
// CHECK: @matrices: [12.7, -254, 0.1, 254] : tensor<2x2xf32>
func.func @matrices() -> (tensor<2x1x2x!dynamic>, tensor<2x2xf32>) {
  %x = nn.constant dense<[[[12.7, 0.1]], [[-254.0, 254.0]]]> : tensor<2x1x2xf32>
  %q = nn.quantize %x scales<matrix>
      : tensor<2x1x2xf32> to tensor<2x1x2x!dynamic>
  %t = nn.transpose %q [1, 2, 0]
      : tensor<2x1x2x!dynamic> -> tensor<1x2x2x!dynamic>
  %r = nn.reshape %t : tensor<1x2x2x!dynamic> to tensor<2x2x!dynamic>
  %y = nn.dequantize %r : tensor<2x2x!dynamic> to tensor<2x2xf32>
  return %q, %y : tensor<2x1x2x!dynamic>, tensor<2x2xf32>
}

// Rows with scales of 1, 0.5, 1 and 2, heads with scales of 1 and 2.
// CHECK: @scores: [16129, -4000.5, -32258, 64516] : tensor<2x2x1xf32>
func.func @scores() -> tensor<2x2x1xf32> {
  %x = nn.constant dense<[[[127.0, 0.0], [0.0, 63.5]],
                          [[0.0, 127.0], [254.0, 0.0]]]> : tensor<2x2x2xf32>
  %k = nn.constant dense<[[[127.0, -63.0]], [[254.0, -254.0]]]> : tensor<2x1x2xf32>
  %xq = nn.quantize %x scales<vector>
      : tensor<2x2x2xf32> to tensor<2x2x2x!dynamic>
  %kq = nn.quantize %k scales<matrix>
      : tensor<2x1x2xf32> to tensor<2x1x2x!dynamic>
  %y = nn.matmul %xq, %kq {transpose_rhs}
      : (tensor<2x2x2x!dynamic>, tensor<2x1x2x!dynamic>) -> tensor<2x2x1xf32>
  return %y : tensor<2x2x1xf32>
}

// [2, 4] * 0.5 by [[2, 4], [6, 8]] with scales 0.5 and 0.25, plus the bias.
// CHECK: @linear: [8, 4] : tensor<1x2xf32>
func.func @linear() -> tensor<1x2xf32> {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[1.0, 1.0], [3.0, 2.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %xq = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!half>
  %wq = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!columns>
  %y = nn.linear %xq, %wq bias %b
      : (tensor<1x2x!half>, tensor<2x2x!columns>, tensor<2xf32>)
      -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK: @matmul: [5, 11] : tensor<1x1x2xf32>
func.func @matmul() -> tensor<1x1x2xf32> {
  %x = nn.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32>
  %y = nn.constant dense<[[[1.0, 2.0], [3.0, 4.0]]]> : tensor<1x2x2xf32>
  %xq = nn.quantize %x : tensor<1x1x2xf32> to tensor<1x1x2x!half>
  %yq = nn.quantize %y : tensor<1x2x2xf32> to tensor<1x2x2x!half>
  %z = nn.matmul %xq, %yq {transpose_rhs}
      : (tensor<1x1x2x!half>, tensor<1x2x2x!half>) -> tensor<1x1x2xf32>
  return %z : tensor<1x1x2xf32>
}

// Scores are equal, so the probabilities are 64 / 128 each.
// CHECK: @attention: [2, 0] : tensor<1x2xf32>
func.func @attention() -> tensor<1x2xf32> {
  %q = nn.constant dense<[[0.0, 0.0]]> : tensor<1x2xf32>
  %k = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %v = nn.constant dense<[[1.0, -1.0], [3.0, 1.0]]> : tensor<2x2xf32>
  %qq = nn.quantize %q : tensor<1x2xf32> to tensor<1x2x!half>
  %kq = nn.quantize %k : tensor<2x2xf32> to tensor<2x2x!half>
  %vq = nn.quantize %v : tensor<2x2xf32> to tensor<2x2x!half>
  %y = nn.attention %qq, %kq, %vq heads 1 kv_heads 1 scale 1.0
      probabilities !quant.uniform<i8:f32, 7.8125e-3>
      : (tensor<1x2x!half>, tensor<2x2x!half>, tensor<2x2x!half>)
      -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK: @conv: [11] : tensor<1x1x1x1xf32>
func.func @conv() -> tensor<1x1x1x1xf32> {
  %x = nn.constant dense<[[[[1.0, 2.0]]]]> : tensor<1x1x1x2xf32>
  %w = nn.constant dense<[[[[3.0, 4.0]]]]> : tensor<1x1x1x2xf32>
  %xq = nn.quantize %x : tensor<1x1x1x2xf32> to tensor<1x1x1x2x!half>
  %wq = nn.quantize %w : tensor<1x1x1x2xf32> to tensor<1x1x1x2x!half>
  %y = nn.conv %xq, %wq strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1]
      groups 1 : (tensor<1x1x1x2x!half>, tensor<1x1x1x2x!half>)
      -> tensor<1x1x1x1xf32>
  return %y : tensor<1x1x1x1xf32>
}

// The same scores: 0.5 is 2.5 times 0.2, which rounds to the even 2, 0.4.
// CHECK: @attention_of_floats: [1.6] : tensor<1x1xf32>
func.func @attention_of_floats() -> tensor<1x1xf32> {
  %q = nn.constant dense<0.0> : tensor<1x1xf32>
  %k = nn.constant dense<[[1.0], [3.0]]> : tensor<2x1xf32>
  %y = nn.attention %q, %k, %k heads 1 kv_heads 1 scale 1.0
      probabilities !quant.uniform<u8:f32, 0.2:1>
      : (tensor<1x1xf32>, tensor<2x1xf32>, tensor<2x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}
