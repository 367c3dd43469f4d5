// RUN: atleus-translate --export-booksim-trace -split-input-file \
// RUN:   -verify-diagnostics %s

// expected-error @below {{packets need machine @m, which is not in the module}}
sched.schedule @main on @m {
}

// -----

#test = #arch.source<recalled, "test">
arch.machine @m {
  arch.noc @mesh {dims = [4, 2, 2], link_bits = 128, clock_ps = 1000,
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
    clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
    buffer_bytes = 65536, buffer_bytes_per_cycle = 32, buffer_byte_fj = 2500,
    leakage_uw = 0} from #test
  arch.tier @sa0 of @pe {level = 0, grid = [4, 2]} from #test
}
// expected-error @below {{node (4, 0, 0) is outside of the network of 4x2x2 nodes}}
sched.schedule @main on @m {
  %0 = sched.transfer "a"[0] along (3, 0, 0)[x+] bits 384 flits 4
    flit_ps 1000 hop_ps 5000 start 0 duration 60000
}
