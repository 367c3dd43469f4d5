// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-verify-buffers -split-input-file \
// RUN:       -verify-diagnostics

// MACHINE
sched.schedule @no_start on @small {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
  // expected-error @below {{'sched.transfer' op has no start: schedule it first}}
  %1 = sched.transfer "a"[0] along (1, 0, 0)[x-] bits 64 flits 1 flit_ps 1
    hop_ps 5 after(%0) duration 10
}

// -----

// expected-error @below {{module has no machine to map it to; attach one with atleus-attach-machine}}
module {
  sched.schedule @no_machine on @small {
  }
}
