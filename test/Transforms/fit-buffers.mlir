// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-fit-buffers \
// RUN:       --atleus-verify-buffers=enforce-limit | FileCheck %s

// Every buffer of the machine holds 65536 bytes, 2^19 bits.

// MACHINE
// What fits stays as it is, also where it could start earlier.
// CHECK-LABEL: sched.schedule @fits
sched.schedule @fits on @small makespan_ps(40) interval_ps(40) {
  // CHECK: "a"[0] {{.*}} start 5 duration 10
  // CHECK: "b"[0] {{.*}} start 30 duration 10
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 5 duration 10
    result_bits 262144
  %1 = sched.task "b"[0] on (1, 0, 0) "vector" after(%0) start 30 duration 10
    result_bits 262144
}

// Two results that are read in turn do not have room beside each other with that
// of a reader: the second is made when the first has been read.
// CHECK-LABEL: sched.schedule @waits_for_room on @small makespan_ps(40) interval_ps(40)
sched.schedule @waits_for_room on @small makespan_ps(20) interval_ps(10) {
  // CHECK: "a"[0] {{.*}} start 0 duration 10
  // CHECK: "b"[0] {{.*}} start 20 duration 10
  // CHECK: "c"[0] {{.*}} start 10 duration 10
  // CHECK: "d"[0] {{.*}} start 30 duration 10
  // CHECK: sched.summary makespan_ps 40 critical_path_ps 20
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 262144
  %1 = sched.task "b"[0] on (1, 0, 0) "array 1" start 0 duration 10
    result_bits 262144
  %2 = sched.task "c"[0] on (1, 0, 0) "vector" after(%0) start 10 duration 10
    result_bits 8
  %3 = sched.task "d"[0] on (1, 0, 0) "vector 1" after(%1) start 10 duration 10
    result_bits 8
  sched.summary makespan_ps 20 critical_path_ps 20 busiest_resource_ps 10
    "unit (1, 0, 0) array" bandwidth_ps 0
}

// A transfer comes when its reader can have it.
// CHECK-LABEL: sched.schedule @transfer_waits on @small makespan_ps(80)
sched.schedule @transfer_waits on @small makespan_ps(70) {
  // CHECK: "a"[0] {{.*}} start 0 duration 10
  // CHECK: "long"[0] {{.*}} start 0 duration 40
  // CHECK: sched.transfer "a"[0] {{.*}} start 35 duration 25
  // CHECK: "b"[0] {{.*}} start 60 duration 20
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 400000
  %1 = sched.task "long"[0] on (0, 1, 0) "array" start 0 duration 40
    result_bits 400000
  %2 = sched.transfer "a"[0] along (1, 0, 0)[y+] bits 400000 flits 4 flit_ps 5
    hop_ps 5 after(%0) start 10 duration 25
  %3 = sched.task "b"[0] on (1, 1, 0) "array" after(%2) start 50 duration 20
  %4 = sched.task "here"[0] on (1, 1, 0) "vector" start 0 duration 40
    result_bits 400000
}

// Each inference keeps a half of the buffer for 40 ps.
// CHECK-LABEL: sched.schedule @interval on @small makespan_ps(50) interval_ps(20)
sched.schedule @interval on @small makespan_ps(50) interval_ps(10) {
  // CHECK: "a"[0] {{.*}} start 0 duration 10
  // CHECK: "b"[0] {{.*}} start 30 duration 10
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 10
    result_bits 262144
  %1 = sched.task "b"[0] on (1, 0, 0) "vector" after(%0) start 30 duration 10
  %2 = sched.task "c"[0] on (0, 0, 0) "vector" start 40 duration 10
}
