// The largest lower bound heeds dependences and resources at once.
// RUN: atleus-opt %s --atleus-schedule | FileCheck %s

// Two layers of a unit each, with all of the first before the second: neither
// the longest path (20) nor a unit (20) takes as long as both units (40).
// CHECK-LABEL: sched.schedule @layers on @m makespan_ps(40)
sched.schedule @layers on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  %b = sched.task "a"[1] on (0, 0, 0) "array" duration 10
  %c = sched.barrier after(%a, %b)
  %d = sched.task "b"[0] on (1, 0, 0) "array" after(%c) duration 10
  %e = sched.task "b"[1] on (1, 0, 0) "array" after(%c) duration 10
  // CHECK: critical_path_ps 20 busiest_resource_ps 20 {{.*}} lower_bound_ps 40
}
