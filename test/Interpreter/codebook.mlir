// RUN: atleus-test-evaluate %s | FileCheck %s
// Codes of 4-bit normal floats, looked up and scaled by block.

!pairs = !nn.codebook<nf4 : f32, block = 2>
!triples = !nn.codebook<nf4 : f32, block = 3>

// Blocks of two: scales 2, 1 (of zeros) and 4; 0.5 / 4 is nearest to 0.16093.
// CHECK: @blocks: [2, -2, 0, 0, 0.64372, 4] : tensor<2x3xf32>
func.func @blocks() -> tensor<2x3xf32> {
  %x = nn.constant dense<[[2.0, -2.0, 0.0], [0.0, 0.5, 4.0]]> : tensor<2x3xf32>
  %q = nn.quantize %x : tensor<2x3xf32> to tensor<2x3x!pairs>
  %y = nn.dequantize %q : tensor<2x3x!pairs> to tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// The last block has one element.
// CHECK: @rest: [1, -0.69619, 0, 3] : tensor<4xf32>
func.func @rest() -> tensor<4xf32> {
  %x = nn.constant dense<[1.0, -0.7, 0.01, 3.0]> : tensor<4xf32>
  %q = nn.quantize %x : tensor<4xf32> to tensor<4x!triples>
  %y = nn.dequantize %q : tensor<4x!triples> to tensor<4xf32>
  return %y : tensor<4xf32>
}

// A layer multiplies by the floats that the codes stand for.
// CHECK: @layer: [2, 2] : tensor<1x2xf32>
// CHECK: @layer: [3, 1] : tensor<1x2xf32>
func.func @layer() -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[2.0, -2.0], [0.0, 2.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[5.0, -3.0]> : tensor<2xf32>
  %q = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!pairs>
  %y = nn.linear %x, %q : (tensor<1x2xf32>, tensor<2x2x!pairs>) -> tensor<1x2xf32>
  %z = nn.linear %x, %q bias %b {transposed}
      : (tensor<1x2xf32>, tensor<2x2x!pairs>, tensor<2xf32>) -> tensor<1x2xf32>
  return %y, %z : tensor<1x2xf32>, tensor<1x2xf32>
}

// CHECK: @array: [2, 2] : tensor<1x2xf32>
func.func @array() -> tensor<1x2xf32> {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[2.0, -2.0], [0.0, 2.0]]> : tensor<2x2xf32>
  %q = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!pairs>
  %y = systolic.matmul %x, %q on @sa0 task_tile [1, 2] {static_rhs}
      : (tensor<1x2xf32>, tensor<2x2x!pairs>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// A view of codes keeps their scales if it keeps their order.
// CHECK: @view: [2, -2, 0, 1] : tensor<4xf32>
func.func @view() -> tensor<4xf32> {
  %x = nn.constant dense<[[2.0, -2.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %q = nn.quantize %x : tensor<2x2xf32> to tensor<2x2x!pairs>
  %r = nn.reshape %q : tensor<2x2x!pairs> to tensor<4x!pairs>
  %y = nn.dequantize %r : tensor<4x!pairs> to tensor<4xf32>
  return %y : tensor<4xf32>
}
