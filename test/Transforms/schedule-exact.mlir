// Branch and bound: least makespans, and what is said without a proof.
// RUN: atleus-opt %s --atleus-schedule=algorithm=exact | FileCheck %s
// RUN: atleus-opt %s --atleus-schedule=algorithm=list \
// RUN:   | FileCheck %s --check-prefix=LIST
// RUN: atleus-opt %s --verify-diagnostics -o /dev/null \
// RUN:   '--atleus-schedule=algorithm=exact max-nodes=0'

// List scheduling does not wait for the urgent task, which comes soon.
// LIST-LABEL: sched.schedule @urgent on @m makespan_ps(19)
// CHECK-LABEL: sched.schedule @urgent on @m makespan_ps(13)
// expected-warning @below {{may not be the shortest schedule: it takes 19 ps, and no bound above 13 ps was proven with 0 nodes}}
sched.schedule @urgent on @m {
  // CHECK: "long"[0] {{.*}} start 3 duration 10
  %a = sched.task "long"[0] on (0, 0, 0) "array" duration 10
  // CHECK: "urgent"[0] {{.*}} start 1 duration 2
  %b = sched.task "urgent"[0] on (0, 0, 0) "array" release 1 duration 2
  %c = sched.task "after"[0] on (1, 0, 0) "array" after(%b) duration 7
  // CHECK: lower_bound_ps 13
}
