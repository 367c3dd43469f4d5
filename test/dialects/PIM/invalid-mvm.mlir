// RUN: atleus-opt %s -split-input-file -verify-diagnostics

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c1_input_of_floats(%a: !array, %x: tensor<16x8xf32>) {
  // expected-error@+1 {{'pim.mvm' op input must be quantized vectors of 8 elements that express 'f32', found 'tensor<16x8xf32>'}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8xf32>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c1_input_is_short(%a: !array, %x: tensor<16x7x!q>) {
  // expected-error@+1 {{'pim.mvm' op input must be quantized vectors of 8 elements that express 'f32', found 'tensor<16x7x!quant.uniform<i8:f32, 5.000000e-01>>'}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4, 4]
      : (!array, tensor<16x7x!q>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c1_input_is_a_scalar(%a: !array, %x: tensor<!q>) {
  // expected-error@+1 {{'pim.mvm' op input must be quantized vectors of 8 elements that express 'f32', found 'tensor<!quant.uniform<i8:f32, 5.000000e-01>>'}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4]
      : (!array, tensor<!q>) -> tensor<4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c1_expressed_types_differ(%a: !array,
    %x: tensor<16x8x!quant.any<i8:f16>>) {
  // expected-error@+1 {{'pim.mvm' op input must be quantized vectors of 8 elements that express 'f32', found 'tensor<16x8x!quant.any<i8:f16>>'}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!quant.any<i8:f16>>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c2_bias_is_long(%a: !array, %x: tensor<16x8x!q>,
                               %b: tensor<8xf32>) {
  // expected-error@+1 {{'pim.mvm' op bias must be 'tensor<4xf32>', found 'tensor<8xf32>'}}
  %0 = pim.mvm %a, %x bias %b on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>, tensor<8xf32>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c3_result_has_the_inputs_shape(%a: !array,
                                              %x: tensor<16x8x!q>) {
  // expected-error@+1 {{'pim.mvm' op result must be 'tensor<16x4xf32>', or sums of i32, i64 or f32, found 'tensor<16x8xf32>'}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>) -> tensor<16x8xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c4_task_tile_is_too_large(%a: !array, %x: tensor<16x8x!q>) {
  // expected-error@+1 {{'pim.mvm' op task_tile must be from 1 to the result's size, 4, found 5}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4, 5]
      : (!array, tensor<16x8x!q>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c4_task_tile_of_another_rank(%a: !array, %x: tensor<16x8x!q>) {
  // expected-error@+1 {{'pim.mvm' op task_tile must have 2 sizes, found 3}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 4, 4]
      : (!array, tensor<16x8x!q>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c4_no_nodes(%a: !array, %x: tensor<16x8x!q>) {
  // expected-error@+1 {{'pim.mvm' op nodes must be triples of coordinates, found 0 numbers}}
  %0 = "pim.mvm"(%a, %x) <{tier = @reram0, task_tile = array<i64: 4, 4>,
                           nodes = array<i64>,
                           operandSegmentSizes = array<i32: 1, 1, 0, 0>}>
      : (!array, tensor<16x8x!q>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c4_coordinate_is_negative(%a: !array, %x: tensor<16x8x!q>) {
  // expected-error@+1 {{'pim.mvm' op coordinates of nodes must not be negative, found -3}}
  %0 = pim.mvm %a, %x on @reram0 at (0, 0, 0)(0, 0, -3) task_tile [4, 4]
      : (!array, tensor<16x8x!q>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c3_sums_with_a_bias(%a: !array, %x: tensor<16x8x!q>,
                                   %b: tensor<4xf32>) {
  // expected-error@+1 {{'pim.mvm' op result must be 'tensor<16x4xf32>', found 'tensor<16x4xi32>'}}
  %0 = pim.mvm %a, %x bias %b on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>, tensor<4xf32>) -> tensor<16x4xi32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c3_narrow_sums(%a: !array, %x: tensor<16x8x!q>) {
  // expected-error@+1 {{'pim.mvm' op result must be 'tensor<16x4xf32>', or sums of i32, i64 or f32, found 'tensor<16x4xi16>'}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>) -> tensor<16x4xi16>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c5_sums_of_another_shape(%a: !array, %x: tensor<16x8x!q>,
                                        %s: tensor<16x8xi32>) {
  // expected-error@+1 {{'pim.mvm' op sums must be i32, i64 or f32 of the result's shape, found 'tensor<16x8xi32>'}}
  %0 = pim.mvm %a, %x sums %s on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>, tensor<16x8xi32>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c5_sums_of_another_type(%a: !array, %x: tensor<16x8x!q>,
                                       %s: tensor<16x4xf16>) {
  // expected-error@+1 {{'pim.mvm' op sums must be i32, i64 or f32 of the result's shape, found 'tensor<16x4xf16>'}}
  %0 = pim.mvm %a, %x sums %s on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>, tensor<16x4xf16>) -> tensor<16x4xf32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @mvm_c5_sums_are_not_those_of_the_result(
    %a: !array, %x: tensor<16x8x!q>, %s: tensor<16x4xi64>) {
  // expected-error@+1 {{'pim.mvm' op sums must be 'i32' as the result is, found 'i64'}}
  %0 = pim.mvm %a, %x sums %s on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>, tensor<16x4xi64>) -> tensor<16x4xi32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 4, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 4, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!blocks = !quant.uniform<i8:f32:{0:4, 1:4}, {{0.5}, {0.25}}>
!array = !pim.array<tensor<8x4x!blocks>, #crossbar>
func.func @mvm_c6_integers_of_different_scales(%a: !array,
                                               %x: tensor<16x8x!q>) {
  // expected-error@+1 {{'pim.mvm' op integer sums need rows with scales in common, found blocks of 4 of the 8 rows}}
  %0 = pim.mvm %a, %x on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>) -> tensor<16x4xi32>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 4, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 4, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!blocks = !quant.uniform<i8:f32:{0:4, 1:4}, {{0.5}, {0.25}}>
!array = !pim.array<tensor<8x4x!blocks>, #crossbar>
func.func @mvm_c6_integers_before_different_scales(
    %a: !array, %x: tensor<16x8x!q>, %s: tensor<16x4xi32>) {
  // expected-error@+1 {{'pim.mvm' op integer sums need rows with scales in common, found blocks of 4 of the 8 rows}}
  %0 = pim.mvm %a, %x sums %s on @reram0 task_tile [4, 4]
      : (!array, tensor<16x8x!q>, tensor<16x4xi32>) -> tensor<16x4xf32>
  return
}
