// The machine of HeTraX (arXiv 2408.03397) as far as it is remembered: three
// tiers of streaming multiprocessors and memory controllers execute attention
// with the projections around it, whose weights stream from DRAM; one ReRAM
// tier, next to the heat sink because heat disturbs its cells, holds the weights
// of feed-forward layers. A node of the paper's 3 x 3 grid is a multiprocessor
// or a memory controller; here each node has its share of the multiprocessors.
// The paper hides the writing of weights behind attention; here all weights are
// written once.

#hetrax = #arch.source<recalled, "HeTraX, arXiv 2408.03397, as remembered">
#reram = #arch.source<recalled, "ReRAM core of the 3D manycore papers of the Atleus and HeTraX authors, as remembered">
#chosen = #arch.source<estimated, "chosen for this preset; the paper's value is not known to us">
#router = #arch.source<estimated, "the base router of the BookSim 2 reference tables, one cycle per stage">
#volta = #arch.source<recalled, "7 of 9 nodes with a multiprocessor of the Volta generation at 1.53 GHz, as remembered: 512 multiply-accumulates, 64 lanes and 128 bytes a cycle">
#isaac = #arch.source<paper, "ISAAC, ISCA 2016, table of the tile, 32 nm">
#isaac_unit = #arch.source<derived, "an eighth of the unit's: ISAAC, ISCA 2016, table of the tile">
#isaac_adc = #arch.source<paper, "ISAAC ADC, 32 nm, and its scaling from 4 to 10 bits in Accelergy's library plug-in ba4e9dac1b2e">
#hbm = #arch.source<recalled, "one HBM2 stack: 1024 bits at 2 Gb/s">
#horowitz = #arch.source<recalled, "Horowitz, ISSCC 2014, 45 nm">
#hotspot = #arch.source<paper, "HotSpot 7.0, base parameters of the reference cases">
#copper = #arch.source<recalled, "copper, as in HotSpot's default configuration">

arch.machine @hetrax
    summary "3D stack: attention on 3 processor tiers, feed-forward on ReRAM"
    streaming<attention> {
  // That routers copy flits is chosen for this preset: every tile of activations
  // is read by several nodes, and the papers describe networks made for that.
  arch.noc @mesh {
    dims = [4, 4, 4] from #hetrax,
    link_bits = 128, clock_ps = 1000,
    routing_cycles = 1 from #router, vc_allocation_cycles = 1 from #router,
    switch_allocation_cycles = 1 from #router, traversal_cycles = 1 from #router,
    virtual_channels = 4 from #router, buffer_flits = 8 from #router,
    planar_link_cycles = 1 from #router, vertical_link_cycles = 1 from #router,
    multicast,
    max_packet_flits = 16, header_flits = 1,
    planar_link_um = 2500
      from #arch.source<recalled, "a tier's side of 10 mm by 4 nodes">,
    router_flit_fj = 10370
      from #arch.source<derived, "half of the 20.74 pJ per 256 bits of ISAAC's router in Accelergy's library plug-in ba4e9dac1b2e">,
    planar_bit_fj_per_mm = 100
      from #arch.source<recalled, "about 0.1 pJ per bit and mm of repeated wire at 32 nm">,
    vertical_bit_fj = 15
      from #arch.source<paper, "3D-CIMlet, configuration: 0.015 pJ per bit of a 3D link">,
    router_um2 = 47000
      from #arch.source<paper, "PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">,
    router_leakage_uw = 410
      from #arch.source<paper, "PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">
  } from #chosen

  arch.memory @dram {
    node = [0, 0, 0] from #chosen,
    capacity_bytes = 8589934592 from #chosen,
    bytes_per_s = 256000000000,
    latency_ps = 100000,
    burst_bytes = 32,
    bit_fj = 3900
      from #arch.source<recalled, "3.9 pJ per bit of HBM2: O'Connor et al., MICRO 2017">,
    idle_uw = 500000 from #chosen
  } from #hbm

  arch.host @host {
    node = [0, 0, 0],
    operations_per_s = 100000000000,
    bytes_per_s = 16000000000
      from #arch.source<recalled, "PCI Express 4.0, 8 lanes">,
    latency_ps = 10000000,
    operation_fj = 100000
      from #arch.source<recalled, "100 W at 1 Tera-operation per second">,
    byte_fj = 100000
      from #arch.source<recalled, "about 12.5 pJ per bit from DRAM over PCI Express">,
    idle_uw = 0
      from #arch.source<estimated, "the host is charged while it works for the machine">
  } from #chosen

  arch.processor @sm {
    macs_per_s = 609280000000, mac_bits = 16,
    mac_fj = 2000
      from #arch.source<estimated, "half of the 4 pJ per multiply-accumulate that 250 W at 125 Tera-operations per second are; the other half is memory and idle power">,
    operations_per_s = 76160000000,
    operation_fj = 20000
      from #arch.source<estimated, "5 times a 32-bit floating-point multiplication of Horowitz, ISSCC 2014, for the instruction around it">,
    bytes_per_s = 152320000000,
    byte_fj = 2500
      from #arch.source<recalled, "20 pJ per 64 bits of a 32 KB SRAM: Horowitz, ISSCC 2014, 45 nm">,
    latency_ps = 1000000
      from #arch.source<estimated, "start of a block of threads in a resident kernel">,
    leakage_uw = 388889
      from #arch.source<estimated, "about 40 W of idle power over 80 multiprocessors, of which 7 of 9 nodes have one">,
    memory = @dram
  } from #volta

  // Adds the bias and rescales behind the crossbars of a core.
  arch.vector @rescale {
    lanes = 64
      from #arch.source<estimated, "4 lanes per tile, which keep up with 3072 results per 800 ns">,
    clock_ps = 1000 from #chosen,
    add_cycles = 1 from #chosen, add_fj = 900,
    multiply_cycles = 1 from #chosen, multiply_fj = 3700,
    convert_cycles = 1 from #chosen,
    convert_fj = 900
      from #arch.source<recalled, "as a 32-bit floating-point addition: Horowitz, ISSCC 2014, 45 nm">,
    move_cycles = 1 from #chosen,
    move_fj = 500
      from #arch.source<estimated, "a register file access of 32 bits">,
    leakage_uw = 1000 from #chosen
  } from #horowitz

  // The cells of @reram. Measured numbers are of different devices: no paper
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

  arch.crossbar @reram {
    tiles = 16, arrays_per_tile = 96, rows = 128, columns = 128, cell_bits = 2,
    encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000, dac_bits = 1,
    adc_type = #arch.adc_type<sar>,
    adc_bits = 8, adc_rated_bits = 8,
    adc_samples_per_s = 1280000000 from #isaac,
    columns_per_adc = 128,
    adc_min_bits = 4 from #isaac_adc,
    adc_conversion_fj = [790, 990, 1200, 1420, 1670, 1969, 2379] from #isaac_adc,
    sample_hold_fj = 1
      from #arch.source<derived, "10 uW for 8 x 128 columns in 100 ns: ISAAC, ISCA 2016">,
    dac_drive_fj = 391
      from #arch.source<derived, "4 mW for 8 x 128 rows in 100 ns: ISAAC, ISCA 2016">,
    array_read_fj = 30000
      from #arch.source<derived, "2.4 mW for 8 arrays in 100 ns: ISAAC, ISCA 2016">,
    shift_add_fj = 21
      from #arch.source<derived, "0.2 mW for 8 ADCs at 1.2 GS/s: ISAAC, ISCA 2016">,
    input_register_bit_fj = 121
      from #arch.source<derived, "1.24 mW for 8 x 128 bits in 100 ns: ISAAC, ISCA 2016">,
    output_register_fj = 22
      from #arch.source<derived, "0.23 mW for 8 x 128 sums in 100 ns: ISAAC, ISCA 2016">,
    buffer_bytes = 1048576
      from #arch.source<derived, "16 tiles of 64 KB: ISAAC, ISCA 2016">,
    buffer_bytes_per_s = 518000000000
      from #arch.source<derived, "16 tiles, each 20.7 mW at 20.45 pJ per 32 bytes: ISAAC, ISCA 2016">,
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
    write_power_uw = 5440000
      from #arch.source<recalled, "what the core draws when it reads: 16 tiles of 0.34 W">,
    endurance_writes = 100000000
      from #arch.source<estimated, "chosen within the 10^6 to 10^12 reported for ReRAM">,
    adc_nm2 = [361040000, 476910000, 626910000, 845180000, 1200000000,
               1827911647, 3002008032] from #isaac_adc,
    array_nm2 = 25000000 from #isaac_unit,
    dac_nm2 = 166016
      from #arch.source<derived, "170 um^2 for 8 x 128 rows: ISAAC, ISCA 2016">,
    sample_hold_nm2 = 39063
      from #arch.source<derived, "40 um^2 for 8 x 128 columns: ISAAC, ISCA 2016">,
    shift_add_nm2 = 30000000 from #isaac_unit,
    input_register_nm2 = 262500000 from #isaac_unit,
    output_register_nm2 = 96250000 from #isaac_unit,
    buffer_nm2 = 83000000000 from #isaac,
    bus_nm2 = 90000000000 from #isaac,
    array_leakage_nw = 258
      from #arch.source<paper, "array with drivers, converters and adders, 0.2576 uW: NeuroSim V1.3, 128 x 128, 32 nm, 8-bit SAR">,
    buffer_leakage_nw = 460000
      from #arch.source<paper, "eDRAM of 64 KB: PUMA, ASPLOS 2019, constants of its simulator a206f75a4b25">,
    leakage_uw = 0
      from #arch.source<estimated, "arrays and buffers are taken to be all that leaks">,
    vector = @rescale,
    device = @cell
  } from #reram

  arch.tier @sm0 of @sm {level = 0, grid = [3, 3]} from #hetrax
  arch.tier @sm1 of @sm {level = 1, grid = [3, 3]} from #hetrax
  arch.tier @sm2 of @sm {level = 2, grid = [3, 3]} from #hetrax
  arch.tier @reram0 of @reram {level = 3, grid = [4, 4]} from #hetrax

  arch.package {
    die_x_um = 10000 from #hetrax, die_y_um = 10000 from #hetrax,
    ambient_mk = 318150,
    limit_mk = 378150 from #arch.source<recalled, "105 degrees Celsius">,
    convection_mk_per_w = 100
  } from #hotspot layers {
    arch.layer "silicon0" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sm0} from #hotspot
    arch.layer "bond0" {thickness_um = 20, side_um = 10000,
      conductivity_mw_per_m_k = 4000, heat_j_per_m3_k = 4000000} from #hotspot
    arch.layer "silicon1" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sm1} from #hotspot
    arch.layer "bond1" {thickness_um = 20, side_um = 10000,
      conductivity_mw_per_m_k = 4000, heat_j_per_m3_k = 4000000} from #hotspot
    arch.layer "silicon2" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sm2} from #hotspot
    arch.layer "bond2" {thickness_um = 20, side_um = 10000,
      conductivity_mw_per_m_k = 4000, heat_j_per_m3_k = 4000000} from #hotspot
    arch.layer "silicon3" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @reram0} from #hotspot
    arch.layer "interface" {thickness_um = 20, side_um = 10000,
      conductivity_mw_per_m_k = 4000, heat_j_per_m3_k = 4000000} from #hotspot
    arch.layer "spreader" {thickness_um = 1000, side_um = 30000,
      conductivity_mw_per_m_k = 400000,
      heat_j_per_m3_k = 3550000 from #copper} from #hotspot
    arch.layer "sink" {thickness_um = 6900, side_um = 60000,
      conductivity_mw_per_m_k = 400000,
      heat_j_per_m3_k = 3550000 from #copper} from #hotspot
  }
}
