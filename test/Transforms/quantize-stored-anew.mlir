// RUN: atleus-opt %s --atleus-quantize -split-input-file -verify-diagnostics | FileCheck %s
// Scales that a product in integers cannot use are given up, with a warning.

// CHECK-LABEL: func.func @scales_of_the_input
func.func @scales_of_the_input(
    %q: tensor<1x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>) -> tensor<1x2xf32> {
  %d = nn.dequantize %q : tensor<1x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
      to tensor<1x2xf32>
  %w = nn.constant dense<1.0> : tensor<2x2xf32>
  // CHECK: %[[D:.*]] = nn.dequantize
  // CHECK: nn.quantize %[[D]] scales<vector> : tensor<1x2xf32> to tensor<1x2x!quant.any<i8:f32>>
  // expected-warning@+1 {{operand 0 is quantized anew: a product in integers needs one scale for its left operand}}
  %y = nn.linear %d, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

func.func @scales_of_rows(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %c = nn.constant dense<1> : tensor<2x2xi8>
  %q = nn.storage_cast %c : tensor<2x2xi8>
      to tensor<2x2x!quant.uniform<i8:f32:0, {0.5, 0.25}>>
  %w = nn.dequantize %q : tensor<2x2x!quant.uniform<i8:f32:0, {0.5, 0.25}>>
      to tensor<2x2xf32>
  // expected-warning@+1 {{operand 1 is quantized anew: its scales lie along dimension 0, not along the columns, dimension 1}}
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

func.func @too_many_bits(%q: tensor<1x2x!quant.uniform<i32:f32, 0.5>>)
    -> tensor<1x2xf32> {
  %d = nn.dequantize %q
      : tensor<1x2x!quant.uniform<i32:f32, 0.5>> to tensor<1x2xf32>
  %w = nn.constant dense<1.0> : tensor<2x2xf32>
  // expected-warning@+1 {{operand 0 is quantized anew: it is stored in 32 bits, and a product in integers takes up to 16}}
  %y = nn.linear %d, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

func.func @blocks_of_matrices(%x: tensor<2x1x2xf32>, %q: tensor<2x2x2x
    !quant.uniform<i8:f32:{0:1, 1:2, 2:2}, {{{1.0}}, {{2.0}}}>>)
    -> tensor<2x1x2xf32> {
  %d = nn.dequantize %q : tensor<2x2x2x!quant.uniform<
      i8:f32:{0:1, 1:2, 2:2}, {{{1.0}}, {{2.0}}}>> to tensor<2x2x2xf32>
  // expected-warning@+1 {{operand 1 is quantized anew: its blocks do not lie in one matrix}}
  %y = nn.matmul %x, %d
      : (tensor<2x1x2xf32>, tensor<2x2x2xf32>) -> tensor<2x1x2xf32>
  return %y : tensor<2x1x2xf32>
}

// -----

func.func @scales_across_a_view(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %c = nn.constant dense<1> : tensor<4xi8>
  %q = nn.storage_cast %c : tensor<4xi8>
      to tensor<4x!quant.uniform<i8:f32:0, {0.5, 0.25, 1.0, 2.0}>>
  %f = nn.dequantize %q : tensor<4x!quant.uniform<i8:f32:0, {0.5, 0.25, 1.0, 2.0}>>
      to tensor<4xf32>
  %w = nn.reshape %f : tensor<4xf32> to tensor<2x2xf32>
  // expected-warning@+1 {{operand 1 is quantized anew: 'nn.reshape' takes the dimension of its scales apart}}
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

func.func @scales_of_vectors(%x: tensor<1x2xf32>, %k: tensor<2x2xf32>)
    -> tensor<1x2xf32> {
  %q = nn.quantize %k scales<vector>
      : tensor<2x2xf32> to tensor<2x2x!quant.any<i8:f32>>
  %d = nn.dequantize %q : tensor<2x2x!quant.any<i8:f32>> to tensor<2x2xf32>
  // expected-warning@+1 {{operand 1 is quantized anew: its vectors have scales of their own}}
  %y = nn.matmul %x, %d : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
