// Where a node gets two results of one task, neither goes with those of others:
// what a transfer of several tasks brings is all that the node gets of them.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-build-schedule | FileCheck %s

// CHECK: sched.transfer "halves"[41]
// CHECK-NOT: sched.gathers
func.func @main(%x: tensor<4x160xf32>)
    -> (tensor<4x160xf32>, tensor<4x160xf32>) {
  %a, %b = systolic.vector (%x) on @sa0
      at (0, 0, 0)(1, 0, 0)(0, 1, 0)(1, 1, 0) task_tile [4, 1] {
  ^bb0(%e: tensor<4x160xf32>):
    %r = nn.relu %e : tensor<4x160xf32>
    %s = nn.add %e, %r
        : (tensor<4x160xf32>, tensor<4x160xf32>) -> tensor<4x160xf32>
    nn.yield %r, %s : tensor<4x160xf32>, tensor<4x160xf32>
  } {nn.name = "halves"}
      : (tensor<4x160xf32>) -> (tensor<4x160xf32>, tensor<4x160xf32>)
  %c = systolic.vector (%a) on @sa0 at (0, 0, 0)(1, 0, 0)(0, 1, 0)(1, 1, 0)
      task_tile [1, 160] {
  ^bb0(%e: tensor<4x160xf32>):
    %r = nn.relu %e : tensor<4x160xf32>
    nn.yield %r : tensor<4x160xf32>
  } {nn.name = "first"} : (tensor<4x160xf32>) -> tensor<4x160xf32>
  %d = systolic.vector (%b) on @sa0 at (0, 0, 0)(1, 0, 0)(0, 1, 0)(1, 1, 0)
      task_tile [1, 160] {
  ^bb0(%e: tensor<4x160xf32>):
    %r = nn.relu %e : tensor<4x160xf32>
    nn.yield %r : tensor<4x160xf32>
  } {nn.name = "second"} : (tensor<4x160xf32>) -> tensor<4x160xf32>
  return %c, %d : tensor<4x160xf32>, tensor<4x160xf32>
}
