// RUN: sed 's/arch.noc @mesh {/arch.noc @mesh {multicast, /' %S/Inputs/irregular-machine.mlir \
// RUN:   | cat - %s | atleus-opt \
// RUN:   --pass-pipeline='builtin.module(atleus-insert-transfers,atleus-verify-transfers,atleus-build-schedule,sched.schedule(atleus-schedule),atleus-estimate)' \
// RUN:   | FileCheck %s

// Routes of a table are a tree, too: two links of a tier, one to the next tier
// and one in that to the first node, the added link to the second, a
// link to the third. 3 flits at 9 outputs of routers, 384 bits over 4 planar
// links of 2.5 mm, one vertical and one added link of 7.5 mm. The farthest node
// is 5 routers of 4 cycles and 4 links away.
// CHECK-LABEL: sched.schedule @main_schedule
// CHECK: sched.transfer "source"[0] along (2, 1, 0)[x-, y-, z+, x-] branches [(2, 1, 0)[-> (0, 0, 0)], (2, 1, 0)[y-]] bits 256 flits 3 flit_ps 1000 hop_ps 5000 added_hop_ps 7000 after({{.*}}) start {{[0-9]+}} duration 29000 energy 957750
// CHECK-NOT: sched.transfer "source"
// CHECK: sched.summary
func.func @main(%x: tensor<4x2xf32>)
    -> (tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32>) {
  %y = systolic.vector (%x) on @sa0 at (2, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "source"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %b = systolic.vector (%y) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "far"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %c = systolic.vector (%y) on @sa1 at (0, 0, 1) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "above"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %d = systolic.vector (%y) on @sa0 at (2, 0, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "near"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return %b, %c, %d : tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32>
}
