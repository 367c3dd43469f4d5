// RUN: sed '/^\/\/ MACHINE$/r %inputs/warm-machine.mlir' %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-estimate-temperature 2>&1 \
// RUN:   | FileCheck %s --check-prefixes=CHECK,WARNING
// RUN: not atleus-opt %t.mlir --atleus-estimate-temperature=enforce-limit 2>&1 \
// RUN:   | FileCheck %s --check-prefixes=CHECK,ERROR

// 6 W keep below the limit, 12 W do not.
// WARNING: warning: schedule @hot heats node (0, 0, 0) to 312.84 K, above the limit of 310.00 K, with an inference every 500000 ps
// ERROR: error: schedule @hot heats node (0, 0, 0) to 312.84 K, above the limit of 310.00 K, with an inference every 500000 ps
// CHECK: note: limit declared here
// WARNING: sched.temperature period_ps 1000000 peak_mk 306420
// WARNING: sched.temperature period_ps 500000 peak_mk 312840
// MACHINE
sched.schedule @hot on @warm makespan_ps(1000000) interval_ps(500000) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 1000000
  sched.summary makespan_ps 1000000 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0
    node_energy_fj [1500000000, 1500000000, 1500000000, 1500000000,
                    0, 0, 0, 0, 0, 0, 0, 0]
}
