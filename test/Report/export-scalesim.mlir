// RUN: rm -rf %t && atleus-translate --export-scalesim --scalesim-folder=%t %s \
// RUN:   | FileCheck %s --check-prefix=COMMAND -DFOLDER=%t
// RUN: cat %t/pe.csv | FileCheck %s --check-prefix=TOPOLOGY --match-full-lines
// RUN: FileCheck %s --input-file=%t/pe.cfg --check-prefix=CONFIG
// RUN: FileCheck %s --input-file=%t/wide.cfg --check-prefix=WIDE
// RUN: FileCheck %s --input-file=%t/wide.csv --check-prefix=TOPOLOGY-WIDE

// RUN: cat %t/pe.layout | FileCheck %s --check-prefix=LAYOUT

// COMMAND: cd [[FOLDER]] && python3 -m scalesim.scale -i gemm -s N -c pe.cfg -t pe.csv -l pe.layout -p .
// COMMAND: -c wide.cfg -t wide.csv -l wide.layout -p .
// LAYOUT: Layer name,

// Four tasks of two heads, of which the last two have fewer rows.
//      TOPOLOGY: Layer,M,N,K,
// TOPOLOGY-NEXT: layer.0.scores_x2,16,17,8,
// TOPOLOGY-NEXT: layer.0.scores_x2,1,17,8,
// TOPOLOGY-NOT: {{.}}

// The operand buffers bound the bandwidth.
// CONFIG: ArrayHeight : 32
// CONFIG-NEXT: ArrayWidth : 16
// CONFIG-NEXT: IfmapSramSzkB : 2
// CONFIG: Bandwidth : 64
// CONFIG: Dataflow : os
// CONFIG: IfmapSRAMBankBandwidth : 64
// CONFIG: InterfaceBandwidth : USER

// Without them SCALE-Sim computes it. 16-bit operands take four passes of 8 bits.
// WIDE: IfmapSramSzkB : 64
// WIDE: InterfaceBandwidth : CALC
// TOPOLOGY-WIDE: layer.0_values_x4,4,6,8,

#ours = #arch.source<estimated, "chosen for this test">
arch.machine @m {
  arch.noc @mesh {dims = [1, 1, 2], link_bits = 128, clock_ps = 1000,
    routing_cycles = 1, vc_allocation_cycles = 1, switch_allocation_cycles = 1,
    traversal_cycles = 1, virtual_channels = 4, buffer_flits = 8,
    max_packet_flits = 16, header_flits = 1, planar_link_cycles = 1,
    vertical_link_cycles = 1, planar_link_um = 2500, router_flit_fj = 10370,
    planar_bit_fj_per_mm = 100, vertical_bit_fj = 15,
    router_leakage_uw = 410} from #ours
  arch.host @host {node = [0, 0, 0], operations_per_s = 100000000000,
    bytes_per_s = 16000000000, latency_ps = 10000000, operation_fj = 100000,
    byte_fj = 100000, idle_uw = 0} from #ours
  arch.memory @dram {node = [0, 0, 0], capacity_bytes = 8589934592,
    bytes_per_s = 256000000000, latency_ps = 100000, burst_bytes = 32,
    bit_fj = 3900, idle_uw = 0} from #ours
  arch.systolic @pe {rows = 32, columns = 16, dataflow = #arch.dataflow<os>, clock_ps = 1000,
    mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 64, operand_buffer_bytes = 2048,
    buffer_byte_fj = 2500, leakage_uw = 100} from #ours
  arch.systolic @wide {rows = 8, columns = 8, dataflow = #arch.dataflow<ws>, clock_ps = 1000,
    mac_bits = 8, accumulator_bits = 32, mac_fj = 300, buffer_bytes = 65536,
    buffer_bytes_per_cycle = 64, buffer_byte_fj = 2500,
    leakage_uw = 100} from #ours
  arch.tier @sa0 of @pe {level = 0, grid = [1, 1]} from #ours
  arch.tier @sa1 of @wide {level = 1, grid = [1, 1]} from #ours
}

func.func @main(%a: tensor<1x2x17x8x!quant.uniform<i8:f32, 0.1>>,
                %b: tensor<1x2x17x8x!quant.uniform<i8:f32, 0.2>>,
                %c: tensor<4x8x!quant.uniform<i16:f32, 0.1>>,
                %d: tensor<8x6x!quant.uniform<i16:f32, 0.1>>)
    -> (tensor<1x2x17x17xf32>, tensor<4x6xf32>) {
  %x = systolic.matmul %a, %b on @sa0 task_tile [1, 1, 16, 17]
      {nn.name = "layer.0.scores", transpose_rhs}
      : (tensor<1x2x17x8x!quant.uniform<i8:f32, 0.1>>,
         tensor<1x2x17x8x!quant.uniform<i8:f32, 0.2>>) -> tensor<1x2x17x17xf32>
  %y = systolic.matmul %c, %d on @sa1 task_tile [4, 6]
      {nn.name = "layer.0,values"}
      : (tensor<4x8x!quant.uniform<i16:f32, 0.1>>,
         tensor<8x6x!quant.uniform<i16:f32, 0.1>>) -> tensor<4x6xf32>
  return %x, %y : tensor<1x2x17x17xf32>, tensor<4x6xf32>
}
