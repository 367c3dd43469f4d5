// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-fit-buffers -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// Every buffer of the machine holds 65536 bytes.

// MACHINE
// expected-error @below {{schedule @too_large does not fit: "b"[0] needs 70000 bytes in the buffer of node (1, 0, 1) of @reram0, which holds 65536: short by 4464}}
sched.schedule @too_large on @small makespan_ps(60) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 320000
  %1 = sched.task "a"[1] on (1, 0, 0) "array" start 10 duration 10
    result_bits 80000
  %2 = sched.transfer "a"[0] along (1, 0, 0)[z+] bits 320000 flits 4 flit_ps 5
    hop_ps 7 vertical_hop_ps 5 after(%0) start 10 duration 25
  %3 = sched.transfer "a"[1] along (1, 0, 0)[z+] bits 80000 flits 1 flit_ps 5
    hop_ps 7 vertical_hop_ps 5 after(%1) start 30 duration 10
  // expected-note @below {{largest: 2 transfers of "a" 50000 bytes, 1 task of "b" 20000 bytes}}
  %4 = sched.task "b"[0] on (1, 0, 1) "arrays b" after(%2, %3) start 40
    duration 20 result_bits 160000
}

// -----

// MACHINE
// Both results have to be there for the third.
// expected-error @below {{schedule @kept does not fit: "b"[0] needs 40000 bytes in the buffer of node (1, 0, 0) of @sa0, which holds 65536 and keeps 30000 for others: short by 4464}}
sched.schedule @kept on @small makespan_ps(30) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 240000
  // expected-note @below {{largest: 1 task of "b" 40000 bytes, 1 task of "a" 30000 bytes}}
  %1 = sched.task "b"[0] on (1, 0, 0) "array" start 10 duration 10
    result_bits 320000
  %2 = sched.task "c"[0] on (1, 0, 0) "vector" after(%0, %1) start 20 duration 10
}

// -----

// MACHINE
sched.schedule @no_start on @small {
  // expected-error @below {{'sched.task' op has no start: schedule it first}}
  %0 = sched.task "a"[0] on (1, 0, 0) "array" duration 10 result_bits 80
}

// -----

// expected-error @below {{module has no machine to map it to; attach one with atleus-attach-machine}}
module {
  sched.schedule @no_machine on @small {
  }
}
