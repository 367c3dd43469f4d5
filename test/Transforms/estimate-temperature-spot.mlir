// RUN: atleus-opt %s --atleus-attach-machine=machine=%inputs/warm-machine.mlir \
// RUN:   --atleus-estimate-temperature | FileCheck %s
// RUN: atleus-opt %s --atleus-attach-machine=machine=%inputs/small-machine.mlir \
// RUN:   --atleus-estimate-temperature | FileCheck %s --check-prefix=NONE

// One node is heated: its two neighbours are equally warm, the node across the
// die is the coolest, and the hottest spot is hotter than the mean of its node.
// CHECK: sched.temperature period_ps 1000000 peak_mk 304{{...}} at (1, 0, 0)
// CHECK-SAME: node_mk {{\[}}[[NEAR:3004..]], 303{{...}}, 3001{{..}}, [[NEAR]],
// CHECK-SAME: [[ABOVE:3004..]], 302{{...}}, 3001{{..}}, [[ABOVE]],
// CHECK-SAME: [[ABOVE]], 302{{...}}, 3001{{..}}, [[ABOVE]]]

// A machine without package has no temperatures.
// NONE-NOT: sched.temperature
sched.schedule @spot on @warm makespan_ps(1000000) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 1000000
  sched.summary makespan_ps 1000000 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0
    node_energy_fj [0, 1000000000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
}
