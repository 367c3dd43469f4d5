// RUN: sed '/^\/\/ MACHINE$/r %inputs/warm-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-estimate-temperature -split-input-file \
// RUN:       --verify-roundtrip | FileCheck %s
// RUN: sed '/^\/\/ MACHINE$/r %inputs/warm-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-estimate-temperature=cells=1 \
// RUN:       -split-input-file | FileCheck %s

// A watt at each node of the first tier: 4 W through 1.07 K/W, of which the
// second tier has 1.01 K/W below it, and so have the routers above.
// CHECK-LABEL: sched.schedule @even
// CHECK: sched.temperature period_ps 1000000 peak_mk 304280 at (0, 0, 0)
// CHECK-SAME: node_mk [304280, 304280, 304280, 304280, 304040, 304040, 304040, 304040, 304040, 304040, 304040, 304040]
// CHECK-NOT: sched.temperature
// MACHINE
sched.schedule @even on @warm makespan_ps(1000000) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 1000000
  sched.summary makespan_ps 1000000 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0
    node_energy_fj [1000000000, 1000000000, 1000000000, 1000000000,
                    0, 0, 0, 0, 0, 0, 0, 0]
}

// -----

// Half of the energy is leakage, which is the same power at any rate: at twice
// the rate a node has 1.5 W. A former estimate is replaced.
// CHECK-LABEL: sched.schedule @sustained
// CHECK: sched.temperature period_ps 1000000 peak_mk 304280
// CHECK: sched.temperature period_ps 500000 peak_mk 306420
// CHECK-SAME: node_mk [306420, 306420, 306420, 306420, 306060,
// CHECK-NOT: sched.temperature
// MACHINE
sched.schedule @sustained on @warm makespan_ps(1000000) interval_ps(500000) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 1000000
  sched.summary makespan_ps 1000000 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0
    node_energy_fj [1000000000, 1000000000, 1000000000, 1000000000,
                    0, 0, 0, 0, 0, 0, 0, 0]
    node_leakage_fj [500000000, 500000000, 500000000, 500000000,
                     0, 0, 0, 0, 0, 0, 0, 0]
  sched.temperature period_ps 7 peak_mk 400000 at (0, 0, 0) node_mk [1]
}

// -----

// What the routers of a level without tier take heats the nearest tier.
// CHECK-LABEL: sched.schedule @routers
// CHECK: sched.temperature period_ps 1000000 peak_mk 304040
// CHECK-SAME: node_mk [304040, 304040, 304040, 304040, 304040, 304040, 304040, 304040, 304040, 304040, 304040, 304040]
// MACHINE
sched.schedule @routers on @warm makespan_ps(1000000) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 1000000
  sched.summary makespan_ps 1000000 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0
    node_energy_fj [0, 0, 0, 0, 0, 0, 0, 0,
                    1000000000, 1000000000, 1000000000, 1000000000]
}

// -----

// CHECK-LABEL: sched.schedule @no_power
// CHECK: sched.temperature period_ps 1000000 peak_mk 300000
// CHECK-SAME: node_mk [300000, 300000, 300000, 300000, 300000, 300000, 300000, 300000, 300000, 300000, 300000, 300000]
// MACHINE
sched.schedule @no_power on @warm makespan_ps(1000000) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 1000000
  sched.summary makespan_ps 1000000 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
}

// -----

// A schedule that takes no time has no power.
// CHECK-LABEL: sched.schedule @empty
// CHECK-NOT: sched.temperature
// MACHINE
sched.schedule @empty on @warm makespan_ps(0) {
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
}
