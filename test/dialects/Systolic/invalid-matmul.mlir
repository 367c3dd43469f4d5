// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @matmul_c1_operand_is_a_vector(%a: tensor<4x8xf32>,
                                         %b: tensor<8xf32>) {
  // expected-error@+1 {{'systolic.matmul' op operands must be matrices with equal inner dimensions, found 'tensor<4x8xf32>' and 'tensor<8xf32>'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c1_inner_sizes_differ(%a: tensor<4x8xf32>,
                                        %b: tensor<8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op operands must be matrices with equal inner dimensions, found 'tensor<4x8xf32>' and 'tensor<8x6xf32>'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6] {transpose_rhs}
      : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c2_batches_differ(%a: tensor<2x4x8xf32>,
                                    %b: tensor<3x8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op leading dimensions of 'tensor<2x4x8xf32>' and 'tensor<3x8x6xf32>' do not broadcast}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [1, 4, 6]
      : (tensor<2x4x8xf32>, tensor<3x8x6xf32>) -> tensor<2x4x6xf32>
  return
}

// -----

func.func @matmul_c3_result_shape_differs(%a: tensor<4x8xf32>,
                                          %b: tensor<8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op result must be 'tensor<4x6xf32>', found 'tensor<4x8xf32>'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @matmul_c3_result_type_differs(%a: tensor<4x8xf32>,
                                         %b: tensor<8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op result must be 'tensor<4x6xf32>', found 'tensor<4x6xf16>'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x6xf16>
  return
}

// -----

func.func @matmul_c4_bias_is_a_matrix(%a: tensor<4x8xf32>, %b: tensor<8x6xf32>,
                                      %bias: tensor<4x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op bias must be 'tensor<6xf32>', found 'tensor<4x6xf32>'}}
  %0 = systolic.matmul %a, %b bias %bias on @sa0 task_tile [4, 6]
      : (tensor<4x8xf32>, tensor<8x6xf32>, tensor<4x6xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c4_bias_of_another_type(%a: tensor<4x8xf32>,
    %b: tensor<8x6xf32>, %bias: tensor<6xf16>) {
  // expected-error@+1 {{'systolic.matmul' op bias must be 'tensor<6xf32>', found 'tensor<6xf16>'}}
  %0 = systolic.matmul %a, %b bias %bias on @sa0 task_tile [4, 6]
      : (tensor<4x8xf32>, tensor<8x6xf32>, tensor<6xf16>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c5_left_is_quantized(
    %a: tensor<4x8x!quant.uniform<i8:f32, 0.5>>, %b: tensor<8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op operands must be floats of one type, or quantized and express one type, found '!quant.uniform<i8:f32, 5.000000e-01>' and 'f32'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      : (tensor<4x8x!quant.uniform<i8:f32, 0.5>>, tensor<8x6xf32>)
      -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c5_right_is_quantized(%a: tensor<4x8xf32>,
    %b: tensor<8x6x!quant.uniform<i8:f32, 0.5>>) {
  // expected-error@+1 {{'systolic.matmul' op operands must be floats of one type, or quantized and express one type, found 'f32' and '!quant.uniform<i8:f32, 5.000000e-01>'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      : (tensor<4x8xf32>, tensor<8x6x!quant.uniform<i8:f32, 0.5>>)
      -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c5_expressed_types_differ(%a: tensor<4x8x!quant.any<i8:f16>>,
                                            %b: tensor<8x6x!quant.any<i8:f32>>) {
  // expected-error@+1 {{'systolic.matmul' op operands must be floats of one type, or quantized and express one type, found '!quant.any<i8:f16>' and '!quant.any<i8:f32>'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      : (tensor<4x8x!quant.any<i8:f16>>, tensor<8x6x!quant.any<i8:f32>>)
      -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c5_integers(%a: tensor<4x8xi32>, %b: tensor<8x6xi32>) {
  // expected-error@+1 {{'systolic.matmul' op operand #0 must be statically shaped tensor of at most 2^40 elements of floating-point or quantized type with storage and expressed type values, but got 'tensor<4x8xi32>'}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6]
      : (tensor<4x8xi32>, tensor<8x6xi32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c6_task_tile_is_negative(%a: tensor<4x8xf32>,
                                           %b: tensor<8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op task_tile must be from 1 to the result's size, 6, found -6}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, -6]
      : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c6_coordinate_is_negative(%a: tensor<4x8xf32>,
                                            %b: tensor<8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op coordinates of nodes must not be negative, found -2}}
  %0 = systolic.matmul %a, %b on @sa0 at (-2, 0, 0) task_tile [4, 6]
      : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_c7_narrow_accumulator(%a: tensor<4x8xf32>,
                                        %b: tensor<8x6xf32>) {
  // expected-error@+1 {{'systolic.matmul' op accumulator_bits must be from 8 to 64, found 4}}
  %0 = systolic.matmul %a, %b on @sa0 task_tile [4, 6] {accumulator_bits = 4}
      : (tensor<4x8xf32>, tensor<8x6xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @matmul_scales_of_summed_rows(%a: tensor<4x8x!quant.any<i8:f32>>,
                                        %b: tensor<8x6xf32>) {
  %q = systolic.vector(%b) on @sa0 task_tile [8, 6] {
  ^bb0(%x: tensor<8x6xf32>):
    %0 = nn.quantize %x scales<vector>
        : tensor<8x6xf32> to tensor<8x6x!quant.any<i8:f32>>
    nn.yield %0 : tensor<8x6x!quant.any<i8:f32>>
  } : (tensor<8x6xf32>) -> tensor<8x6x!quant.any<i8:f32>>
  // expected-error@+1 {{'systolic.matmul' op scales of the right operand vary along the dimension that is summed over}}
  %0 = systolic.matmul %a, %q on @sa0 task_tile [4, 6]
      : (tensor<4x8x!quant.any<i8:f32>>, tensor<8x6x!quant.any<i8:f32>>)
      -> tensor<4x6xf32>
  return
}
