// An embedded GPU as a roofline: 8 streaming multiprocessors of the Ampere
// generation as in a Jetson Orin Nano 8 GB, as remembered; what its data sheet
// does not say is chosen. The mesh stands for its crossbar switch and
// second-level cache; weights stream from LPDDR5.

#jetson = #arch.source<recalled, "Jetson Orin Nano 8 GB: 8 multiprocessors of 128 lanes at 625 MHz, 20 Tera-operations per second at 8 bits without sparsity, 15 W">
#eighth = #arch.source<recalled, "an eighth of the Jetson Orin Nano's 20 Tera-operations per second; 128 lanes and 128 bytes a cycle at 625 MHz">
#chosen = #arch.source<estimated, "chosen for this preset">
#router = #arch.source<estimated, "the base router of the BookSim 2 reference tables, one cycle per stage">
#lpddr = #arch.source<recalled, "LPDDR5 of the Jetson Orin Nano 8 GB: 128 bits, 68 GB/s">

arch.machine @"gpu-edge"
    summary "embedded GPU: 8 multiprocessors, weights stream from LPDDR5"
    streaming<overflow> {
  arch.noc @switch {
    dims = [4, 2, 1],
    link_bits = 256, clock_ps = 1600 from #jetson,
    routing_cycles = 1 from #router, vc_allocation_cycles = 1 from #router,
    switch_allocation_cycles = 1 from #router, traversal_cycles = 1 from #router,
    virtual_channels = 4 from #router, buffer_flits = 8 from #router,
    planar_link_cycles = 1 from #router, vertical_link_cycles = 1 from #router,
    max_packet_flits = 16, header_flits = 1,
    planar_link_um = 2500,
    router_flit_fj = 20740
      from #arch.source<paper, "ISAAC's router, 256 bits, in Accelergy's library plug-in ba4e9dac1b2e">,
    planar_bit_fj_per_mm = 100
      from #arch.source<recalled, "about 0.1 pJ per bit and mm of repeated wire at 32 nm">,
    vertical_bit_fj = 0 from #arch.source<derived, "there is one tier">,
    router_leakage_uw = 410
      from #arch.source<paper, "PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">
  } from #chosen

  arch.memory @dram {
    node = [0, 0, 0] from #chosen,
    capacity_bytes = 8589934592,
    bytes_per_s = 68000000000,
    latency_ps = 150000 from #chosen,
    burst_bytes = 32,
    bit_fj = 4000
      from #arch.source<recalled, "about 4 pJ per bit of LPDDR5 with its interface">,
    idle_uw = 200000 from #chosen
  } from #lpddr

  // The CPU cores of the same module.
  arch.host @host {
    node = [0, 0, 0],
    operations_per_s = 50000000000,
    bytes_per_s = 20000000000,
    latency_ps = 10000000,
    operation_fj = 100000
      from #arch.source<estimated, "5 W at 50 Giga-operations per second">,
    byte_fj = 50000,
    idle_uw = 0
      from #arch.source<estimated, "the host is charged while it works for the machine">
  } from #chosen

  arch.processor @sm {
    macs_per_s = 1250000000000, mac_bits = 8,
    mac_fj = 1000
      from #arch.source<estimated, "two thirds of the 1.5 pJ per multiply-accumulate that 15 W at 20 Tera-operations per second are">,
    operations_per_s = 80000000000,
    operation_fj = 20000
      from #arch.source<estimated, "5 times a 32-bit floating-point multiplication of Horowitz, ISSCC 2014, for the instruction around it">,
    bytes_per_s = 80000000000,
    byte_fj = 2500
      from #arch.source<recalled, "20 pJ per 64 bits of a 32 KB SRAM: Horowitz, ISSCC 2014, 45 nm">,
    latency_ps = 5000000
      from #arch.source<recalled, "about 5 us to launch a kernel">,
    leakage_uw = 250000
      from #arch.source<estimated, "2 W of idle power over 8 multiprocessors">,
    memory = @dram
  } from #eighth

  arch.tier @sms of @sm {level = 0, grid = [4, 2]}
    from #arch.source<recalled, "8 multiprocessors of the Jetson Orin Nano 8 GB">
}
