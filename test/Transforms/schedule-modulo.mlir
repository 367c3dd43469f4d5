// Starts that let the next inference begin early.
// RUN: atleus-opt %s '--atleus-schedule=algorithm=modulo busiest-percent=100' \
// RUN:   | FileCheck %s
// RUN: atleus-opt %s --atleus-schedule=algorithm=modulo \
// RUN:   | FileCheck %s --check-prefix=PART
// RUN: atleus-opt %s \
// RUN:   '--atleus-schedule=algorithm=modulo busiest-percent=100 latency-percent=110' \
// RUN:   | FileCheck %s --check-prefix=LIST
// RUN: atleus-opt %s --atleus-schedule \
// RUN:   | FileCheck %s --check-prefix=LIST

// "c" would meet "a" of a later inference. It waits for its turn, unless that
// makes the latency too long.
// CHECK-LABEL: sched.schedule @return on @m makespan_ps(40) interval_ps(20)
// PART-LABEL: sched.schedule @return on @m makespan_ps({{[0-9]+}}) interval_ps(23)
// LIST-LABEL: sched.schedule @return on @m makespan_ps(35) interval_ps(35)
sched.schedule @return on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  %b = sched.task "b"[0] on (1, 0, 0) "array" after(%a) duration 15
  // CHECK: "c"[0] {{.*}} start 30 duration 10
  // LIST: "c"[0] {{.*}} start 25 duration 10
  %c = sched.task "c"[0] on (0, 0, 0) "array" after(%b) duration 10
}

// CHECK-LABEL: sched.schedule @nothing on @m makespan_ps(0) {
sched.schedule @nothing on @m {
}
