// RUN: atleus-opt %s -split-input-file -verify-diagnostics

#test = #arch.source<recalled, "test">
// expected-error@+1 {{'arch.machine' op has 0 arch.noc, but expects at least 1}}
arch.machine @machine_c1_no_noc {
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
// expected-error@+1 {{'arch.machine' op has 2 arch.noc, but expects at most 1}}
arch.machine @machine_c1_two_nocs {
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  // expected-note@+1 {{one too many declared here}}
  arch.noc @other {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
// expected-error@+1 {{'arch.machine' op has 0 arch.host, but expects at least 1}}
arch.machine @machine_c2_no_host {
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
// expected-error@+1 {{'arch.machine' op has 2 arch.package, but expects at most 1}}
arch.machine @machine_c3_two_packages {
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #test layers {
    arch.layer "silicon" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
  // expected-note@+1 {{one too many declared here}}
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #test layers {
    arch.layer "silicon" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
}

// -----

#test = #arch.source<recalled, "test">
// expected-error@+1 {{'arch.machine' op has 0 arch.tier, but expects at least 1}}
arch.machine @machine_c4_no_tier {
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @machine_c5_level_taken {
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  // expected-note@+1 {{declared here}}
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
  // expected-error@+1 {{'arch.tier' op is on level 0, where "sa0" is already}}
  arch.tier @sa1 of @pe {level = 0, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @machine_c5_level_above_network {
  // expected-note@+1 {{network declared here}}
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  // expected-error@+1 {{'arch.tier' op is on level 2, but the network has levels 0 to 1}}
  arch.tier @sa0 of @pe {level = 2, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @machine_c6_grid_exceeds_network {
  // expected-note@+1 {{network declared here}}
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  // expected-error@+1 {{'arch.tier' op has a grid of 2x3 nodes, but a level of the network has 2x2}}
  arch.tier @sa0 of @pe {level = 0, grid = [2, 3]} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @machine_c7_memory_outside_network {
  // expected-note@+1 {{network declared here}}
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
  // expected-error@+1 {{'arch.memory' op is at node (0, 2, 0), but the network has 2x2x2 nodes}}
  arch.memory @dram {node = [0, 2, 0], capacity_bytes = 8589934592,
    bytes_per_s = 256000000000, latency_ps = 100000, burst_bytes = 32,
    bit_fj = 3900, idle_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @machine_c7_host_outside_network {
  // expected-note@+1 {{network declared here}}
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  // expected-error@+1 {{'arch.host' op is at node (0, 0, 5), but the network has 2x2x2 nodes}}
  arch.host @host {node = [0, 0, 5], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @machine_c8_tier_without_layer {
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test
  // expected-error@+1 {{'arch.tier' op is the heat source of 0 layers of the package, but expects exactly 1}}
  arch.tier @sa1 of @pe {level = 1, grid = [2, 2]} from #test
  // expected-note@+1 {{package declared here}}
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #test layers {
    arch.layer "silicon" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
}
