// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @quantize_c1_result_is_a_float(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.quantize' op needs a quantized type, found 'f32'}}
  %0 = nn.quantize %x : tensor<4xf32> to tensor<4xf32>
  return
}

// -----

func.func @quantize_c2_expressed_type_differs(%x: tensor<4xf16>) {
  // expected-error@+1 {{'nn.quantize' op quantized type expresses 'f32', but the floats are 'f16'}}
  %0 = nn.quantize %x
      : tensor<4xf16> to tensor<4x!quant.uniform<i8:f32, 0.5>>
  return
}

// -----

func.func @quantize_c3_one_scale_of_two_indices(%x: tensor<4x2xf32>) {
  // expected-error@+1 {{'nn.quantize' op type has 2 scales along axis 0 of 'tensor<4x2xf32>'}}
  %0 = nn.quantize %x : tensor<4x2xf32>
      to tensor<4x2x!quant.uniform<i8:f32:0, {0.5, 0.25}>>
  return
}

// -----

func.func @quantize_c3_axis_beyond_the_rank(%x: tensor<2xf32>) {
  // expected-error@+1 {{'nn.quantize' op type has 2 scales along axis 1 of 'tensor<2xf32>'}}
  %0 = nn.quantize %x : tensor<2xf32>
      to tensor<2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
  return
}

// -----

func.func @quantize_c3_blocks_along_a_missing_axis(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.quantize' op blocks of 1 along axis 1, which 'tensor<4xf32>' does not have}}
  %0 = nn.quantize %x : tensor<4xf32> to tensor<4x!quant.uniform<
      i8:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>>
  return
}

// -----

func.func @quantize_c3_scale_of_the_last_block_missing(%x: tensor<5x2xf32>) {
  // expected-error@+1 {{'nn.quantize' op type has 2x2 scales for the 3x2 blocks of 'tensor<5x2xf32>'}}
  %0 = nn.quantize %x : tensor<5x2xf32> to tensor<5x2x!quant.uniform<
      i8:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>>
  return
}

// -----

func.func @quantize_c3_scales_missing(%x: tensor<6x2xf32>) {
  // expected-error@+1 {{'nn.quantize' op type has 2x2 scales for the 3x2 blocks of 'tensor<6x2xf32>'}}
  %0 = nn.quantize %x : tensor<6x2xf32> to tensor<6x2x!quant.uniform<
      i8:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>>
  return
}

// -----

func.func @dequantize_c1_operand_is_a_float(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.dequantize' op needs a quantized type, found 'f32'}}
  %0 = nn.dequantize %x : tensor<4xf32> to tensor<4xf32>
  return
}

// -----

func.func @dequantize_c2_expressed_type_differs(
    %x: tensor<4x!quant.uniform<i8:f32, 0.5>>) {
  // expected-error@+1 {{'nn.dequantize' op quantized type expresses 'f32', but the floats are 'f16'}}
  %0 = nn.dequantize %x
      : tensor<4x!quant.uniform<i8:f32, 0.5>> to tensor<4xf16>
  return
}

// -----

func.func @dequantize_c3_scales_missing(
    %x: tensor<3x!quant.uniform<i8:f32:0, {0.5, 0.25}>>) {
  // expected-error@+1 {{'nn.dequantize' op type has 2 scales along axis 0 of 'tensor<3xf32>'}}
  %0 = nn.dequantize %x
      : tensor<3x!quant.uniform<i8:f32:0, {0.5, 0.25}>> to tensor<3xf32>
  return
}

// -----

// expected-error@+1 {{scale 0.000000e+00 out of expressed type range}}
func.func @scale_of_zero(%x: tensor<4x!quant.uniform<i8:f32, 0.0>>) {
  return
}

// -----

func.func @quantize_c4_scales_are_known(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.quantize' op scales<vector> are found at run time, but the type is '!quant.uniform<i8:f32, 5.000000e-01>'}}
  %0 = nn.quantize %x scales<vector>
      : tensor<4xf32> to tensor<4x!quant.uniform<i8:f32, 0.5>>
  return
}

// -----

func.func @quantize_c4_no_matrix(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.quantize' op scales<matrix> need 2 dimensions, found 'tensor<4x!quant.any<i8:f32>>'}}
  %0 = nn.quantize %x scales<matrix>
      : tensor<4xf32> to tensor<4x!quant.any<i8:f32>>
  return
}

// -----

func.func @quantize_c4_no_vector(%x: tensor<f32>) {
  // expected-error@+1 {{'nn.quantize' op scales<vector> need 1 dimension, found 'tensor<!quant.any<i8:f32>>'}}
  %0 = nn.quantize %x scales<vector>
      : tensor<f32> to tensor<!quant.any<i8:f32>>
  return
}
