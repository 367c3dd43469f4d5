// A machine with the package of HotSpot.
#test = #arch.source<recalled, "chosen for tests">
arch.machine @spread {
  arch.noc @mesh {dims = [2, 1, 2], link_bits = 64, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 2, buffer_flits = 8,
    max_packet_flits = 17, header_flits = 1, planar_link_cycles = 1,
    vertical_link_cycles = 1, planar_link_um = 1000, router_flit_fj = 100,
    planar_bit_fj_per_mm = 10, vertical_bit_fj = 1,
    router_leakage_uw = 0} from #test
  arch.host @host {node = [1, 0, 0], operations_per_s = 1000000000,
    bytes_per_s = 1000000000, latency_ps = 1000000, operation_fj = 1000,
    byte_fj = 1000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<os>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
    buffer_bytes = 65536, buffer_bytes_per_cycle = 64, buffer_byte_fj = 50,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 1]} from #test
  arch.package {die_x_um = 10000, die_y_um = 4000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100,
    convection_mj_per_k = 140400} from #test layers {
    arch.layer "die0" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
    arch.layer "a \0A b" {thickness_um = 20, side_um = 10000,
      conductivity_mw_per_m_k = 4000, heat_j_per_m3_k = 4000000,
      vertical_only} from #test
    arch.layer "spreader" {thickness_um = 1000, side_um = 30000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
    arch.layer "sink" {thickness_um = 6900, side_um = 60000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
  }
}
