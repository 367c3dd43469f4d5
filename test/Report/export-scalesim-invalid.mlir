// RUN: atleus-translate --export-scalesim --scalesim-folder=%t \
// RUN:   -split-input-file -verify-diagnostics %s

#ours = #arch.source<estimated, "chosen for this test">
// expected-error @below {{has no product on a systolic core: map a model onto a machine with one before it is exported}}
module {
  arch.machine @m {
    arch.noc @mesh {dims = [1, 1, 1], link_bits = 128, clock_ps = 1000,
      routing_cycles = 1, vc_allocation_cycles = 1,
      switch_allocation_cycles = 1, traversal_cycles = 1, virtual_channels = 4,
      buffer_flits = 8, max_packet_flits = 16, header_flits = 1,
      planar_link_cycles = 1, vertical_link_cycles = 1, planar_link_um = 2500,
      router_flit_fj = 10370, planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
      router_leakage_uw = 410} from #ours
    arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
      bytes_per_s = 16000000000, latency_ps = 10000000,
      operation_fj = 100000, byte_fj = 100000, idle_uw = 0} from #ours
    arch.memory @dram {node = [0, 0, 0], capacity_bytes = 8589934592,
      bytes_per_s = 256000000000, latency_ps = 100000, burst_bytes = 32,
      bit_fj = 3900, idle_uw = 0} from #ours
    arch.systolic @pe {rows = 32, columns = 16, dataflow = #arch.dataflow<os>, clock_ps = 1000,
      mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
      buffer_bytes_per_cycle = 64, buffer_byte_fj = 2500,
      leakage_uw = 100} from #ours
    arch.tier @sa0 of @pe {level = 0, grid = [1, 1]} from #ours
  }
}
