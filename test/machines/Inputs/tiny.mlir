// A machine with 32 crossbar arrays, into which hardly a model fits.
#test = #arch.source<recalled, "chosen for tests">
arch.machine @tiny summary "2x2 nodes per tier, 32 crossbar arrays" {
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 4, buffer_flits = 8,
    max_packet_flits = 16, header_flits = 1, planar_link_cycles = 1,
    vertical_link_cycles = 1, planar_link_um = 1000, router_flit_fj = 10000,
    planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 400} from #test
  arch.memory @dram {node = [0, 0, 0], capacity_bytes = 1073741824,
    bytes_per_s = 64000000000, latency_ps = 100000, burst_bytes = 32,
    bit_fj = 4000, idle_uw = 1000} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.vector @simd {lanes = 16, clock_ps = 1000, add_cycles = 1, add_fj = 1000,
    multiply_cycles = 1, multiply_fj = 4000, divide_cycles = 4,
    divide_fj = 15000, exponential_cycles = 4, exponential_fj = 20000,
    square_root_cycles = 4, square_root_fj = 15000, convert_cycles = 1,
    convert_fj = 1000, move_cycles = 1, move_fj = 500, lookup_cycles = 4,
    lookup_fj = 10000, leakage_uw = 1000} from #test
  arch.systolic @pe {rows = 16, columns = 16, dataflow = #arch.dataflow<os>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
    buffer_bytes = 262144, buffer_bytes_per_cycle = 64, buffer_byte_fj = 2500,
    leakage_uw = 5000, vector = @simd, memory = @dram} from #test
  arch.crossbar @reram {tiles = 1, arrays_per_tile = 8, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 6,
    adc_conversion_fj = [1200, 1420, 1670], sample_hold_fj = 1,
    dac_drive_fj = 400, array_read_fj = 30000, shift_add_fj = 20,
    input_register_bit_fj = 120, output_register_fj = 20, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 80000, cell_write_fj = 1400,
    write_power_uw = 300000, endurance_writes = 100000000, leakage_uw = 10,
    vector = @simd} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
  arch.tier @reram0 of @reram {level = 1, grid = [2, 2]} from #test
}
