// An edge accelerator without crossbars: four systolic arrays that together
// reach the 4 Tera-operations per second at 8 bits of Google's Edge TPU. All
// weights stream from one channel of LPDDR4.

#edge = #arch.source<recalled, "Edge TPU: 4 Tera-operations per second at 8 bits, 8 MB on chip, 2 W">
#arrays = #arch.source<estimated, "4 arrays of 32 x 32 at 500 MHz are 4.1 Tera-operations per second; how the Edge TPU reaches its 4 is not published">
#chosen = #arch.source<estimated, "chosen for this preset">
#router = #arch.source<estimated, "the base router of the BookSim 2 reference tables, one cycle per stage">
#lpddr = #arch.source<recalled, "LPDDR4-3200, 32 bits">
#horowitz = #arch.source<recalled, "Horowitz, ISSCC 2014, 45 nm">

arch.machine @"systolic-edge"
    summary "2D edge chip: 4 systolic arrays, weights stream from LPDDR4"
    streaming<overflow> {
  arch.noc @mesh {
    dims = [2, 2, 1],
    link_bits = 128, clock_ps = 2000,
    routing_cycles = 1 from #router, vc_allocation_cycles = 1 from #router,
    switch_allocation_cycles = 1 from #router, traversal_cycles = 1 from #router,
    virtual_channels = 4 from #router, buffer_flits = 8 from #router,
    planar_link_cycles = 1 from #router, vertical_link_cycles = 1 from #router,
    max_packet_flits = 16, header_flits = 1,
    planar_link_um = 2500,
    router_flit_fj = 10370
      from #arch.source<derived, "half of the 20.74 pJ per 256 bits of ISAAC's router in Accelergy's library plug-in ba4e9dac1b2e">,
    planar_bit_fj_per_mm = 100
      from #arch.source<recalled, "about 0.1 pJ per bit and mm of repeated wire at 32 nm">,
    vertical_bit_fj = 0 from #arch.source<derived, "there is one tier">,
    router_leakage_uw = 410
      from #arch.source<paper, "PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">
  } from #chosen

  arch.memory @dram {
    node = [0, 0, 0] from #chosen,
    capacity_bytes = 2147483648 from #chosen,
    bytes_per_s = 12800000000,
    latency_ps = 100000,
    burst_bytes = 32,
    bit_fj = 4000
      from #arch.source<recalled, "about 4 pJ per bit of LPDDR4 with its interface">,
    idle_uw = 50000 from #chosen
  } from #lpddr

  // The processor of a small board on the same memory.
  arch.host @host {
    node = [0, 0, 0],
    operations_per_s = 10000000000,
    bytes_per_s = 4000000000,
    latency_ps = 10000000,
    operation_fj = 100000
      from #arch.source<estimated, "1 W at 10 Giga-operations per second">,
    byte_fj = 50000,
    idle_uw = 0
      from #arch.source<estimated, "the host is charged while it works for the machine">
  } from #chosen

  arch.vector @simd {
    lanes = 32, clock_ps = 2000,
    add_cycles = 1, add_fj = 900 from #horowitz,
    multiply_cycles = 1, multiply_fj = 3700 from #horowitz,
    divide_cycles = 4, divide_fj = 15000,
    exponential_cycles = 4, exponential_fj = 23000,
    square_root_cycles = 4, square_root_fj = 15000,
    convert_cycles = 1,
    convert_fj = 900
      from #arch.source<recalled, "as a 32-bit floating-point addition: Horowitz, ISSCC 2014, 45 nm">,
    move_cycles = 1, move_fj = 500,
    lookup_cycles = 4,
    lookup_fj = 10000
      from #arch.source<recalled, "32 bits from a 32 KB SRAM: Horowitz, ISSCC 2014, 45 nm">,
    leakage_uw = 1000
  } from #arch.source<estimated, "an iteration of 4 multiplications, or a polynomial of 5 multiplications and additions, of Horowitz, ISSCC 2014, 45 nm">

  arch.systolic @pe {
    rows = 32 from #arrays, columns = 32 from #arrays,
    dataflow = #arch.dataflow<ws>,
    clock_ps = 2000 from #arrays,
    mac_bits = 8,
    accumulator_bits = 32 from #chosen,
    mac_fj = 300
      from #arch.source<recalled, "8-bit multiplication 0.2 pJ, 32-bit addition 0.1 pJ: Horowitz, ISSCC 2014, 45 nm">,
    buffer_bytes = 2097152,
    buffer_bytes_per_cycle = 256 from #chosen,
    buffer_byte_fj = 2500
      from #arch.source<recalled, "20 pJ per 64 bits of a 32 KB SRAM: Horowitz, ISSCC 2014, 45 nm">,
    leakage_uw = 20000 from #chosen,
    vector = @simd, memory = @dram
  } from #edge

  arch.tier @arrays of @pe {level = 0, grid = [2, 2]} from #chosen
}
