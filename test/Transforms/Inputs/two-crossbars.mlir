// Two tiers of crossbars, with arrays of 16 and of 32 rows.
#test = #arch.source<recalled, "chosen for tests">
arch.machine @two {
  arch.noc @mesh {dims = [2, 2, 3], link_bits = 64, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 2, buffer_flits = 8,
    max_packet_flits = 17, header_flits = 1, planar_link_cycles = 1,
    vertical_link_cycles = 1, planar_link_um = 1000, router_flit_fj = 100,
    planar_bit_fj_per_mm = 10, vertical_bit_fj = 1,
    router_leakage_uw = 0} from #test
  arch.memory @dram {node = [0, 0, 0], capacity_bytes = 1073741824,
    bytes_per_s = 8000000000, latency_ps = 50000, burst_bytes = 32,
    bit_fj = 4000, idle_uw = 0} from #test
  arch.host @host {node = [1, 1, 0], operations_per_s = 1000000000,
    bytes_per_s = 1000000000, latency_ps = 1000000, operation_fj = 1000,
    byte_fj = 1000, idle_uw = 0} from #test
  arch.vector @lanes {lanes = 8, clock_ps = 1000, add_cycles = 1, add_fj = 10,
    multiply_cycles = 1, multiply_fj = 20, divide_cycles = 4, divide_fj = 40,
    exponential_cycles = 4, exponential_fj = 80, square_root_cycles = 4,
    square_root_fj = 40, convert_cycles = 1, convert_fj = 10, move_cycles = 1,
    move_fj = 5, leakage_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<os>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
    buffer_bytes = 65536, buffer_bytes_per_cycle = 64, buffer_byte_fj = 50,
    leakage_uw = 0, vector = @lanes, memory = @dram} from #test
  arch.crossbar @cells {tiles = 2, arrays_per_tile = 8, rows = 16,
    columns = 16, cell_bits = 2, dac_bits = 1, active_rows = 16,
    encoding = #arch.encoding<offset>, read_ps = 10000,
    adc_type = #arch.adc_type<sar>, adc_bits = 6, adc_rated_bits = 6,
    adc_samples_per_s = 1000000000, columns_per_adc = 16, adc_min_bits = 6,
    adc_conversion_fj = [500], sample_hold_fj = 1, dac_drive_fj = 10,
    array_read_fj = 200, shift_add_fj = 5, input_register_bit_fj = 1,
    output_register_fj = 5, buffer_bytes = 65536,
    buffer_bytes_per_s = 64000000000, buffer_bit_fj = 10, bus_bit_fj = 5,
    pipeline_ps = 5000, row_write_ps = 10000, cell_write_fj = 1000,
    write_power_uw = 1000000, endurance_writes = 100000000, leakage_uw = 0,
    vector = @lanes} from #test
  arch.crossbar @large {tiles = 2, arrays_per_tile = 8, rows = 32,
    columns = 16, cell_bits = 2, dac_bits = 1, active_rows = 32,
    encoding = #arch.encoding<offset>, read_ps = 10000,
    adc_type = #arch.adc_type<sar>, adc_bits = 6, adc_rated_bits = 6,
    adc_samples_per_s = 1000000000, columns_per_adc = 16, adc_min_bits = 6,
    adc_conversion_fj = [500], sample_hold_fj = 1, dac_drive_fj = 10,
    array_read_fj = 200, shift_add_fj = 5, input_register_bit_fj = 1,
    output_register_fj = 5, buffer_bytes = 65536,
    buffer_bytes_per_s = 64000000000, buffer_bit_fj = 10, bus_bit_fj = 5,
    pipeline_ps = 5000, row_write_ps = 10000, cell_write_fj = 1000,
    write_power_uw = 1000000, endurance_writes = 100000000, leakage_uw = 0,
    vector = @lanes} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
  arch.tier @reram0 of @cells {level = 1, grid = [2, 2]} from #test
  arch.tier @reram1 of @large {level = 2, grid = [2, 2]} from #test
}
