// Starts that are there already are kept, checked and judged.
// RUN: atleus-opt %s --atleus-schedule=algorithm=given -split-input-file \
// RUN:   -verify-diagnostics | FileCheck %s

// CHECK-LABEL: sched.schedule @late on @m makespan_ps(45) interval_ps(30)
sched.schedule @late on @m makespan_ps(45) interval_ps(7) {
  // CHECK: start 5 duration 10
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 5 duration 10
  // CHECK: start 25 duration 10
  %b = sched.task "a"[1] on (0, 0, 0) "array" start 25 duration 10
  // CHECK: start 35 duration 10
  %c = sched.task "b"[0] on (1, 0, 0) "array" after(%b) start 35 duration 10
  // CHECK: sched.summary makespan_ps 45 critical_path_ps 20
}

// -----

sched.schedule @incomplete on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 10
  // expected-error @below {{'sched.task' op has no start: schedule it first}}
  %b = sched.task "a"[1] on (0, 0, 0) "array" duration 10
}

// -----

sched.schedule @twice on @m {
  // expected-error @below {{"a"[0] holds unit (0, 0, 0) array from 9 ps on, but "b"[0] holds it until 10 ps}}
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 9 duration 10
  // expected-note @below {{"b"[0] starts at 0 ps}}
  %b = sched.task "b"[0] on (0, 0, 0) "array" start 0 duration 10
}

// -----

sched.schedule @early on @m {
  // expected-note @below {{"a"[0] starts at 0 ps}}
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 10
  // expected-error @below {{"b"[0] starts at 9 ps, but "a"[0], for which it waits, ends at 10 ps}}
  %b = sched.task "b"[0] on (1, 0, 0) "array" after(%a) start 9 duration 10
}
