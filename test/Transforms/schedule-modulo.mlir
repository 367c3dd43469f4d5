// Starts that let the next inference begin early.
// RUN: atleus-opt %s --atleus-schedule=algorithm=modulo | FileCheck %s
// RUN: atleus-opt %s '--atleus-schedule=algorithm=modulo busiest-percent=80' \
// RUN:   | FileCheck %s --check-prefix=PART
// RUN: atleus-opt %s \
// RUN:   '--atleus-schedule=algorithm=modulo latency-percent=110' \
// RUN:   | FileCheck %s --check-prefix=LIST
// RUN: atleus-opt %s --atleus-schedule \
// RUN:   | FileCheck %s --check-prefix=LIST

// "c" would meet "a" of a later inference. It waits for its turn, unless that
// makes the latency too long. Two stages suffice for 80 % of an interval.
// CHECK-LABEL: sched.schedule @return on @m makespan_ps(40) interval_ps(20)
// PART-LABEL: sched.schedule @return on @m makespan_ps({{[0-9]+}}) interval_ps(25)
// LIST-LABEL: sched.schedule @return on @m makespan_ps(35) interval_ps(35)
sched.schedule @return on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  %b = sched.task "b"[0] on (1, 0, 0) "array" after(%a) duration 15
  // CHECK: "c"[0] {{.*}} start 30 duration 10
  // LIST: "c"[0] {{.*}} start 25 duration 10
  %c = sched.task "c"[0] on (0, 0, 0) "array" after(%b) duration 10
}

// Two weights take turns in the arrays, once in an interval: a product with
// "a" is in the stage in which "a" was written.
// CHECK-LABEL: sched.schedule @turns on @m makespan_ps({{[0-9]+}}) interval_ps(80)
// LIST-LABEL: sched.schedule @turns on @m makespan_ps(120) interval_ps(100)
sched.schedule @turns on @m {
  %write_a = sched.task "write:a"[0] on (0, 0, 0) "arrays 0" duration 20
  %a = sched.task "a"[0] on (0, 0, 0) "arrays 0" after(%write_a) duration 20
  %f = sched.task "f"[0] on (1, 0, 0) "core" after(%a) duration 40
  %write_b = sched.task "write:b"[0] on (0, 0, 0) "arrays 0" after(%a) duration 20
  %b = sched.task "b"[0] on (0, 0, 0) "arrays 0" after(%write_b, %f) duration 20
  %g = sched.task "g"[0] on (1, 0, 0) "core" after(%b) duration 20
}

// The weight comes when it is needed and not an interval before, although the
// loader is free: it would fill the buffer in the meantime.
// CHECK-LABEL: sched.schedule @late on @m
// CHECK: "load:b"[0] {{.*}} start [[#START:]] duration 5
// CHECK: "b"[0] {{.*}} start [[#START+5]] duration 30
sched.schedule @late on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 30
  %x = sched.task "x"[0] on (1, 0, 0) "array" after(%a) duration 30
  %load = sched.task "load:b"[0] on (0, 0, 0) "loader" duration 5
  %b = sched.task "b"[0] on (0, 0, 0) "array" after(%x, %load) duration 30
}

// CHECK-LABEL: sched.schedule @nothing on @m makespan_ps(0) {
sched.schedule @nothing on @m {
}
