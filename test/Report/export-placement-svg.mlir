// RUN: cat %inputs/small-machine.mlir %s > %t.mlir
// RUN: atleus-translate --export-placement-svg %t.mlir | FileCheck %s
// RUN: atleus-translate --export-placement-svg %t.mlir \
// RUN:   | %python -c "import sys, xml.dom.minidom as d; d.parse(sys.stdin)"
// RUN: not atleus-translate --export-placement-svg %s 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NONE
// NONE: error: module has no machine to map it to

// CHECK: <svg xmlns="http://www.w3.org/2000/svg" width="1000"
// CHECK: >a &lt;tiny&gt; model on small: placement</text>
// CHECK: >busiest link: (0, 0, 1) to (0, 0, 0): 40 % of the latency</text>

// The lowest tier first: of 100 ns one of four nodes works 50, another 10.
// CHECK: font-weight="bold">sa0</text>
// CHECK-NEXT: >level 0, pe</text>
// CHECK-NEXT: >15 % of the latency</text>
// CHECK: <title>(0, 0, 0)
// CHECK-NEXT: gelu</title>
// CHECK-NEXT: fill="#eef0f3"/>
// CHECK-NEXT: height="62.0" fill="#59a14f"/>
// CHECK-NEXT: stroke="#b07aa1" stroke-width="4"/>
// CHECK-NEXT: >50 %</text>
// CHECK: <title>(1, 0, 0)
// CHECK-NEXT: gelu</title>
// CHECK-NEXT: fill="#eef0f3"/>
// CHECK-NEXT: height="12.4" fill="#59a14f"/>
// CHECK-NEXT: stroke="#b6bcc6" stroke-width="1"/>
// CHECK-NEXT: >10 %</text>

// 4 of 16 arrays at one of four nodes, which both weights take in turn.
// CHECK: font-weight="bold">reram0</text>
// CHECK: >6.2 % of the arrays</text>
// CHECK: <title>(0, 0, 1): 4 of 16 arrays
// CHECK-NEXT: query
// CHECK-NEXT: key</title>
// CHECK-NEXT: fill="#eef0f3"/>
// CHECK-NEXT: height="15.5" fill="#4e79a7"/>
// CHECK: >25 %</text>
// CHECK: <title>(1, 0, 1): 0 of 16 arrays</title>

// The busiest link is the widest, and what carries nothing is still there.
// CHECK: stroke="#dfe2e7"><title>(0, 0, 0) to (1, 0, 0): 0.0 % of the latency</title></line>
// CHECK: stroke-width="6.5" stroke="#b5562f"><title>(0, 0, 1) to (1, 0, 1): 25 % of the latency</title></line>
// CHECK: fill="#8c1d18"><title>(0, 0, 1) to (0, 0, 0): 40 % of the latency</title></path>

// CHECK: >linear</text>
// CHECK: >dram</text>
// CHECK: >host</text>
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x16x!w>, #cells>
func.func @main(%x: tensor<8x16x!w>, %u: tensor<16x16x!w>) {
  %a = pim.program %u on @reram0 at (0, 0, 1) features [0, 16] slot "s"
      {nn.name = "query"} : tensor<16x16x!w> -> !array
  %b = pim.program %u on @reram0 at (0, 0, 1) features [0, 16] slot "s"
      {nn.name = "key"} : tensor<16x16x!w> -> !array
  %p = pim.mvm %a, %x on @reram0 at (0, 0, 1) task_tile [8, 16]
      {nn.name = "query"} : (!array, tensor<8x16x!w>) -> tensor<8x16xf32>
  %z = systolic.vector (%p) on @sa0 at (0, 0, 0)(1, 0, 0) task_tile [4, 16] {
  ^bb0(%e: tensor<8x16xf32>):
    %g = nn.gelu %e : tensor<8x16xf32>
    nn.yield %g : tensor<8x16xf32>
  } {nn.name = "gelu"} : (tensor<8x16xf32>) -> tensor<8x16xf32>
  return
}
sched.schedule @times of "a <tiny> model" on @small {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays query" start 0 duration 9000
  %1 = sched.transfer "query"[0] along (0, 0, 1)[z-] bits 256 flits 40
    flit_ps 1000 hop_ps 1000 after(%0) start 9000 duration 41000
  %2 = sched.transfer "query"[0] along (0, 0, 1)[x+] bits 256 flits 25
    flit_ps 1000 hop_ps 1000 after(%0) start 49000 duration 26000
  %3 = sched.task "gelu"[0] on (0, 0, 0) "vector" after(%1) start 50000
    duration 50000
  %4 = sched.task "gelu"[1] on (1, 0, 0) "vector" after(%2) start 75000
    duration 10000
}
