// RUN: atleus-opt %s -split-input-file -verify-diagnostics

#test = #arch.source<recalled, "test">
arch.machine @noc_c3_five_numbers {
  // expected-error@+1 {{'arch.noc' op has 5 numbers in 'removed_links': expected six per link, the coordinates of two nodes}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    removed_links = [0, 0, 0, 1, 0],
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c3_outside {
  // expected-error@+1 {{'arch.noc' op has a link in 'added_links' between (0, 0, 0) and (3, 0, 0), which do not both lie in the network of 3x3x2 nodes}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    added_links = [0, 0, 0, 3, 0, 0],
    added_link_cycles = 2, added_link_um = 5000,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c3_negative {
  // expected-error@+1 {{'arch.noc' op attribute 'removed_links' failed to satisfy constraint: i64 dense array attribute whose value is non-negative}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    removed_links = [0, 0, 0, -1, 0, 0],
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c4_removed_not_neighbours {
  // expected-error@+1 {{'arch.noc' op has a link in 'removed_links' between (0, 0, 0) and (1, 1, 0), which are not neighbours of the mesh}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    removed_links = [0, 0, 0, 1, 1, 0],
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c4_added_neighbours {
  // expected-error@+1 {{'arch.noc' op has a link in 'added_links' between (0, 0, 0) and (0, 0, 1), which are neighbours of the mesh}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    added_links = [0, 0, 0, 0, 0, 1],
    added_link_cycles = 2, added_link_um = 5000,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c4_added_same_node {
  // expected-error@+1 {{'arch.noc' op has a link in 'added_links' between (1, 0, 0) and (1, 0, 0), which are the same node}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    added_links = [1, 0, 0, 1, 0, 0],
    added_link_cycles = 2, added_link_um = 5000,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c4_twice {
  // expected-error@+1 {{'arch.noc' op has a link in 'removed_links' between (0, 0, 0) and (1, 0, 0), which it lists twice}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    removed_links = [0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0],
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c5_no_cycles {
  // expected-error@+1 {{'arch.noc' op adds links without 'added_link_cycles'}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    added_links = [0, 0, 0, 2, 0, 0], added_link_um = 5000,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c5_no_length {
  // expected-error@+1 {{'arch.noc' op adds links without 'added_link_um'}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<minimal>,
    added_links = [0, 0, 0, 2, 0, 0], added_link_cycles = 2,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c6_xyz {
  // expected-error@+1 {{'arch.noc' op removes or adds links, which routing 'xyz' does not know: expected 'minimal' or 'up_down'}}
  arch.noc @mesh {dims = [3, 3, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    removed_links = [0, 0, 0, 1, 0, 0],
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c7_table_too_large {
  // expected-error@+1 {{'arch.noc' op has 1025x1x1 nodes, but routing 'up_down' takes at most 1024}}
  arch.noc @mesh {dims = [1025, 1, 1], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<up_down>,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @noc_c7_network_too_large {
  // expected-error@+1 {{'arch.noc' op has 4194304x4194304x4194304 nodes, but routing 'xyz' takes at most 1048576}}
  arch.noc @mesh {dims = [4194304, 4194304, 4194304], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1,
    routing = #arch.routing<xyz>,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #test
}
