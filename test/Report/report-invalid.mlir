// Modules that call themselves estimated, but from which no report can be read.
// RUN: rm -rf %t && split-file %s %t
// RUN: sed 's/^arch.machine/module attributes {atleus.phase = "estimated"} {\n&/' \
// RUN:   %inputs/small-machine.mlir > %t/machine

// RUN: not atleus compile %t/no-machine.mlir -o %t/out 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MACHINE
// RUN: cat %t/machine %t/no-schedule > %t/no-schedule.mlir
// RUN: not atleus compile %t/no-schedule.mlir -o %t/out 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SCHEDULE
// RUN: cat %t/machine %t/no-summary > %t/no-summary.mlir
// RUN: not atleus compile %t/no-summary.mlir -o %t/out 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SUMMARY
// RUN: cat %t/machine %t/no-energy > %t/no-energy.mlir
// RUN: not atleus compile %t/no-energy.mlir -o %t/out 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ENERGY
// RUN: mkdir -p %t/out && find %t/out -type f | count 0

//--- no-machine.mlir
// MACHINE: error: a report needs an 'arch.machine', which the module has from phase 'assigned' on
module attributes {atleus.phase = "estimated"} {}

//--- no-schedule
// SCHEDULE: error: a report needs an 'sched.schedule', which the module has from phase 'scheduled' on
}

//--- no-summary
// SUMMARY: no-summary.mlir:{{[0-9]+}}:1: error: {{.*}}a report needs a 'sched.summary' with energy, which the schedule has from phase 'estimated' on
sched.schedule @main of "m" on @small {
}
}

//--- no-energy
// ENERGY: no-energy.mlir:{{[0-9]+}}:1: error: {{.*}}a report needs a 'sched.summary' with energy, which the schedule has from phase 'estimated' on
sched.schedule @main of "m" on @small makespan_ps(0) {
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 ""
    bandwidth_ps 0
}
}
