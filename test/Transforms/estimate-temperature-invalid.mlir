// RUN: sed '/^\/\/ MACHINE$/r %inputs/warm-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-estimate-temperature -split-input-file \
// RUN:       -verify-diagnostics=only-expected
// RUN: not atleus-opt %inputs/warm-machine.mlir \
// RUN:   --atleus-estimate-temperature=cells=0 2>&1 \
// RUN:   | FileCheck %s --check-prefix=CELLS
// CELLS: error: cells must be from 1 to 512, found 0

// MACHINE
// expected-error @below {{schedule @no_summary has no energy of nodes; run atleus-estimate before its temperatures are estimated}}
sched.schedule @no_summary on @warm {
}

// -----

// MACHINE
// expected-error @below {{schedule @no_energy has no energy of nodes}}
sched.schedule @no_energy on @warm makespan_ps(0) {
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0
}

// -----

// MACHINE
sched.schedule @other_network on @warm makespan_ps(0) {
  // expected-error @below {{energy of 2 nodes, but the network has 12}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1, 2]
}
