// Weights of one slot are written in turn, each after the last product with the
// one before it.
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --atleus-insert-transfers --atleus-build-schedule | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --pass-pipeline='builtin.module(atleus-insert-transfers,atleus-build-schedule,sched.schedule(atleus-schedule),atleus-estimate)' \
// RUN:   2>&1 | FileCheck %s --check-prefix=TIME

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x16x!w>, #cells>

// Writing 16 rows takes 160 ns, reading 256 bytes 50 ns and 32 ns, at the same
// time; 1024 cells take 1000 fJ each, 2048 bits 4000 fJ. Nothing is written
// before the first inference.
// CHECK-LABEL: sched.schedule @main_schedule
// CHECK-NOT: sched.program
// CHECK: %[[WA:.*]] = sched.task "write:a"[0] on (1, 0, 1) "arrays s" streams "dram" (0, 0, 0) for 32000 duration 160000 energy 9216000 bytes 256{{$}}
// CHECK: %[[A0:.*]] = sched.task "a"[0] on (1, 0, 1) "arrays s" after({{.*}}%[[WA]])
// CHECK: %[[A1:.*]] = sched.task "a"[1] on (1, 0, 1) "arrays s" after({{.*}}%[[WA]])
// CHECK: %[[WB:.*]] = sched.task "write:b"[0] on (1, 0, 1) "arrays s" {{.*}} after(%[[A0]], %[[A1]]) duration 160000
// CHECK: sched.task "b"[0] on (1, 0, 1) "arrays s" after({{.*}}%[[WB]])
// CHECK: sched.task "b"[1] on (1, 0, 1) "arrays s" after({{.*}}%[[WB]])

// The arrays are free while b waits for its input, but no other inference may
// write into them then: the interval is at least the time from write to last
// product of both.
// TIME: warning: cells of @reram0 last 50,000,000 inferences, which take {{[0-9.]+ [a-z]+}} with one every {{[0-9.]+ [a-z]+}}: each inference writes them 2 times
// TIME: note: cells survive 100,000,000 writes
// TIME: sched.schedule @main_schedule {{.*}} interval_ps({{[0-9]+}})
// TIME: sched.task "write:a"[0] {{.*}} start 0 duration 160000
func.func @main(%x: tensor<16x16x!w>, %u: tensor<16x16x!w>)
    -> tensor<16x16xf32> {
  %aa = pim.program %u on @reram0 at (1, 0, 1) features [0, 16] slot "s"
      {nn.name = "a"} : tensor<16x16x!w> -> !array
  %ab = pim.program %u on @reram0 at (1, 0, 1) features [0, 16] slot "s"
      {nn.name = "b"} : tensor<16x16x!w> -> !array
  %ya = pim.mvm %aa, %x on @reram0 at (1, 0, 1) task_tile [8, 16]
      {nn.name = "a"} : (!array, tensor<16x16x!w>) -> tensor<16x16xf32>
  %xb = systolic.vector (%ya) on @sa0 at (1, 0, 0) task_tile [8, 16] {
  ^bb0(%v: tensor<16x16xf32>):
    %r = nn.quantize %v : tensor<16x16xf32> to tensor<16x16x!w>
    nn.yield %r : tensor<16x16x!w>
  } {nn.name = "code"} : (tensor<16x16xf32>) -> tensor<16x16x!w>
  %yb = pim.mvm %ab, %xb on @reram0 at (1, 0, 1) task_tile [8, 16]
      {nn.name = "b"} : (!array, tensor<16x16x!w>) -> tensor<16x16xf32>
  return %yb : tensor<16x16xf32>
}
