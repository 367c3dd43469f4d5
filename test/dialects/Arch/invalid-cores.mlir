// RUN: atleus-opt %s -split-input-file -verify-diagnostics

#test = #arch.source<recalled, "test">
arch.machine @systolic_zero_rows {
  // expected-error@+1 {{'arch.systolic' op attribute 'rows' failed to satisfy constraint: 64-bit integer whose value is positive}}
  arch.systolic @pe {rows = 0, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @systolic_negative_energy {
  // expected-error@+1 {{'arch.systolic' op attribute 'mac_fj' failed to satisfy constraint: 64-bit integer whose value is non-negative}}
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = -1, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @systolic_c2_vector_missing {
  // expected-error@+1 {{'arch.systolic' op expects 'vector' to be an arch.vector, but @unit is not declared in the machine}}
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0, vector = @unit} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @systolic_c3_memory_is_host {
  // expected-note@+1 {{declared here}}
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  // expected-error@+1 {{'arch.systolic' op expects 'memory' to be an arch.memory, but @host is an arch.host}}
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0, memory = @host} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_adc_bits_above_16 {
  // expected-error@+1 {{'arch.crossbar' op attribute 'adc_bits' failed to satisfy constraint: 64-bit integer whose minimum value is 1 whose maximum value is 16}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 17, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c2_active_rows_exceed_rows {
  // expected-error@+1 {{'arch.crossbar' op drives 256 rows at once, but an array has 128}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 256, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c3_columns_per_adc_exceed_columns {
  // expected-error@+1 {{'arch.crossbar' op shares an ADC among 256 columns, but an array has 128}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 256, adc_min_bits = 7,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c4_no_energy_for_resolution {
  // expected-error@+1 {{'arch.crossbar' op has an ADC of 9 bits, but 'adc_conversion_fj' states energies for 7 to 8 bits}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 9, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c6_units {
  // expected-error@+1 {{'arch.crossbar' op has units of 5 arrays, but a tile has 4, which is no multiple of it}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, arrays_per_unit = 5, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c7_areas {
  // expected-error@+1 {{'arch.crossbar' op states 1 areas of an ADC in 'adc_nm2', but 2 energies in 'adc_conversion_fj'}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    adc_nm2 = [1200],
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c8_input_alone {
  // expected-error@+1 {{'arch.crossbar' op states an area for 'input_register_nm2' alone: expected both registers or neither}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    input_register_nm2 = 1200,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c8_output_alone {
  // expected-error@+1 {{'arch.crossbar' op states an area for 'output_register_nm2' alone: expected both registers or neither}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    output_register_nm2 = 1200,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c5_vector_is_core {
  // expected-note@+1 {{declared here}}
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  // expected-error@+1 {{'arch.crossbar' op expects 'vector' to be an arch.vector, but @pe is an arch.systolic}}
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000,
    leakage_uw = 0, vector = @pe} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @vector_c2_cycles_without_energy {
  // expected-error@+1 {{'arch.vector' op states 'divide_cycles' but not 'divide_fj'}}
  arch.vector @unit {lanes = 64, clock_ps = 1000, divide_cycles = 1, add_cycles = 1,
    add_fj = 900, leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @vector_c2_energy_without_cycles {
  // expected-error@+1 {{'arch.vector' op states 'square_root_fj' but not 'square_root_cycles'}}
  arch.vector @unit {lanes = 64, clock_ps = 1000, square_root_fj = 1, add_cycles = 1,
    add_fj = 900, leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @vector_c3_no_operation {
  // expected-error@+1 {{'arch.vector' op has no operation}}
  arch.vector @unit {lanes = 64, clock_ps = 1000, leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @processor_c1_number_without_source {
  // expected-error@+1 {{'arch.processor' op does not say where 'byte_fj' comes from}}
  arch.processor @sm {macs_per_s = 1000 from #test, mac_bits = 8 from #test,
    mac_fj = 1 from #test, operations_per_s = 1 from #test,
    operation_fj = 1 from #test, bytes_per_s = 1 from #test, byte_fj = 1,
    latency_ps = 0 from #test, leakage_uw = 0 from #test}
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @processor_c2_memory_is_not_declared {
  // expected-error@+1 {{'arch.processor' op expects 'memory' to be an arch.memory, but @dram is not declared in the machine}}
  arch.processor @sm {macs_per_s = 1000, mac_bits = 8, mac_fj = 1,
    operations_per_s = 1, operation_fj = 1, bytes_per_s = 1, byte_fj = 1,
    latency_ps = 0, leakage_uw = 0, memory = @dram} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @device_c2 {
  // expected-error@+1 {{'arch.device' op is on at 50 nS, which must be more than the 50 nS at which it is off}}
  arch.device @cell {on_nanosiemens = 50, off_nanosiemens = 50, read_mv = 200,
    bandwidth_hz = 1, programming_sigma_ppm = 0, stuck_on_ppm = 0,
    stuck_off_ppm = 0, drift_exponent_ppm = 0, drift_reference_s = 1,
    read_sigma_ppm = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @device_c3 {
  // expected-error@+1 {{'arch.device' op is stuck with a probability of 1000001 millionths, expected at most 1000000}}
  arch.device @cell {on_nanosiemens = 60, off_nanosiemens = 50, read_mv = 200,
    bandwidth_hz = 1, programming_sigma_ppm = 0, stuck_on_ppm = 1000000,
    stuck_off_ppm = 1, drift_exponent_ppm = 0, drift_reference_s = 1,
    read_sigma_ppm = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @crossbar_c9_c10 {
  // expected-error@+1 {{'arch.crossbar' op cannot skip 'groups' zeros: expected 'none' or 'lines'}}
  arch.crossbar @reram {tiles = 16, arrays_per_tile = 96, rows = 128,
    columns = 128, cell_bits = 2, dac_bits = 1, active_rows = 128,
    encoding = #arch.encoding<flipped>, sparsity = #arch.sparsity<groups>,
    read_ps = 100000,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128,
    adc_min_bits = 8, adc_conversion_fj = [1670], sample_hold_fj = 1,
    dac_drive_fj = 391, array_read_fj = 30000, shift_add_fj = 21,
    input_register_bit_fj = 121, output_register_fj = 22,
    buffer_bytes = 1048576, buffer_bytes_per_s = 518000000000,
    buffer_bit_fj = 80, bus_bit_fj = 54, pipeline_ps = 600000,
    row_write_ps = 85694, cell_write_fj = 1379, write_power_uw = 5440000,
    endurance_writes = 100000000, leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @systolic_c4 {
  // expected-error@+1 {{'arch.systolic' op cannot skip 'groups' zeros of weights while inputs stay: expected the dataflow 'ws' or 'os'}}
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<is>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32,
    sparsity = #arch.sparsity<groups>, mac_fj = 1, buffer_bytes = 1024,
    buffer_bytes_per_cycle = 64, buffer_byte_fj = 1, leakage_uw = 0} from #test
}
