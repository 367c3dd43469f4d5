  arch.noc @mesh {dims = [1, 1, 1], link_bits = 64, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 2, buffer_flits = 8,
    max_packet_flits = 17, header_flits = 1, planar_link_cycles = 1,
    vertical_link_cycles = 1, planar_link_um = 1000, router_flit_fj = 100,
    planar_bit_fj_per_mm = 10, vertical_bit_fj = 1,
    router_leakage_uw = 0} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 1000000000,
    bytes_per_s = 1000000000, latency_ps = 1000000, operation_fj = 1000,
    byte_fj = 1000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<os>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
    buffer_bytes = 65536, buffer_bytes_per_cycle = 64, buffer_byte_fj = 50,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [1, 1]} from #test
