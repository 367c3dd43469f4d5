// Two tiers of 3x2 nodes. The first column has no links between the tiers, and a
// corner is linked to the opposite one.
#test = #arch.source<recalled, "test">
arch.machine @irregular {
  arch.noc @mesh {dims = [3, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    removed_links = [0, 0, 0, 0, 0, 1,  0, 1, 0, 0, 1, 1],
    added_links = [0, 0, 0, 2, 1, 0],
    added_link_cycles = 3, added_link_um = 7500,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
  arch.memory @dram {node = [0, 0, 0], capacity_bytes = 8589934592,
    bytes_per_s = 256000000000, latency_ps = 100000, burst_bytes = 32,
    bit_fj = 3900, idle_uw = 0} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.vector @simd {lanes = 4, clock_ps = 1000, add_cycles = 1, add_fj = 900,
    multiply_cycles = 1, multiply_fj = 3700, divide_cycles = 4,
    divide_fj = 15000, exponential_cycles = 4, exponential_fj = 23000,
    convert_cycles = 1, convert_fj = 900, move_cycles = 1, move_fj = 500,
    leakage_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
    buffer_bytes = 65536, buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0, vector = @simd, memory = @dram} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [3, 2]} from #test
  arch.tier @sa1 of @pe {level = 1, grid = [3, 2]} from #test
}
