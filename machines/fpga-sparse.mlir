// A small FPGA board with one array that skips the zeros of hierarchically
// pruned weights, after the accelerator of Qi et al., ICCAD 2021 (arXiv
// 2110.10030), on a board of the class of their low end, the ZCU104. Their array
// is not published in numbers: sizes here are chosen to fit the board. Weights
// stream from DDR4 in sparse storage.

#board = #arch.source<recalled, "ZCU104: Zynq UltraScale+ XCZU7EV, 1,728 DSP slices, 11 Mb of block RAM and 27 Mb of UltraRAM, 64 bits of DDR4-2400">
#array = #arch.source<estimated, "chosen: 32 x 64 cells of 8 bits, two to a DSP slice, are 1,024 of the 1,728 slices">
#chosen = #arch.source<estimated, "chosen for this preset">
#router = #arch.source<estimated, "the base router of the BookSim 2 reference tables, one cycle per stage">
#gap = #arch.source<estimated, "14 times the energy of an ASIC, the gap in dynamic power of Kuon and Rose, TCAD 2007, as remembered, over the number of Horowitz, ISSCC 2014, 45 nm, as remembered">

arch.machine @"fpga-sparse"
    summary "FPGA board: one array that skips pruned weights, DDR4"
    streaming<overflow> {
  // One node: the mesh has no link.
  arch.noc @fabric {
    dims = [1, 1, 1],
    link_bits = 512, clock_ps = 5000,
    routing_cycles = 1 from #router, vc_allocation_cycles = 1 from #router,
    switch_allocation_cycles = 1 from #router, traversal_cycles = 1 from #router,
    virtual_channels = 4 from #router, buffer_flits = 8 from #router,
    planar_link_cycles = 1 from #router, vertical_link_cycles = 1 from #router,
    max_packet_flits = 16, header_flits = 1,
    planar_link_um = 2500,
    router_flit_fj = 580720
      from #arch.source<estimated, "14 times the 20.74 pJ per 256 bits of ISAAC's router in Accelergy's library plug-in ba4e9dac1b2e, for 512 bits">,
    planar_bit_fj_per_mm = 1400
      from #arch.source<estimated, "14 times about 0.1 pJ per bit and mm of repeated wire at 32 nm">,
    vertical_bit_fj = 0 from #arch.source<derived, "there is one tier">,
    router_leakage_uw = 0
      from #arch.source<derived, "counted with the array">
  } from #chosen

  arch.memory @dram {
    node = [0, 0, 0] from #chosen,
    capacity_bytes = 2147483648,
    bytes_per_s = 19200000000,
    latency_ps = 100000 from #chosen,
    burst_bytes = 64,
    bit_fj = 15000
      from #arch.source<recalled, "about 15 pJ per bit of DDR4 with its interface">,
    idle_uw = 300000 from #chosen
  } from #board

  // The processor system of the chip, on the same memory.
  arch.host @host {
    node = [0, 0, 0],
    operations_per_s = 5000000000,
    bytes_per_s = 4000000000,
    latency_ps = 10000000,
    operation_fj = 200000
      from #arch.source<estimated, "1 W at 5 Giga-operations per second">,
    byte_fj = 100000,
    idle_uw = 0
      from #arch.source<estimated, "the host is charged while it works for the machine">
  } from #chosen

  arch.vector @simd {
    lanes = 32 from #chosen, clock_ps = 5000 from #chosen,
    add_cycles = 1, add_fj = 12600,
    multiply_cycles = 1, multiply_fj = 51800,
    divide_cycles = 4, divide_fj = 210000,
    exponential_cycles = 4, exponential_fj = 322000,
    square_root_cycles = 4, square_root_fj = 210000,
    convert_cycles = 1, convert_fj = 12600,
    move_cycles = 1, move_fj = 7000,
    lookup_cycles = 4, lookup_fj = 140000,
    leakage_uw = 0
      from #arch.source<derived, "counted with the array">
  } from #gap

  arch.systolic @array {
    rows = 32, columns = 64,
    dataflow = #arch.dataflow<ws>,
    clock_ps = 5000
      from #arch.source<estimated, "200 MHz, chosen for this preset">,
    mac_bits = 8,
    accumulator_bits = 32 from #chosen,
    // Lines of blocks, and balanced groups in what is left of them.
    sparsity = #arch.sparsity<hierarchical>,
    mac_fj = 4200 from #gap,
    buffer_bytes = 4194304
      from #arch.source<recalled, "of the 38 Mb of block RAM and UltraRAM of the XCZU7EV">,
    buffer_bytes_per_cycle = 512 from #chosen,
    buffer_byte_fj = 35000 from #gap,
    leakage_uw = 600000
      from #arch.source<estimated, "static power of the chip, chosen for this preset">,
    vector = @simd, memory = @dram
  } from #array

  arch.tier @fabric0 of @array {level = 0, grid = [1, 1]} from #chosen
}
