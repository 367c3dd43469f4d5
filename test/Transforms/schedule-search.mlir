// Priorities and local search.
// RUN: atleus-opt %s --atleus-schedule=algorithm=search | FileCheck %s
// RUN: atleus-opt %s '--atleus-schedule=algorithm=search search-rounds=0' \
// RUN:   | FileCheck %s
// RUN: atleus-opt %s --atleus-schedule=algorithm=list \
// RUN:   | FileCheck %s --check-prefix=LIST

// Where paths are equal, a list takes the first task; that two tasks of one unit
// follow "b" only shows in its tail, and when tasks move to the right.
// LIST-LABEL: sched.schedule @tail on @m makespan_ps(25)
// CHECK-LABEL: sched.schedule @tail on @m makespan_ps(25)
sched.schedule @tail on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 5
  // CHECK: "b"[0] {{.*}} start 0 duration 5
  %b = sched.task "b"[0] on (0, 0, 0) "array" duration 5
  %c = sched.task "c"[0] on (1, 0, 0) "array" after(%a) duration 12
  %d = sched.task "d"[0] on (2, 0, 0) "array" after(%b) duration 10
  %e = sched.task "d"[1] on (2, 0, 0) "array" after(%b) duration 10
  // CHECK: lower_bound_ps 25
}
