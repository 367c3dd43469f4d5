// The chip of ISAAC: 168 tiles of 12 in-situ multiply-accumulate units with 8
// arrays each, all on one die. Its tiles have digital units for sigmoids and
// sums only, so that products of two computed operands, softmax and
// normalization go to the host. 8-bit weights take 4 cells where the paper's 16
// bits take 8.

#isaac = #arch.source<paper, "ISAAC, ISCA 2016, table of the tile, 32 nm">
#recalled = #arch.source<recalled, "ISAAC, ISCA 2016, as remembered">
#chosen = #arch.source<estimated, "chosen for this preset; the paper does not state it">
#router = #arch.source<estimated, "the base router of the BookSim 2 reference tables, one cycle per stage">
#adc = #arch.source<paper, "ISAAC ADC, 32 nm, and its scaling from 4 to 10 bits in Accelergy's library plug-in ba4e9dac1b2e">
#unit = #arch.source<derived, "an eighth of the unit's: ISAAC, ISCA 2016, table of the tile">
#horowitz = #arch.source<recalled, "Horowitz, ISSCC 2014, 45 nm">

arch.machine @isaac summary "2D chip of 168 ReRAM tiles, 16-bit ISAAC at 8 bits" {
  arch.noc @mesh {
    dims = [12, 14, 1]
      from #arch.source<derived, "168 tiles of the paper's chip, as near to a square as they go">,
    link_bits = 32 from #recalled,
    clock_ps = 1000 from #chosen,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 4, buffer_flits = 8,
    planar_link_cycles = 1, vertical_link_cycles = 1,
    max_packet_flits = 16 from #chosen,
    header_flits = 1 from #chosen,
    planar_link_um = 610
      from #arch.source<derived, "side of a tile of 0.372 mm^2: ISAAC, ISCA 2016">,
    router_flit_fj = 2593
      from #arch.source<derived, "an eighth of the 20.74 pJ per 256 bits of ISAAC's router in Accelergy's library plug-in ba4e9dac1b2e">,
    planar_bit_fj_per_mm = 100
      from #arch.source<recalled, "about 0.1 pJ per bit and mm of repeated wire at 32 nm">,
    vertical_bit_fj = 0 from #arch.source<derived, "there is one tier">,
    router_um2 = 37750
      from #arch.source<derived, "0.151 mm^2 shared by 4 tiles: ISAAC, ISCA 2016">,
    router_leakage_uw = 410
      from #arch.source<paper, "PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">
  } from #router

  // The chip has no memory of its own beyond the tiles' buffers: inputs, results
  // and what no tile can do pass through HyperTransport.
  arch.host @host {
    node = [0, 0, 0],
    operations_per_s = 100000000000,
    bytes_per_s = 6400000000
      from #arch.source<recalled, "one HyperTransport link of 6.4 GB/s: ISAAC, ISCA 2016">,
    latency_ps = 10000000,
    operation_fj = 100000
      from #arch.source<recalled, "100 W at 1 Tera-operation per second">,
    byte_fj = 406250
      from #arch.source<recalled, "10.4 W of 4 HyperTransport links of 6.4 GB/s: ISAAC, ISCA 2016">,
    idle_uw = 0
      from #arch.source<estimated, "the host is charged while it works for the machine">
  } from #chosen

  // Two sigmoid units and a shift-and-add unit in each tile. Scaling the results
  // of 8-bit products is not in the paper, whose 16-bit fixed point needs none.
  arch.vector @digital {
    lanes = 4,
    clock_ps = 1000,
    add_cycles = 1,
    add_fj = 900 from #horowitz,
    multiply_cycles = 1,
    multiply_fj = 3700 from #horowitz,
    exponential_cycles = 1,
    exponential_fj = 260
      from #arch.source<recalled, "0.52 mW of two sigmoid units at 1 GHz: ISAAC, ISCA 2016">,
    convert_cycles = 1,
    convert_fj = 900
      from #arch.source<recalled, "as a 32-bit floating-point addition: Horowitz, ISSCC 2014, 45 nm">,
    move_cycles = 1,
    move_fj = 500,
    area_um2 = 4100
      from #arch.source<recalled, "sigmoid 600, shift-and-add 60, max-pool 240, output register 3200: ISAAC, ISCA 2016">,
    leakage_uw = 10
  } from #chosen

  // The cells of @imas. Measured numbers are of different devices: no paper
  // states all of one.
  arch.device @cell {
    on_nanosiemens = 751880
      from #arch.source<paper, "1.33 kOhm: PRIME, ISCA 2016, as in AccelForge's ISAAC preset">,
    off_nanosiemens = 50000
      from #arch.source<paper, "20 kOhm: PRIME, ISCA 2016, as in AccelForge's ISAAC preset">,
    read_mv = 200
      from #arch.source<estimated, "a tenth of the 2 V with which PRIME's cells are set">,
    bandwidth_hz = 5000000
      from #arch.source<derived, "noise bandwidth of an average over read_ps: 1 / (2 * 100 ns)">,
    programming_sigma_ppm = 30000
      from #arch.source<estimated, "between the 1.2 % at 225 uS and the 8.7 % at 50 uS that writing with verification leaves: Milo et al., IRPS 2021, as fitted in CrossSim 4907281efb9e">,
    stuck_on_ppm = 100
      from #arch.source<estimated, "a hundredth of MNSIM 2.0's 1 % (0073f874b502), which is before repair">,
    stuck_off_ppm = 900
      from #arch.source<estimated, "a hundredth of MNSIM 2.0's 9 % (0073f874b502), which is before repair">,
    drift_exponent_ppm = 2000
      from #arch.source<derived, "0.089 uS per factor e of time at 45 uS, half of the largest conductance: CMO/HfOx of Falcone et al., as in aihwkit 0c9de573ae10">,
    drift_reference_s = 1
      from #arch.source<paper, "CMO/HfOx of Falcone et al., as in aihwkit 0c9de573ae10">,
    read_sigma_ppm = 10000
      from #arch.source<estimated, "about 1 % of short-term read noise: note on Wan et al., Nature 2022, in aihwkit 0c9de573ae10">
  }

  arch.crossbar @imas {
    tiles = 1 from #arch.source<derived, "a node is a tile">,
    arrays_per_tile = 96, arrays_per_unit = 8,
    rows = 128, columns = 128, cell_bits = 2,
    encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>,
    adc_bits = 8, adc_rated_bits = 8, adc_samples_per_s = 1280000000,
    columns_per_adc = 128,
    adc_min_bits = 4 from #adc,
    adc_conversion_fj = [739, 927, 1123, 1329, 1563, 1843, 2227]
      from #arch.source<derived, "2 mW at 8 bits and 1.28 GS/s: ISAAC, ISCA 2016; others in the ratios of Accelergy's library plug-in ba4e9dac1b2e">,
    sample_hold_fj = 1
      from #arch.source<derived, "10 uW for 8 x 128 columns in 100 ns: ISAAC, ISCA 2016">,
    dac_drive_fj = 391
      from #arch.source<derived, "4 mW for 8 x 128 rows in 100 ns: ISAAC, ISCA 2016">,
    array_read_fj = 30000
      from #arch.source<derived, "2.4 mW for 8 arrays in 100 ns: ISAAC, ISCA 2016">,
    shift_add_fj = 20
      from #arch.source<derived, "0.2 mW for 8 ADCs at 1.28 GS/s: ISAAC, ISCA 2016">,
    input_register_bit_fj = 121
      from #arch.source<derived, "1.24 mW for 8 x 128 bits in 100 ns: ISAAC, ISCA 2016">,
    output_register_fj = 22
      from #arch.source<derived, "0.23 mW for 8 x 128 sums in 100 ns: ISAAC, ISCA 2016">,
    buffer_bytes = 65536,
    buffer_bytes_per_s = 32391000000
      from #arch.source<derived, "20.7 mW at 20.45 pJ per 32 bytes: ISAAC, ISCA 2016">,
    buffer_bit_fj = 80
      from #arch.source<derived, "20.45 pJ per 256 bits of eDRAM: ISAAC, ISCA 2016">,
    bus_bit_fj = 54
      from #arch.source<paper, "ISAAC, ISCA 2016, as in Accelergy's library plug-in ba4e9dac1b2e: 0.054 pJ per bit">,
    pipeline_ps = 600000
      from #arch.source<recalled, "6 of the 22 cycles of ISAAC's pipeline are not passes">,
    row_write_ps = 85694
      from #arch.source<derived, "10968.75 ns per array of 128 rows: PUMA, ASPLOS 2019">,
    cell_write_fj = 1379
      from #arch.source<derived, "2.06 mW in 10968.75 ns for 128 x 128 cells: PUMA, ASPLOS 2019">,
    write_power_uw = 330000
      from #arch.source<derived, "what the tile draws when it reads: 330 mW">,
    endurance_writes = 100000000
      from #arch.source<estimated, "chosen within the 10^6 to 10^12 reported for ReRAM">,
    adc_nm2 = [361040000, 476910000, 626910000, 845180000, 1200000000,
               1827911647, 3002008032] from #adc,
    array_nm2 = 25000000 from #unit,
    dac_nm2 = 166016
      from #arch.source<derived, "170 um^2 for 8 x 128 rows: ISAAC, ISCA 2016">,
    sample_hold_nm2 = 39063
      from #arch.source<derived, "40 um^2 for 8 x 128 columns: ISAAC, ISCA 2016">,
    shift_add_nm2 = 30000000 from #unit,
    input_register_nm2 = 262500000 from #unit,
    output_register_nm2 = 96250000 from #unit,
    buffer_nm2 = 83000000000, bus_nm2 = 90000000000,
    array_leakage_nw = 258
      from #arch.source<paper, "array with drivers, converters and adders, 0.2576 uW: NeuroSim V1.3, 128 x 128, 32 nm, 8-bit SAR">,
    buffer_leakage_nw = 460000
      from #arch.source<paper, "eDRAM of 64 KB: PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">,
    leakage_uw = 0
      from #arch.source<estimated, "arrays and buffers are taken to be all that leaks">,
    vector = @digital,
    device = @cell
  } from #isaac

  arch.tier @tiles of @imas {level = 0, grid = [12, 14]}
    from #arch.source<derived, "168 tiles of the paper's chip, as near to a square as they go">
}
