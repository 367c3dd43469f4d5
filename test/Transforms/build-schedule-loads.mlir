// Weights of systolic products come into the buffer of their node while earlier
// tasks compute, as many as a quarter of the buffer holds.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | sed 's/buffer_bytes = 65536, buffer_bytes_per_cycle/buffer_bytes = 6400, buffer_bytes_per_cycle/' \
// RUN:   | atleus-opt --atleus-insert-transfers --atleus-build-schedule \
// RUN:   | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | sed 's/buffer_bytes = 65536, buffer_bytes_per_cycle/buffer_bytes = 16, buffer_bytes_per_cycle/' \
// RUN:   | atleus-opt --atleus-insert-transfers --atleus-build-schedule \
// RUN:   | FileCheck %s --check-prefix=TWO

// Loads of 512 bytes, three of which fit into 1600 bytes: the fourth waits for
// the first product, and each comes after the one before it.
// CHECK-LABEL: sched.schedule @main_schedule
// CHECK: %[[LA0:.*]] = sched.task "load:a"[0] on (1, 0, 0) "loader" streams "dram" (0, 0, 0) for 64000 duration 114000
// CHECK: %[[A0:.*]] = sched.task "a"[0] {{.*}}%[[LA0]])
// CHECK: %[[LA1:.*]] = sched.task "load:a"[1] {{.*}} for 64000 after(%[[LA0]])
// CHECK: %[[A1:.*]] = sched.task "a"[1] {{.*}}%[[LA1]])
// CHECK: %[[LB0:.*]] = sched.task "load:b"[0] {{.*}} for 64000 after(%[[LA1]])
// CHECK: %[[B0:.*]] = sched.task "b"[0] {{.*}}%[[LB0]])
// CHECK: %[[LB1:.*]] = sched.task "load:b"[1] {{.*}} for 64000 after(%[[LB0]], %[[A0]])
// CHECK: sched.task "b"[1] {{.*}}%[[LB1]])

// However small the buffer, one tile comes while another is in use.
// TWO: %[[LA0:.*]] = sched.task "load:a"[0]
// TWO: %[[A0:.*]] = sched.task "a"[0]
// TWO: %[[LA1:.*]] = sched.task "load:a"[1] {{.*}} after(%[[LA0]])
// TWO: %[[A1:.*]] = sched.task "a"[1]
// TWO: %[[LB0:.*]] = sched.task "load:b"[0] {{.*}} after(%[[LA1]], %[[A0]])
// TWO: sched.task "load:b"[1] {{.*}} after(%[[LB0]], %[[A1]])
func.func @main(%x: tensor<16x16xf32>) -> tensor<16x16xf32> {
  %w = nn.constant dense<0.5> : tensor<16x16xf32>
  %a = systolic.matmul %x, %w on @sa0 at (1, 0, 0)
      task_tile [16, 8] {nn.name = "a", static_rhs}
      : (tensor<16x16xf32>, tensor<16x16xf32>) -> tensor<16x16xf32>
  %b = systolic.matmul %a, %w on @sa0 at (1, 0, 0)
      task_tile [16, 8] {nn.name = "b", static_rhs}
      : (tensor<16x16xf32>, tensor<16x16xf32>) -> tensor<16x16xf32>
  return %b : tensor<16x16xf32>
}
