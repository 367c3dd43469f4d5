// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @linear_c1_weight_is_a_vector(%x: tensor<4x8xf32>,
                                        %w: tensor<8xf32>) {
  // expected-error@+2 {{'nn.linear' op weight must have 2 dimensions, found 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w
      : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @linear_c2_inner_sizes_differ(%x: tensor<4x8xf32>,
                                        %w: tensor<9x16xf32>) {
  // expected-error@+2 {{'nn.linear' op input 4x8 must end in the weight's inner dimension, 9}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w
      : (tensor<4x8xf32>, tensor<9x16xf32>) -> tensor<4x16xf32>
  return
}

// -----

func.func @linear_c2_transposed(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>) {
  // expected-error@+2 {{'nn.linear' op input 4x8 must end in the weight's inner dimension, 16}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w {transposed}
      : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
  return
}

// -----

func.func @linear_c2_input_is_a_scalar(%x: tensor<f32>, %w: tensor<1x16xf32>) {
  // expected-error@+2 {{'nn.linear' op input [] must end in the weight's inner dimension, 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w
      : (tensor<f32>, tensor<1x16xf32>) -> tensor<16xf32>
  return
}

// -----

func.func @linear_c3_bias_is_short(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>,
                                   %b: tensor<15xf32>) {
  // expected-error@+2 {{'nn.linear' op bias must be 'tensor<16xf32>', found 'tensor<15xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w bias %b
      : (tensor<4x8xf32>, tensor<8x16xf32>, tensor<15xf32>) -> tensor<4x16xf32>
  return
}

// -----

func.func @linear_c3_bias_of_another_type(%x: tensor<4x8xf32>,
    %w: tensor<8x16xf32>, %b: tensor<16xf16>) {
  // expected-error@+2 {{'nn.linear' op bias must be 'tensor<16xf32>', found 'tensor<16xf16>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w bias %b
      : (tensor<4x8xf32>, tensor<8x16xf32>, tensor<16xf16>) -> tensor<4x16xf32>
  return
}

// -----

func.func @linear_c4_one_operand_is_quantized(%x: tensor<4x8xf32>,
    %w: tensor<8x16x!quant.uniform<i8:f32, 0.5>>) {
  // expected-error@+2 {{'nn.linear' op operands have element types 'f32' and '!quant.uniform<i8:f32, 5.000000e-01>'; they must be equal, or quantized and express one type}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w
      : (tensor<4x8xf32>, tensor<8x16x!quant.uniform<i8:f32, 0.5>>)
      -> tensor<4x16xf32>
  return
}

// -----

func.func @linear_c4_expressed_types_differ(
    %x: tensor<4x8x!quant.uniform<i8:f16, 0.5>>,
    %w: tensor<8x16x!quant.uniform<i8:f32, 0.5>>) {
  // expected-error@+2 {{'nn.linear' op operands have element types '!quant.uniform<i8:f16, 5.000000e-01>' and '!quant.uniform<i8:f32, 5.000000e-01>'; they must be equal, or quantized and express one type}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w
      : (tensor<4x8x!quant.uniform<i8:f16, 0.5>>,
         tensor<8x16x!quant.uniform<i8:f32, 0.5>>) -> tensor<4x16xf16>
  return
}

// -----

func.func @linear_result_of_another_shape(%x: tensor<4x8xf32>,
                                          %w: tensor<8x16xf32>) {
  // expected-error@+2 {{'nn.linear' op inferred type(s) 'tensor<4x16xf32>' are incompatible with return type(s) of operation 'tensor<4x17xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %x, %w
      : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x17xf32>
  return
}

// -----

func.func @matmul_c1_operand_is_a_vector(%a: tensor<4x8xf32>,
                                         %b: tensor<8xf32>) {
  // expected-error@+2 {{'nn.matmul' op operands must have 2 dimensions or more, found 2 and 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.matmul %a, %b : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @matmul_c2_inner_sizes_differ(%a: tensor<4x8xf32>,
                                        %b: tensor<8x6xf32>) {
  // expected-error@+2 {{'nn.matmul' op inner dimensions are 8 and 6, which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.matmul %a, %b {transpose_rhs}
      : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @matmul_c3_batches_differ(%a: tensor<2x4x8xf32>,
                                    %b: tensor<3x8x6xf32>) {
  // expected-error@+2 {{'nn.matmul' op leading dimensions of 2x4x8 and 3x8x6 do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.matmul %a, %b
      : (tensor<2x4x8xf32>, tensor<3x8x6xf32>) -> tensor<3x4x6xf32>
  return
}

// -----

func.func @matmul_c4_types_differ(%a: tensor<4x8xi32>, %b: tensor<8x6xi64>) {
  // expected-error@+2 {{'nn.matmul' op operands have element types 'i32' and 'i64'; they must be equal, or quantized and express one type}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.matmul %a, %b : (tensor<4x8xi32>, tensor<8x6xi64>) -> tensor<4x6xi32>
  return
}

// -----

func.func @matmul_result_beyond_all_memory(%a: tensor<1099511627776x1xf32>,
                                           %b: tensor<1x1099511627776xf32>) {
  // expected-error@+1 {{'nn.matmul' op result #0 must be statically shaped tensor of at most 2^40 elements}}
  %0 = nn.matmul %a, %b
      : (tensor<1099511627776x1xf32>, tensor<1x1099511627776xf32>)
      -> tensor<1099511627776x1099511627776xf32>
  return
}

// -----

func.func @matmul_scales_of_summed_rows(%a: tensor<4x8x!quant.any<i8:f32>>,
                                        %b: tensor<8x6xf32>) {
  %q = nn.quantize %b scales<vector>
      : tensor<8x6xf32> to tensor<8x6x!quant.any<i8:f32>>
  // expected-error@+2 {{'nn.matmul' op scales of the right operand vary along the dimension that is summed over}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.matmul %a, %q : (tensor<4x8x!quant.any<i8:f32>>,
                           tensor<8x6x!quant.any<i8:f32>>) -> tensor<4x6xf32>
  return
}

// -----

func.func @attention_scales_of_summed_tokens(
    %a: tensor<4x8x!quant.any<i8:f32>>, %b: tensor<4x8xf32>) {
  %q = nn.quantize %b scales<vector>
      : tensor<4x8xf32> to tensor<4x8x!quant.any<i8:f32>>
  // expected-error@+2 {{'nn.attention' op scales of the right operand vary along the dimension that is summed over}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %a, %q, %q heads 2 kv_heads 2 scale 0.5
      probabilities !quant.uniform<u8:f32, 0.004>
      : (tensor<4x8x!quant.any<i8:f32>>, tensor<4x8x!quant.any<i8:f32>>,
         tensor<4x8x!quant.any<i8:f32>>) -> tensor<4x8xf32>
  return
}

// -----

func.func @linear_scales_of_summed_rows(%a: tensor<4x8x!quant.any<i8:f32>>,
                                        %b: tensor<8x6xf32>) {
  %q = nn.quantize %b scales<vector>
      : tensor<8x6xf32> to tensor<8x6x!quant.any<i8:f32>>
  // expected-error@+2 {{'nn.linear' op scales of the right operand vary along the dimension that is summed over}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.linear %a, %q : (tensor<4x8x!quant.any<i8:f32>>,
                           tensor<8x6x!quant.any<i8:f32>>) -> tensor<4x6xf32>
  return
}
