// RUN: sed '/^\/\/ MACHINE$/r %inputs/processor-machine.mlir' %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-verify-buffers 2>&1 | FileCheck %s

// A processor states no capacity, so nothing limits it.
// CHECK-NOT: warning
// CHECK: sched.schedule @unlimited
// MACHINE
sched.schedule @unlimited on @mixed makespan_ps(20) {
  %a = sched.task "a"[0] on (0, 0, 0) "core" start 0 duration 20
    result_bits 99999999999
}
