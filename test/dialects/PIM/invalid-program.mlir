// RUN: atleus-opt %s -split-input-file -verify-diagnostics

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c1_weight_of_floats(%w: tensor<8x4xf32>) {
  // expected-error@+1 {{'pim.program' op needs a quantized matrix, found 'tensor<8x4xf32>'}}
  %0 = pim.program %w on @reram0 features [0, 4] : tensor<8x4xf32> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c1_weight_is_a_vector(%w: tensor<8x!q>) {
  // expected-error@+1 {{'pim.program' op needs a quantized matrix, found 'tensor<8x!quant.uniform<i8:f32, 5.000000e-01>>'}}
  %0 = pim.program %w on @reram0 features [0, 4] : tensor<8x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c2_features_beyond_the_columns(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op features must be an offset and a size within 4 columns, found [1, 4]}}
  %0 = pim.program %w on @reram0 features [1, 4] : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c2_end_overflows(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op features must be an offset and a size within 4 columns, found [9223372036854775807, 4]}}
  %0 = pim.program %w on @reram0 features [9223372036854775807, 4]
      : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c2_offset_is_negative(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op features must be an offset and a size within 4 columns, found [-1, 4]}}
  %0 = pim.program %w on @reram0 features [-1, 4] : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c2_no_features(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op features must be an offset and a size within 4 columns, found [0, 0]}}
  %0 = pim.program %w on @reram0 features [0, 0] : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c2_size_missing(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op features must be an offset and a size within 4 columns, found [0]}}
  %0 = pim.program %w on @reram0 features [0] : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c3_array_is_wider(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op array must hold 8x2 weights, found 8x4}}
  %0 = pim.program %w on @reram0 features [0, 2] : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c3_array_is_not_transposed(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op array must hold 4x8 weights, found 8x4}}
  %0 = pim.program %w on @reram0 features [0, 8] {transposed}
      : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c3_storage_types_differ(
    %w: tensor<8x4x!quant.uniform<i4:f32, 0.5>>) {
  // expected-error@+1 {{'pim.program' op array must hold weights of 'i4' that express 'f32', found '!quant.uniform<i8:f32, 5.000000e-01>'}}
  %0 = pim.program %w on @reram0 features [0, 4]
      : tensor<8x4x!quant.uniform<i4:f32, 0.5>> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c4_two_nodes(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op needs the 3 coordinates of one node, found 6 numbers}}
  %0 = pim.program %w on @reram0 at (0, 0, 0)(1, 0, 0) features [0, 4]
      : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c4_coordinate_is_negative(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op coordinates of nodes must not be negative, found -1}}
  %0 = pim.program %w on @reram0 at (0, -1, 0) features [0, 4]
      : tensor<8x4x!q> -> !array
  return
}

// -----

!weight = tensor<8x4x!quant.uniform<i8:f32, 0.5>>
func.func @program_c5(%w: !weight) {
  // expected-error@+1 {{'pim.program' op has noise, but its crossbar states no device}}
  %0 = pim.program %w on @reram0 features [0, 4]
      noise <seed = 1, trial = 0, first_array = 0, temperature_mk = 300000, elapsed_s = 1>
      : !weight -> !pim.array<!weight, #pim.crossbar<rows = 128, columns = 64,
          cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 32, encoding = flipped>>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 8, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!weight = tensor<8x4x!quant.uniform<i8:f32, 0.5>>
func.func @program_c6_dense(%w: !weight) {
  // expected-error@+1 {{'pim.program' op leaves out lines of a weight that is not in sparse storage}}
  %0 = pim.program %w on @reram0 features [0, 4]
      : !weight -> !pim.array<!weight, #crossbar, #nn.sparsity<block_rows = 4, block_columns = 2, kept_lines = 1>>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 8, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!weight = tensor<8x4x!quant.uniform<i8:f32, 0.5>>
func.func @program_c6_other_lines() {
  %s = nn.sparse_constant <block_rows = 4, block_columns = 4, kept_lines = 1>
      values dense<1.0> : tensor<8xf32> index dense<33> : tensor<1xi8> : tensor<8x4xf32>
  %w = nn.quantize %s : tensor<8x4xf32> to !weight
  // expected-error@+1 {{'pim.program' op leaves out the lines of #nn.sparsity<block_rows = 4, block_columns = 2, kept_lines = 2>, but the weight has those of #nn.sparsity<block_rows = 4, block_columns = 4, kept_lines = 1>}}
  %0 = pim.program %w on @reram0 features [0, 4]
      : !weight -> !pim.array<!weight, #crossbar, #nn.sparsity<block_rows = 4, block_columns = 2, kept_lines = 2>>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 8, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!weight = tensor<8x4x!quant.uniform<i8:f32, 0.5>>
!part = tensor<8x2x!quant.uniform<i8:f32, 0.5>>
func.func @program_c6_within_a_block() {
  %s = nn.sparse_constant <block_rows = 4, block_columns = 4, kept_lines = 1>
      values dense<1.0> : tensor<8xf32> index dense<33> : tensor<1xi8> : tensor<8x4xf32>
  %w = nn.quantize %s : tensor<8x4xf32> to !weight
  // expected-error@+1 {{'pim.program' op features must begin with a block of 2 columns, found 1}}
  %0 = pim.program %w on @reram0 features [1, 2]
      : !weight -> !pim.array<!part, #crossbar, #nn.sparsity<block_rows = 4, block_columns = 2, kept_lines = 1>>
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c4_replicas_at_one_node(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op has two replicas at node (1, 0, 0)}}
  %0 = pim.program %w on @reram0 at (1, 0, 0)(1, 0, 0) features [0, 4]
      replicas 2 : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>
func.func @program_c4_no_replicas(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op replicas must be positive, found -1}}
  %0 = pim.program %w on @reram0 features [0, 4] replicas -1
      : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<4x4x!q>, #crossbar>
func.func @program_c2_rows_beyond_the_weight(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op rows must be an offset and a size within 8 rows, found [6, 4]}}
  %0 = pim.program %w on @reram0 features [0, 4] rows [6, 4]
      : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<4x4x!q>, #crossbar>
func.func @program_c2_rows_without_a_size(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op rows must be an offset and a size within 8 rows, found [4]}}
  %0 = pim.program %w on @reram0 features [0, 4] rows [4]
      : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<4x4x!q>, #crossbar>
func.func @program_c3_array_of_other_rows(%w: tensor<8x4x!q>) {
  // expected-error@+1 {{'pim.program' op array must hold 5x4 weights, found 4x4}}
  %0 = pim.program %w on @reram0 features [0, 4] rows [3, 5]
      : tensor<8x4x!q> -> !array
  return
}

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 8, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!weight = tensor<8x4x!quant.uniform<i8:f32, 0.5>>
!part = tensor<4x4x!quant.uniform<i8:f32, 0.5>>
func.func @program_c6_rows_within_a_block() {
  %s = nn.sparse_constant <block_rows = 4, block_columns = 4, kept_lines = 1>
      values dense<1.0> : tensor<8xf32> index dense<33> : tensor<1xi8> : tensor<8x4xf32>
  %w = nn.quantize %s : tensor<8x4xf32> to !weight
  // expected-error@+1 {{'pim.program' op rows must begin with a block of 4 rows, found 2}}
  %0 = pim.program %w on @reram0 features [0, 4] rows [2, 4]
      : !weight -> !pim.array<!part, #crossbar, #nn.sparsity<block_rows = 4, block_columns = 2, kept_lines = 1>>
  return
}
