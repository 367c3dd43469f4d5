// RUN: atleus-opt %s -split-input-file -verify-diagnostics

// expected-error@+1 {{a crossbar needs rows and columns, found 0 and 128}}
#crossbar_c1_no_rows = #pim.crossbar<rows = 0, columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 1, encoding = flipped>

// -----

// expected-error@+1 {{a crossbar needs rows and columns, found 128 and -1}}
#crossbar_c1_negative_columns = #pim.crossbar<rows = 128, columns = -1, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 1, encoding = flipped>

// -----

// expected-error@+1 {{cell_bits must be from 1 to 8, found 9}}
#crossbar_c2_cell_bits = #pim.crossbar<rows = 128, columns = 128, cell_bits = 9, dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>

// -----

// expected-error@+1 {{dac_bits must be from 1 to 8, found 0}}
#crossbar_c2_dac_bits = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 0, adc_bits = 8, active_rows = 128, encoding = flipped>

// -----

// expected-error@+1 {{adc_bits must be from 1 to 16, found 17}}
#crossbar_c2_adc_bits = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 17, active_rows = 128, encoding = flipped>

// -----

// expected-error@+1 {{active_rows must be from 1 to the 128 rows, found 129}}
#crossbar_c3_more_active_rows_than_rows = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 129, encoding = flipped>

// -----

// expected-error@+1 {{active_rows must be from 1 to the 128 rows, found 0}}
#crossbar_c3_no_active_rows = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 0, encoding = flipped>

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{an array holds a quantized matrix of 1 to 2^40 weights, found 'tensor<8x4xf32>'}}
func.func private @array_c1_floats(!pim.array<tensor<8x4xf32>, #crossbar>)

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{an array holds a quantized matrix of 1 to 2^40 weights, found 'tensor<8x!quant.any<i8:f32>>'}}
func.func private @array_c1_vector(!pim.array<tensor<8x!quant.any<i8:f32>>, #crossbar>)

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{an array holds a quantized matrix of 1 to 2^40 weights, found 'tensor<?x4x!quant.any<i8:f32>>'}}
func.func private @array_c1_dynamic_shape(!pim.array<tensor<?x4x!quant.any<i8:f32>>, #crossbar>)

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{an array holds a quantized matrix of 1 to 2^40 weights, found 'tensor<0x4x!quant.any<i8:f32>>'}}
func.func private @array_c1_no_weights(!pim.array<tensor<0x4x!quant.any<i8:f32>>, #crossbar>)

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{an array holds a quantized matrix of 1 to 2^40 weights, found 'tensor<9223372036854775807x9223372036854775807x!quant.any<i8:f32>>'}}
func.func private @array_c1_count_overflows(!pim.array<tensor<9223372036854775807x9223372036854775807x!quant.any<i8:f32>>, #crossbar>)

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{an array holds a quantized matrix of 1 to 2^40 weights, found 'tensor<8x4x!quant.calibrated<f32<-1.000000e+00:1.000000e+00>>>'}}
func.func private @array_c1_no_storage_type(!pim.array<tensor<8x4x!quant.calibrated<f32<-1.0:1.0>>>, #crossbar>)

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{blocks of 96 rows with scales of their own must divide the 128 rows of an array or be a multiple of them}}
func.func private @array_c2_blocks_across_arrays(!pim.array<tensor<192x1x!quant.uniform<i8:f32:{0:96, 1:1}, {{0.5}, {0.25}}>>, #crossbar>)

// -----

// expected-error@+1 {{accumulator_bits must be 0 or from 8 to 64, found 7}}
#crossbar_c4_accumulator = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped, accumulator_bits = 7>

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{an array leaves out lines of blocks, found #nn.sparsity<group = 4, kept = 2>}}
func.func private @array_c3_groups(!pim.array<tensor<8x4x!quant.any<i8:f32>>, #crossbar, #nn.sparsity<group = 4, kept = 2>>)

// -----

// expected-error@+1 {{on_nanosiemens must be greater than off_nanosiemens, which must be positive, found 50 and 50}}
#device_c1 = #pim.device<on_nanosiemens = 50, off_nanosiemens = 50, read_mv = 200, bandwidth_hz = 1, programming_sigma_ppm = 0, stuck_on_ppm = 0, stuck_off_ppm = 0, drift_exponent_ppm = 0, drift_exponent_sigma_ppm = 0, drift_reference_s = 1, read_sigma_ppm = 0>

// -----

// expected-error@+1 {{read_mv, bandwidth_hz and drift_reference_s must be positive, found 200, 0 and 1}}
#device_c1 = #pim.device<on_nanosiemens = 500, off_nanosiemens = 50, read_mv = 200, bandwidth_hz = 0, programming_sigma_ppm = 0, stuck_on_ppm = 0, stuck_off_ppm = 0, drift_exponent_ppm = 0, drift_exponent_sigma_ppm = 0, drift_reference_s = 1, read_sigma_ppm = 0>

// -----

// expected-error@+1 {{a device cannot have negative numbers, found -1}}
#device_c2 = #pim.device<on_nanosiemens = 500, off_nanosiemens = 50, read_mv = 200, bandwidth_hz = 1, programming_sigma_ppm = -1, stuck_on_ppm = 0, stuck_off_ppm = 0, drift_exponent_ppm = 0, drift_exponent_sigma_ppm = 0, drift_reference_s = 1, read_sigma_ppm = 0>

// -----

// expected-error@+1 {{probabilities of stuck cells must add up to at most 1000000, found 1000001}}
#device_c2 = #pim.device<on_nanosiemens = 500, off_nanosiemens = 50, read_mv = 200, bandwidth_hz = 1, programming_sigma_ppm = 0, stuck_on_ppm = 1000000, stuck_off_ppm = 1, drift_exponent_ppm = 0, drift_exponent_sigma_ppm = 0, drift_reference_s = 1, read_sigma_ppm = 0>

// -----

// expected-error@+1 {{first_array must not be negative, found -1}}
#noise_c1 = #pim.noise<seed = 1, trial = 0, first_array = -1, temperature_mk = 300000, elapsed_s = 1>

// -----

// expected-error@+1 {{temperature_mk and elapsed_s must be positive, found 0 and 1}}
#noise_c1 = #pim.noise<seed = 1, trial = 0, first_array = 0, temperature_mk = 0, elapsed_s = 1>

// -----

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
// expected-error@+1 {{blocks of 4 rows with scales of their own cut through blocks of 8 that leave out lines}}
func.func private @array_c4(!pim.array<tensor<8x1x!quant.uniform<i8:f32:{0:4, 1:1}, {{0.5}, {0.25}}>>, #crossbar, #nn.sparsity<block_rows = 8, block_columns = 1, kept_lines = 4>>)
