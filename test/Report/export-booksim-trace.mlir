// RUN: atleus-translate --export-booksim-trace %s | FileCheck %s --strict-whitespace --match-full-lines

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

// The transfers in the order of their starts; 34 flits are packets of 16, 16
// and 2; 1001 ps are 2 cycles. The multicast is a packet to each of its nodes.
//      CHECK:pattern,seq,cycle,src,dst,flits
// CHECK-NEXT:main,0,0,13,0,4
// CHECK-NEXT:main,1,2,0,7,16
// CHECK-NEXT:main,2,2,0,7,16
// CHECK-NEXT:main,3,2,0,7,2
// CHECK-NEXT:main,4,3,0,1,3
// CHECK-NEXT:main,5,3,0,5,3
//  CHECK-NOT:main
sched.schedule @main on @m {
  %0 = sched.transfer "b"[0] along (0, 0, 0)[x+, x+, x+, y+] bits 4096 flits 34
    flit_ps 1000 hop_ps 5000 start 1001 duration 60000
  %1 = sched.task "b"[0] on (0, 0, 0) "array" start 0 duration 12
  %2 = sched.transfer "a"[0] along (1, 1, 1)[x-, y-, z-] bits 384 flits 4
    flit_ps 1000 hop_ps 5000 start 0 duration 60000
  %3 = sched.transfer "b"[1] along (0, 0, 0)[x+] branches [(1, 0, 0)[y+]] bits 256
    flits 3 flit_ps 1000 hop_ps 5000 start 3000 duration 60000
}
