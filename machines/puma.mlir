// A node of PUMA: 138 tiles of 8 cores, each core with two matrix units of 8
// arrays, a vector unit and a scalar unit. Vector units execute softmax,
// normalization and activations; products of two computed operands go to the
// host. 8-bit weights take 4 cells where the paper's 16 bits take 8.

#puma = #arch.source<paper, "PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">
#recalled = #arch.source<recalled, "PUMA, ASPLOS 2019, as remembered">
#chosen = #arch.source<estimated, "chosen for this preset; the paper does not state it">
#router = #arch.source<estimated, "the base router of the BookSim 2 reference tables, one cycle per stage">
#adc = #arch.source<derived, "0.225 mW per bit for 12.5 ns per bit and 128 columns: PUMA's simulator a206f75a4b25">
#shared = #arch.source<derived, "an eighth of the part that the 8 arrays of a matrix unit share: PUMA's simulator a206f75a4b25">
#vfu = #arch.source<recalled, "1.90 mW for 4 lanes at 1 GHz: PUMA, ASPLOS 2019">
#lookup = #arch.source<estimated, "4 cycles of the vector unit: a look-up and an interpolation">

arch.machine @puma summary "2D node of 138 ReRAM tiles with vector units" {
  arch.noc @mesh {
    dims = [6, 23, 1]
      from #arch.source<derived, "138 tiles of the paper's node, as near to a square as they go">,
    link_bits = 32 from #recalled,
    clock_ps = 1000 from #recalled,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 4, buffer_flits = 8,
    planar_link_cycles = 1, vertical_link_cycles = 1,
    max_packet_flits = 16 from #chosen,
    header_flits = 1 from #chosen,
    planar_link_um = 692
      from #arch.source<recalled, "side of a tile of 0.479 mm^2: PUMA, ASPLOS 2019">,
    router_flit_fj = 4033
      from #arch.source<derived, "16.13 mW at 1 GHz with 4 ports busy: PUMA, ASPLOS 2019">,
    planar_bit_fj_per_mm = 100
      from #arch.source<recalled, "about 0.1 pJ per bit and mm of repeated wire at 32 nm">,
    vertical_bit_fj = 0 from #arch.source<derived, "there is one tier">,
    router_um2 = 47000 from #puma,
    router_leakage_uw = 410 from #puma
  } from #router

  arch.host @host {
    node = [0, 0, 0],
    operations_per_s = 100000000000,
    bytes_per_s = 6400000000
      from #arch.source<recalled, "off-chip link of 6.4 GB/s: PUMA, ASPLOS 2019">,
    latency_ps = 10000000,
    operation_fj = 100000
      from #arch.source<recalled, "100 W at 1 Tera-operation per second">,
    byte_fj = 406250
      from #arch.source<recalled, "10.4 W of 4 HyperTransport links of 6.4 GB/s: ISAAC, ISCA 2016">,
    idle_uw = 0
      from #arch.source<estimated, "the host is charged while it works for the machine">
  } from #chosen

  // The vector units of a tile's 8 cores.
  arch.vector @vfu {
    lanes = 32
      from #arch.source<recalled, "8 cores of 4 lanes: PUMA, ASPLOS 2019">,
    clock_ps = 1000 from #recalled,
    add_cycles = 1 from #recalled, add_fj = 475,
    multiply_cycles = 1 from #recalled, multiply_fj = 475,
    divide_cycles = 4 from #lookup, divide_fj = 1900,
    exponential_cycles = 4 from #lookup, exponential_fj = 1900,
    square_root_cycles = 4 from #lookup, square_root_fj = 1900,
    convert_cycles = 1 from #chosen, convert_fj = 475,
    move_cycles = 1 from #chosen, move_fj = 475,
    area_um2 = 36800
      from #arch.source<recalled, "0.004 and 0.0006 mm^2 of vector and transcendental units in each of 8 cores: PUMA, ASPLOS 2019">,
    leakage_uw = 100 from #chosen
  } from #vfu

  arch.crossbar @mvmu {
    tiles = 8 from #arch.source<recalled, "8 cores in a tile: PUMA, ASPLOS 2019">,
    arrays_per_tile = 16
      from #arch.source<recalled, "2 matrix units of 8 arrays in a core: PUMA, ASPLOS 2019">,
    arrays_per_unit = 8
      from #arch.source<recalled, "16-bit weights in 2-bit cells: PUMA, ASPLOS 2019">,
    rows = 128, columns = 128, cell_bits = 2,
    encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000,
    dac_bits = 1,
    adc_type = #arch.adc_type<sar>,
    adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000
      from #arch.source<derived, "128 columns in 100 ns: PUMA's simulator a206f75a4b25">,
    columns_per_adc = 128,
    adc_min_bits = 4 from #adc,
    adc_conversion_fj = [352, 549, 791, 1077, 1406, 1780] from #adc,
    sample_hold_fj = 1
      from #arch.source<derived, "8.73 nW per column in 100 ns: PUMA's simulator a206f75a4b25">,
    dac_drive_fj = 44
      from #arch.source<derived, "3.506 uW in 100 ns, shared by 8 arrays: PUMA's simulator a206f75a4b25">,
    array_read_fj = 30000
      from #arch.source<derived, "0.3 mW in 100 ns: PUMA's simulator a206f75a4b25">,
    shift_add_fj = 18
      from #arch.source<derived, "4 units of 0.045 mW for 8 x 128 sums in 100 ns: PUMA's simulator a206f75a4b25">,
    input_register_bit_fj = 0
      from #arch.source<derived, "the register files count as idle power">,
    output_register_fj = 0
      from #arch.source<derived, "the register files count as idle power">,
    buffer_bytes = 65536 from #recalled,
    buffer_bytes_per_s = 32000000000
      from #arch.source<derived, "256 bits in a cycle of 1 ns: PUMA's simulator a206f75a4b25">,
    buffer_bit_fj = 67
      from #arch.source<derived, "0.0172 nJ per 256 bits: PUMA's simulator a206f75a4b25">,
    bus_bit_fj = 47
      from #arch.source<derived, "6 mW for the half of 256 bits in 1 ns that arrays read: PUMA's simulator a206f75a4b25">,
    pipeline_ps = 3000
      from #arch.source<estimated, "the stages of a core's pipeline, a cycle each">,
    row_write_ps = 85694
      from #arch.source<derived, "10968.75 ns per array of 128 rows: PUMA's simulator a206f75a4b25">,
    cell_write_fj = 1379
      from #arch.source<derived, "2.06 mW in 10968.75 ns for 128 x 128 cells: PUMA, ASPLOS 2019">,
    write_power_uw = 373800
      from #arch.source<recalled, "what the tile draws when it reads: 373.8 mW: PUMA, ASPLOS 2019">,
    endurance_writes = 100000000
      from #arch.source<estimated, "chosen within the 10^6 to 10^12 reported for ReRAM">,
    adc_nm2 = [1200000000, 1200000000, 1200000000, 1200000000, 1200000000,
               1200000000],
    array_nm2 = 25000000,
    dac_nm2 = 20875 from #shared,
    sample_hold_nm2 = 39063
      from #arch.source<derived, "0.00004 mm^2 for 8 x 128 columns: PUMA's simulator a206f75a4b25">,
    shift_add_nm2 = 30000000 from #shared,
    input_register_nm2 = 97500000 from #shared,
    output_register_nm2 = 97500000 from #shared,
    buffer_nm2 = 10750000000
      from #arch.source<recalled, "an eighth of the 0.086 mm^2 of a tile's memory: PUMA, ASPLOS 2019">,
    bus_nm2 = 11250000000
      from #arch.source<recalled, "an eighth of the 0.090 mm^2 of a tile's bus: PUMA, ASPLOS 2019">,
    other_um2 = 89650
      from #arch.source<recalled, "control 0.0033, instructions 0.0031, register file 0.0019 mm^2 in each of 8 cores; control 0.00145, instructions 0.0054, attributes 0.012, receive buffer 0.0044 mm^2 in the tile: PUMA, ASPLOS 2019">,
    dac_leakage_nw = 49 from #shared,
    adc_leakage_nw = 200000,
    buffer_leakage_nw = 57500
      from #arch.source<derived, "an eighth of the 0.46 mW of a tile's memory: PUMA's simulator a206f75a4b25">,
    leakage_uw = 32846
      from #arch.source<recalled, "control 0.25, instructions 1.52, register file 0.477 mW in each of 8 cores; control 0.05, instructions 1.91, attributes 2.77, receive buffer 9.14, idle bus 1 mW in the tile: PUMA, ASPLOS 2019">,
    vector = @vfu
  } from #puma

  arch.tier @tiles of @mvmu {level = 0, grid = [6, 23]}
    from #arch.source<derived, "138 tiles of the paper's node, as near to a square as they go">
}
