// Results of several tasks go together where a schedule would have far too many
// entries.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-build-schedule -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: FileCheck %s --input-file=%t --check-prefix=COUNT
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | sed 's/tensor<4x160xf32>/tensor<4x80xf32>/g; s/tensor<16x160xf32>/tensor<16x80xf32>/' \
// RUN:   | sed 's/task_tile \[1, 160\]/task_tile [1, 80]/' \
// RUN:   | atleus-opt --atleus-build-schedule \
// RUN:   | FileCheck %s --check-prefix=FEW

// Two kernels may have 288 entries, and 160 tasks each of whose results go to
// the three other nodes have twice as many. What 40 tasks of a node have for
// another one comes in five transfers, of which the last, for which the readers
// wait, is the smallest.
// CHECK-LABEL: sched.schedule @main_schedule
// CHECK: %[[FIRST:.*]] = sched.task "product"[40] on (1, 0, 0)
// CHECK: %[[LAST:.*]] = sched.task "product"[79] on (1, 0, 0)
// CHECK: sched.transfer "product"[40] along (1, 0, 0)[x-] bits 448 {{.*}}after(%[[FIRST]],
// CHECK-SAME: sched.gathers = array<i64: 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53>
// CHECK-NEXT: sched.transfer "product"[54] along (1, 0, 0)[x-] bits 320
// CHECK-NEXT: sched.transfer "product"[64] along (1, 0, 0)[x-] bits 256
// CHECK-NEXT: sched.transfer "product"[72] along (1, 0, 0)[x-] bits 192
// CHECK-NEXT: %[[TRANSFER:.*]] = sched.transfer "product"[78] along (1, 0, 0)[x-] bits 64
// CHECK-SAME: after(%{{[0-9]+}}, %[[LAST]]) {{.*}}sched.gathers = array<i64: 79>
// CHECK: sched.task "activation"[0] {{.*}}%[[TRANSFER]]

// COUNT-COUNT-60: sched.transfer "product"
// COUNT-NOT: sched.transfer "product"

// With half of the tasks there are fewer than twice as many as there may be.
// FEW-COUNT-240: sched.transfer "product"
// FEW-NOT: sched.transfer "product"
func.func @main(%x: tensor<4x16xf32>) -> tensor<4x160xf32> {
  %w = nn.constant dense<0.5> : tensor<16x160xf32>
  %a = systolic.matmul %x, %w on @sa0 at (0, 0, 0)(1, 0, 0)(0, 1, 0)(1, 1, 0)
      task_tile [4, 1] {nn.name = "product", static_rhs}
      : (tensor<4x16xf32>, tensor<16x160xf32>) -> tensor<4x160xf32>
  %b = systolic.vector (%a) on @sa0 at (0, 0, 0)(1, 0, 0)(0, 1, 0)(1, 1, 0)
      task_tile [1, 160] {
  ^bb0(%e: tensor<4x160xf32>):
    %r = nn.relu %e : tensor<4x160xf32>
    nn.yield %r : tensor<4x160xf32>
  } {nn.name = "activation"} : (tensor<4x160xf32>) -> tensor<4x160xf32>
  return %b : tensor<4x160xf32>
}
