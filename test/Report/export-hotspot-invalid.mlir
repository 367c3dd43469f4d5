// RUN: sed '/^  \/\/ MACHINE$/r %S/Inputs/one-node.mlir' %s \
// RUN:   | atleus-translate --export-hotspot --hotspot-folder=%t \
// RUN:       -split-input-file -verify-diagnostics
// RUN: sed '/^  \/\/ MACHINE$/r %S/Inputs/one-node.mlir' %s \
// RUN:   | not atleus-translate --export-hotspot --hotspot-folder=%t \
// RUN:       --hotspot-period=-1 -split-input-file 2>&1 \
// RUN:   | FileCheck %s --check-prefix=PERIOD
// PERIOD: error: expected a period that is not negative
// RUN: not ls %t

// expected-error @below {{expected a machine with an 'arch.package'}}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1]
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
}
// expected-error @below {{expected a machine with an 'arch.package'}}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1]
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
  arch.package {die_x_um = 1000, die_y_um = 1000, ambient_mk = 300000,
    limit_mk = 310000, convection_mk_per_w = 1000} from #test layers {
    arch.layer "die" {thickness_um = 100, side_um = 1000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
    arch.layer "spreader" {thickness_um = 1000, side_um = 2000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
    arch.layer "sink" {thickness_um = 1000, side_um = 3000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
  }
}
// expected-error @below {{has no energy of nodes: estimate it before it is exported to HotSpot}}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
  arch.package {die_x_um = 1000, die_y_um = 1000, ambient_mk = 300000,
    limit_mk = 310000, convection_mk_per_w = 1000} from #test layers {
    arch.layer "die" {thickness_um = 100, side_um = 1000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
    arch.layer "spreader" {thickness_um = 1000, side_um = 2000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
    arch.layer "sink" {thickness_um = 1000, side_um = 3000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
  }
}
// expected-error @below {{takes no time, so it has no power}}
sched.schedule @main on @m makespan_ps(0) {
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
  // expected-error @below {{'arch.package' op is cooled by a heat transfer coefficient, but HotSpot expects 'convection_mk_per_w'}}
  arch.package {die_x_um = 1000, die_y_um = 1000, ambient_mk = 300000,
    limit_mk = 310000, heat_transfer_w_per_m2_k = 10000} from #test layers {
    arch.layer "die" {thickness_um = 100, side_um = 1000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
  }
}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1]
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
  // expected-error @below {{'arch.package' op has 1 layers that are larger than the die, but HotSpot expects the last two of at least three to be, its spreader and its sink}}
  arch.package {die_x_um = 1000, die_y_um = 1000, ambient_mk = 300000,
    limit_mk = 310000, convection_mk_per_w = 1000} from #test layers {
    arch.layer "die" {thickness_um = 100, side_um = 1000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
    arch.layer "sink" {thickness_um = 1000, side_um = 3000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
  }
}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1]
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
  arch.package {die_x_um = 1000, die_y_um = 1000, ambient_mk = 300000,
    limit_mk = 310000, convection_mk_per_w = 1000} from #test layers {
    arch.layer "die" {thickness_um = 100, side_um = 1000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
    arch.layer "spreader" {thickness_um = 1000, side_um = 3000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
    // expected-error @below {{'arch.layer' op has a side of 2000 um, but HotSpot expects a sink that is no smaller than the spreader of 3000 um}}
    arch.layer "sink" {thickness_um = 1000, side_um = 2000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
  }
}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1]
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
  arch.package {die_x_um = 1000, die_y_um = 1000, ambient_mk = 300000,
    limit_mk = 310000, convection_mk_per_w = 1000} from #test layers {
    arch.layer "die" {thickness_um = 100, side_um = 1000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
    // expected-error @below {{'arch.layer' op is 'vertical_only', but in HotSpot heat spreads sideways in spreader and sink}}
    arch.layer "spreader" {thickness_um = 1000, side_um = 2000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000, vertical_only} from #test
    arch.layer "sink" {thickness_um = 1000, side_um = 3000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
  }
}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1]
}

// -----

#test = #arch.source<recalled, "chosen for tests">
arch.machine @m {
  // MACHINE
  arch.package {die_x_um = 1000, die_y_um = 1000, ambient_mk = 300000,
    limit_mk = 310000, convection_mk_per_w = 1000} from #test layers {
    arch.layer "die" {thickness_um = 100, side_um = 1000,
      conductivity_mw_per_m_k = 100000, heat_j_per_m3_k = 1750000,
      source = @sa0} from #test
    arch.layer "spreader" {thickness_um = 1000, side_um = 2000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
    arch.layer "sink" {thickness_um = 1000, side_um = 3000,
      conductivity_mw_per_m_k = 400000, heat_j_per_m3_k = 3550000} from #test
  }
}
sched.schedule @main on @m makespan_ps(9) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 9
  // expected-error @below {{energy of 2 nodes, but the network has 1}}
  sched.summary makespan_ps 9 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0 node_energy_fj [1, 1]
}
