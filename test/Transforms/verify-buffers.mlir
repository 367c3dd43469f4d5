// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-verify-buffers -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// Every buffer of the machine holds 65536 bytes.

// MACHINE
// 2^19 bits are 65536 bytes. What ends makes room for what begins then.
sched.schedule @holds_exactly on @small makespan_ps(40) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 262144
  %1 = sched.task "b"[0] on (1, 0, 0) "vector" after(%0) start 10 duration 10
    result_bits 262144
  %2 = sched.task "c"[0] on (1, 0, 0) "array" after(%1) start 20 duration 10
    result_bits 262144
  %3 = sched.task "d"[0] on (1, 0, 0) "array" start 30 duration 10
    result_bits 524288
}

// -----

// MACHINE
// expected-warning @below {{schedule @one_bit_more keeps 65537 bytes in the buffer of node (1, 0, 0) of @sa0 at 5 ps, but it holds 65536, with an inference every 10 ps}}
sched.schedule @one_bit_more on @small makespan_ps(10) {
  // expected-note @below {{largest: "a"[0] 65537 bytes}}
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 5 duration 5
    result_bits 524289
}

// -----

// MACHINE
// Two readers share one copy, and a barrier passes it on.
// expected-warning @below {{schedule @until_the_last_reader keeps 90000 bytes in the buffer of node (1, 0, 0) of @sa0 at 30 ps, but it holds 65536, with an inference every 40 ps}}
sched.schedule @until_the_last_reader on @small makespan_ps(40) {
  // expected-note @below {{largest: "a"[0] 50000 bytes, "d"[0] 40000 bytes}}
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 400000
  %1 = sched.task "b"[0] on (1, 0, 0) "vector" after(%0) start 10 duration 10
  %2 = sched.barrier after(%0) start 10
  %3 = sched.task "c"[0] on (1, 0, 0) "vector" after(%2) start 20 duration 15
  %4 = sched.task "d"[0] on (1, 0, 0) "array" start 30 duration 10
    result_bits 320000
}

// -----

// MACHINE
// The head arrives 5 ps after the start, and the last flit leaves 40 ps after.
// expected-warning @below {{schedule @transfer keeps 100000 bytes in the buffer of node (1, 0, 1) of @reram0 at 15 ps, but it holds 65536, with an inference every 90 ps}}
sched.schedule @transfer on @small makespan_ps(90) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 400000
  // expected-note @below {{largest: transfer of "a"[0] 50000 bytes, "c"[0] 50000 bytes}}
  %1 = sched.transfer "a"[0] along (1, 0, 0)[z+] bits 400000 flits 4 flit_ps 10
    hop_ps 7 vertical_hop_ps 5 after(%0) start 10 duration 45
  %2 = sched.task "b"[0] on (1, 0, 0) "array" start 50 duration 10
    result_bits 400000
  %3 = sched.task "c"[0] on (1, 0, 1) "arrays c" start 14 duration 60
    result_bits 400000
  %4 = sched.task "d"[0] on (1, 0, 1) "arrays d" after(%1) start 80 duration 10
}

// -----

// MACHINE
// One inference at a time holds; one every 15 ps begins while two others keep
// their results.
// expected-warning @below {{schedule @repeated keeps 90000 bytes in the buffer of node (1, 0, 0) of @sa0 at 0 ps, but it holds 65536, with an inference every 15 ps}}
sched.schedule @repeated on @small makespan_ps(40) interval_ps(15) {
  // expected-note @below {{largest: "a"[0] 90000 bytes}}
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 240000
  %1 = sched.task "b"[0] on (1, 0, 0) "vector" after(%0) start 30 duration 10
}

// -----

// MACHINE
// Data between the memory at (0, 0, 0) and the network passes its buffer by;
// what a task of the core there reads is in it while the task runs.
// expected-warning @below {{schedule @memory keeps 80000 bytes in the buffer of node (0, 0, 0) of @sa0 at 70 ps, but it holds 65536, with an inference every 80 ps}}
sched.schedule @memory on @small makespan_ps(80) {
  %0 = sched.task "input:x"[0] on (0, 0, 0) "dram" start 0 duration 10
    bytes 70000 result_bits 560000
  %1 = sched.transfer "input:x"[0] along (0, 0, 0)[x+] bits 400000 flits 4
    flit_ps 10 hop_ps 5 after(%0) start 10 duration 45
  %2 = sched.transfer "y"[0] along (1, 0, 0)[x-] bits 560000 flits 1 flit_ps 1
    hop_ps 5 start 0 duration 10
  %3 = sched.task "output:y"[0] on (0, 0, 0) "dram" after(%2) start 10
    duration 10 bytes 70000
  %4 = sched.task "input:x"[1] on (0, 0, 0) "dram" start 60 duration 10
    bytes 90000 result_bits 720000
  // expected-note @below {{largest: "b"[0] 80000 bytes}}
  %5 = sched.task "b"[0] on (0, 0, 0) "vector" after(%4) start 70 duration 10
    {sched.read_bits = 640000}
}

// -----

// MACHINE
// What no task of the node reads goes with the transfer that takes it.
// expected-warning @below {{schedule @local_bits keeps 66000 bytes in the buffer of node (1, 0, 0) of @sa0 at 30 ps, but it holds 65536, with an inference every 90 ps}}
sched.schedule @local_bits on @small makespan_ps(90) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 480000 {sched.local_bits = 48000}
  %1 = sched.transfer "a"[0] along (1, 0, 0)[x-] bits 432000 flits 4
    flit_ps 5 hop_ps 5 after(%0) start 10 duration 25
  // expected-note @below {{largest: "b"[0] 60000 bytes, "a"[0] 6000 bytes}}
  %2 = sched.task "b"[0] on (1, 0, 0) "array" start 30 duration 10
    result_bits 480000
  %3 = sched.task "c"[0] on (1, 0, 0) "vector" after(%0) start 80 duration 10
  %4 = sched.task "output:a"[0] on (0, 0, 0) "dram" after(%1) start 40
    duration 10 bytes 54000
}

// -----

// MACHINE
// A multicast leaves its data at both of its ends, at each until it is read
// there, and reads it once.
// expected-warning @below {{schedule @multicast keeps 70000 bytes in the buffer of node (1, 1, 0) of @sa0 at 30 ps, but it holds 65536, with an inference every 90 ps}}
sched.schedule @multicast on @small makespan_ps(90) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 400000
  // expected-note @below {{largest: transfer of "a"[0] 50000 bytes, "c"[0] 20000 bytes}}
  %1 = sched.transfer "a"[0] along (1, 0, 0)[y+] branches [(1, 0, 0)[z+]]
    bits 400000 flits 1 flit_ps 1 hop_ps 7 vertical_hop_ps 5 after(%0) start 10
    duration 10
  %2 = sched.task "b"[0] on (1, 0, 1) "arrays b" after(%1) start 20
    duration 5 result_bits 80000
  %3 = sched.task "c"[0] on (1, 1, 0) "array" start 30 duration 60
    result_bits 160000
  %4 = sched.task "d"[0] on (1, 1, 0) "vector" after(%1) start 50 duration 30
  %5 = sched.task "e"[0] on (1, 0, 1) "arrays e" start 30 duration 60
    result_bits 160000
}
