// RUN: cat %inputs/processor-machine.mlir %s | atleus-opt --atleus-place \
// RUN:   --atleus-insert-transfers --atleus-build-schedule | FileCheck %s

// A processor does one kernel at a time, products or not. The weight streams at
// 1 byte per ns; 50 ns and 1 ns are the latencies of the memory and of a start.
// CHECK-LABEL: sched.schedule @processor_schedule
// CHECK: sched.task "product"[0] on ({{[01]}}, {{[01]}}, 0) "core" streams "dram" (0, 0, 0) for 256000 {{.*}}duration 307000
// CHECK: sched.task "gelu"[0] on ({{[01]}}, {{[01]}}, 0) "core" after
func.func @processor(%x: tensor<8x8xf32> {nn.name = "x"})
    -> (tensor<8x8xf32> {nn.name = "y"}) {
  %c = nn.constant dense<0.5> : tensor<8x8xf32>
  %y = systolic.matmul %x, %c on @sm0 task_tile [8, 8]
      {nn.name = "product", static_rhs}
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  %z = systolic.vector (%y) on @sm0 task_tile [8, 8] {
  ^bb0(%a: tensor<8x8xf32>):
    %g = nn.gelu %a : tensor<8x8xf32>
    nn.yield %g : tensor<8x8xf32>
  } {nn.name = "gelu"} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  return %z : tensor<8x8xf32>
}

// Operations on elements run in the vector unit of a node of crossbars.
// CHECK-LABEL: sched.schedule @vector_unit_schedule
// CHECK: sched.task "add"[0] on ({{[01]}}, {{[01]}}, 1) "vector" after
func.func @vector_unit(%x: tensor<8x8xf32> {nn.name = "x"})
    -> (tensor<8x8xf32> {nn.name = "y"}) {
  %z = systolic.vector (%x) on @reram0 task_tile [8, 8] {
  ^bb0(%a: tensor<8x8xf32>):
    %s = nn.add %a, %a
        : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
    nn.yield %s : tensor<8x8xf32>
  } {nn.name = "add"} : (tensor<8x8xf32>) -> tensor<8x8xf32>
  return %z : tensor<8x8xf32>
}
