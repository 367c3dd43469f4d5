// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-estimate -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// MACHINE
// expected-error @below {{schedule @no_summary has no summary; run atleus-schedule before its energy is estimated}}
sched.schedule @no_summary on @small {
}

// -----

// MACHINE
sched.schedule @no_kernel on @small makespan_ps(9) {
  // expected-error @below {{the module has no kernel "query", and its unit "array" is neither a memory nor the host of @small}}
  %0 = sched.task "query"[0] on (0, 0, 0) "array" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 9 busiest_resource_ps 9 "none"
    bandwidth_ps 0
}

// -----

// MACHINE
sched.schedule @no_energy on @small makespan_ps(9) {
  // expected-error @below {{a task of no kernel needs its energy from atleus-build-schedule}}
  %0 = sched.task "input:x"[0] on (0, 0, 0) "dram" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 9 busiest_resource_ps 9 "none"
    bandwidth_ps 0
}

// -----

// MACHINE
sched.schedule @outside on @small makespan_ps(9) {
  // expected-error @below {{node (0, 2, 0) is outside of the network of 2x2x2 nodes}}
  %0 = sched.task "input:x"[0] on (0, 2, 0) "dram" start 0 duration 9 energy 1
  sched.summary makespan_ps 9 critical_path_ps 9 busiest_resource_ps 9 "none"
    bandwidth_ps 0
}

// -----

// MACHINE
sched.schedule @no_link on @small makespan_ps(900) {
  // expected-error @below {{transfer takes link (0, 0, 0) -> (1, 1, 1), which the network does not have}}
  %0 = sched.transfer "x"[0] along (0, 0, 0)[-> (1, 1, 1)] bits 64 flits 2
    flit_ps 10 hop_ps 10 added_hop_ps 10 start 0 duration 900
  sched.summary makespan_ps 900 critical_path_ps 9 busiest_resource_ps 9 "none"
    bandwidth_ps 0
}

// -----

// MACHINE
func.func @main(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // expected-note @below {{kernel declared here}}
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [2, 8] {
  ^bb0(%a: tensor<4x8xf32>):
    %b = nn.relu %a : tensor<4x8xf32>
    nn.yield %b : tensor<4x8xf32>
  } {nn.name = "relu"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}
sched.schedule @too_many on @small makespan_ps(9) {
  // expected-error @below {{task 2 of "relu", which has 2 tasks}}
  %0 = sched.task "relu"[2] on (0, 0, 0) "vector" start 0 duration 9
  sched.summary makespan_ps 9 critical_path_ps 9 busiest_resource_ps 9 "none"
    bandwidth_ps 0
}
