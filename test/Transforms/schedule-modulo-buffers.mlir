// Room in buffers for the data of inferences that overlap.
// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-schedule=algorithm=modulo \
// RUN:   | FileCheck %s --check-prefix=ALL
// RUN: atleus-opt %t.mlir \
// RUN:   '--atleus-schedule=algorithm=modulo heeds-buffers=true' \
// RUN:   --atleus-verify-buffers=enforce-limit | FileCheck %s

// Every buffer of the machine holds 65536 bytes, 2^19 bits, four results of
// this chain.

// MACHINE
// A stage for each task has six of them there at once: three of one inference,
// for two intervals each. Two stages have three.
// ALL-LABEL: sched.schedule @chain on @small makespan_ps({{[0-9]+}}) interval_ps(10)
// CHECK-LABEL: sched.schedule @chain on @small makespan_ps(40) interval_ps(20)
sched.schedule @chain on @small {
  %a = sched.task "a"[0] on (1, 0, 0) "array" duration 10 result_bits 131072
  %b = sched.task "b"[0] on (1, 0, 0) "vector" after(%a) duration 10
    result_bits 131072
  %c = sched.task "c"[0] on (1, 0, 0) "array 1" after(%b) duration 10
    result_bits 131072
  %d = sched.task "d"[0] on (1, 0, 0) "vector 1" after(%c) duration 10
}
