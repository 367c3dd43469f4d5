// RUN: atleus-opt %s -split-input-file -verify-diagnostics

#test = #arch.source<recalled, "test">
arch.machine @noc_c1_number_without_source {
  // expected-error@+1 {{'arch.noc' op does not say where 'buffer_flits' comes from: expected 'from #arch.source<...>' after the number}}
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410}
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_number_too_large {
  // expected-error@+1 {{'arch.noc' op has a 'clock_ps' of 1000000000001, expected at most 1000000000000}}
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000000000001,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @tier_c1_source_without_number {
  // expected-error@+1 {{'arch.tier' op has a source for 'lanes', which is not a number of it}}
  "arch.tier"() <{sym_name = "sa0", core = @pe, grid = array<i64: 2, 2>,
    level = 0 : i64,
    sources = {grid = #test, lanes = #test, level = #test}}> : () -> ()
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c2_header_fills_packet {
  // expected-error@+1 {{'arch.noc' op has packets of at most 16 flits, of which 16 are header: no room for data}}
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 16,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_dims_of_two {
  // expected-error@+1 {{'arch.noc' op attribute 'dims' failed to satisfy constraint: i64 dense array attribute with exactly 3 elements}}
  arch.noc @mesh {dims = [2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
    buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
    planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
    router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @host_missing_number {
  // expected-error@+1 {{'arch.host' op requires attribute 'bytes_per_s'}}
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @tier_c2_core_missing {
  // expected-error@+1 {{'arch.tier' op is made of @none, which is not declared in the machine}}
  arch.tier @sa0 of @none {level = 0, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @tier_c2_core_is_host {
  // expected-note@+1 {{declared here}}
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #test
  // expected-error@+1 {{'arch.tier' op is made of @host, which is an arch.host: expected an arch.crossbar, an arch.systolic or an arch.processor}}
  arch.tier @sa0 of @host {level = 0, grid = [2, 2]} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @tier_c3_grid_of_three {
  // expected-error@+1 {{'arch.tier' op attribute 'grid' failed to satisfy constraint: i64 dense array attribute with exactly 2 elements whose value is positive}}
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2, 1]} from #test
}

// -----

#test = #arch.source<recalled, "test">
// expected-error@+1 {{'arch.tier' op expects parent op 'arch.machine'}}
arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #test

// -----

#test = #arch.source<recalled, "test">
arch.machine @package_c2_no_layer {
  // expected-error@+1 {{'arch.package' op has no layer}}
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #test layers {}
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @package_c3_limit_below_ambient {
  // expected-error@+1 {{'arch.package' op limits the temperature to 300000 mK, which is not above the ambient 318150 mK}}
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 300000, convection_mk_per_w = 100} from #test layers {
    arch.layer "silicon" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @package_c4_two_coolings {
  // expected-error@+1 {{'arch.package' op states both of 'convection_mk_per_w' and 'heat_transfer_w_per_m2_k': expected exactly one}}
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100,
    heat_transfer_w_per_m2_k = 10000} from #test layers {
    arch.layer "silicon" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @package_c4_no_cooling {
  // expected-error@+1 {{'arch.package' op states neither of 'convection_mk_per_w' and 'heat_transfer_w_per_m2_k': expected exactly one}}
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150} from #test layers {
    arch.layer "silicon" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @package_c5_layer_smaller_than_die {
  // expected-note@+1 {{package declared here}}
  arch.package {die_x_um = 8000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #test layers {
    // expected-error@+1 {{'arch.layer' op has a side of 8000 um, but the longer side of the die is 10000 um}}
    arch.layer "silicon" {thickness_um = 100, side_um = 8000,
      conductivity_mw_per_m_k = 120000,
      heat_j_per_m3_k = 1750000} from #test
  }
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @package_c6_source_larger_than_die {
  // expected-note@+1 {{package declared here}}
  arch.package {die_x_um = 8000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #test layers {
    // expected-error@+1 {{'arch.layer' op has a side of 12000 um, but a heat source expects that of the die, 10000 um}}
    arch.layer "silicon" {thickness_um = 100, side_um = 12000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @layer_c2_source_is_core {
  // expected-note@+1 {{declared here}}
  arch.systolic @pe {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>,
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #test layers {
    // expected-error@+1 {{'arch.layer' op expects 'source' to be an arch.tier, but @pe is an arch.systolic}}
    arch.layer "silicon" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @pe} from #test
  }
}
