// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-DAG: #[[PAPER:.*]] = #arch.source<paper, "a paper">
#printed = #arch.source<paper, "a paper">
// CHECK-DAG: #[[OURS:.*]] = #arch.source<recalled, "chosen for this test">
#ours = #arch.source<recalled, "chosen for this test">
// CHECK-DAG: #[[EXACT:.*]] = #arch.source<exact, "a simulator">
#exact = #arch.source<exact, "a simulator">

// CHECK: arch.machine @full summary "one of each part" {
arch.machine @full summary "one of each part" {
  // CHECK: arch.noc @mesh {
  // CHECK-SAME: dims = [2, 2, 2]
  // CHECK-SAME: routing_cycles = 1 from #[[EXACT]]
  // CHECK-SAME: speculative,
  // CHECK-SAME: } from #[[OURS]]
  arch.noc @mesh {dims = [2, 2, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1 from #exact, vc_allocation_cycles = 1,
    switch_allocation_cycles = 1, traversal_cycles = 1, speculative,
    virtual_channels = 4, buffer_flits = 8, max_packet_flits = 16,
    header_flits = 1, planar_link_cycles = 1, vertical_link_cycles = 1,
    planar_link_um = 2500, router_flit_fj = 10370, planar_bit_fj_per_mm = 100,
    vertical_bit_fj = 15, router_leakage_uw = 410} from #ours
  // CHECK: arch.memory @dram {
  // CHECK-SAME: node = [0, 0, 0]
  arch.memory @dram {node = [0, 0, 0], capacity_bytes = 8589934592,
    bytes_per_s = 256000000000, latency_ps = 100000, burst_bytes = 32,
    bit_fj = 3900, idle_uw = 0} from #ours
  // CHECK: arch.host @host {
  arch.host @host {node = [1, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #ours
  // CHECK: arch.vector @vector {
  // CHECK-SAME: exponential_cycles = 4
  arch.vector @vector {lanes = 64, clock_ps = 1000, add_cycles = 1,
    add_fj = 900, exponential_cycles = 4, exponential_fj = 20000,
    leakage_uw = 0} from #ours
  // CHECK: arch.crossbar @reram {
  // CHECK-SAME: adc_conversion_fj = [1420, 1670]
  // CHECK-SAME: adc_range = #arch.adc_range<full_scale>
  // CHECK-SAME: adc_type = #arch.adc_type<sar>
  // CHECK-SAME: encoding = #arch.encoding<flipped>
  // CHECK-SAME: read_ps = 100000 from #[[PAPER]]
  // CHECK-SAME: vector = @vector
  // CHECK-SAME: } from #[[OURS]]
  arch.crossbar @reram {tiles = 2, arrays_per_tile = 4, rows = 128,
    columns = 128, cell_bits = 2, encoding = #arch.encoding<flipped>,
    active_rows = 128, read_ps = 100000 from #printed, dac_bits = 1,
    adc_type = #arch.adc_type<sar>, adc_bits = 8, adc_rated_bits = 8,
    adc_range = #arch.adc_range<full_scale>,
    adc_samples_per_s = 1280000000, columns_per_adc = 128, adc_min_bits = 7,
    adc_conversion_fj = [1420, 1670], sample_hold_fj = 1, dac_drive_fj = 391,
    array_read_fj = 30000, shift_add_fj = 21, input_register_bit_fj = 121,
    output_register_fj = 22, buffer_bytes = 65536,
    buffer_bytes_per_s = 32000000000, buffer_bit_fj = 80, bus_bit_fj = 54,
    pipeline_ps = 600000, row_write_ps = 85694, cell_write_fj = 1379,
    write_power_uw = 340000, endurance_writes = 100000000, leakage_uw = 0,
    vector = @vector} from #ours
  // CHECK: arch.device @cell {bandwidth_hz = 10000000, drift_exponent_ppm = 5000, drift_reference_s = 1, off_nanosiemens = 50000, on_nanosiemens = 750000, programming_sigma_ppm = 30000, read_mv = 200, read_sigma_ppm = 5000, stuck_off_ppm = 100, stuck_on_ppm = 100} from #recalled
  arch.device @cell {on_nanosiemens = 750000, off_nanosiemens = 50000,
    read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
    stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
    drift_reference_s = 1, read_sigma_ppm = 5000} from #ours
  // CHECK: arch.systolic @pe {
  // CHECK-SAME: dataflow = #arch.dataflow<os>
  // CHECK-SAME: memory = @dram, operand_buffer_bytes = 8192, overflow = #arch.overflow<wrap>, overlap_folds, prefetch = #arch.prefetch<demand>, rows = 64, sparsity = #arch.sparsity<none>, vector = @vector
  arch.systolic @pe {rows = 64, columns = 64, dataflow = #arch.dataflow<os>,
    overlap_folds, clock_ps = 1000, mac_bits = 8, accumulator_bits = 32, mac_fj = 300,
    buffer_bytes = 1048576, buffer_bytes_per_cycle = 256,
    operand_buffer_bytes = 8192, prefetch = #arch.prefetch<demand>,
    buffer_byte_fj = 2500, leakage_uw = 0, vector = @vector,
    memory = @dram} from #ours
  // CHECK: arch.tier @sa0 of @pe {grid = [2, 2], level = 0} from #[[OURS]]
  arch.tier @sa0 of @pe {level = 0, grid = [2, 2]} from #ours
  // CHECK: arch.tier @reram0 of @reram {grid = [2, 2], level = 1}
  arch.tier @reram0 of @reram {level = 1, grid = [2, 2]} from #ours
  // CHECK: arch.package {ambient_mk = 318150, {{.*}}} from #[[OURS]] layers {
  arch.package {die_x_um = 10000, die_y_um = 10000, ambient_mk = 318150,
    limit_mk = 378150, convection_mk_per_w = 100} from #ours layers {
    // CHECK: arch.layer "silicon0" {{.*}}source = @sa0
    arch.layer "silicon0" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #ours
    arch.layer "silicon1" {thickness_um = 100, side_um = 10000,
      conductivity_mw_per_m_k = 120000, heat_j_per_m3_k = 1750000,
      source = @reram0} from #ours
  }
}

// CHECK: arch.machine @processors streaming<overflow> {
arch.machine @processors streaming<overflow> {
  arch.noc @mesh {dims = [1, 1, 1], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 4, buffer_flits = 8,
    max_packet_flits = 16, header_flits = 1, planar_link_cycles = 1,
    vertical_link_cycles = 1, planar_link_um = 2500, router_flit_fj = 10370,
    planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #ours
  arch.memory @dram {node = [0, 0, 0], capacity_bytes = 8589934592,
    bytes_per_s = 256000000000, latency_ps = 100000, burst_bytes = 32,
    bit_fj = 3900, idle_uw = 0} from #ours
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #ours
  // CHECK: arch.processor @sm {
  // CHECK-SAME: area_um2 = 1000000
  // CHECK-SAME: latency_ps = 1000000 from #[[PAPER]]
  // CHECK-SAME: memory = @dram
  // CHECK-SAME: } from #[[OURS]]
  arch.processor @sm {macs_per_s = 1000000000000, mac_bits = 8, mac_fj = 1000,
    operations_per_s = 100000000000, operation_fj = 5000,
    bytes_per_s = 200000000000, byte_fj = 2500,
    latency_ps = 1000000 from #printed, area_um2 = 1000000,
    leakage_uw = 100000, memory = @dram} from #ours
  // CHECK: arch.tier @sm0 of @sm
  arch.tier @sm0 of @sm {level = 0, grid = [1, 1]} from #ours
}

// CHECK: arch.machine @attention summary "text" streaming<attention> attributes {note = "n"} {
arch.machine @attention summary "text" streaming<attention>
    attributes {note = "n"} {
  arch.noc @mesh {dims = [1, 1, 1], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 4, buffer_flits = 8,
    max_packet_flits = 16, header_flits = 1, planar_link_cycles = 1,
    vertical_link_cycles = 1, planar_link_um = 2500, router_flit_fj = 10370,
    planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #ours
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #ours
  arch.processor @sm {macs_per_s = 1000000000000, mac_bits = 8, mac_fj = 1000,
    operations_per_s = 100000000000, operation_fj = 5000,
    bytes_per_s = 200000000000, byte_fj = 2500, latency_ps = 0,
    leakage_uw = 0} from #ours
  arch.tier @sm0 of @sm {level = 0, grid = [1, 1]} from #ours
}
