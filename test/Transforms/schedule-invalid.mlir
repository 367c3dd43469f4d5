// RUN: atleus-opt %s --atleus-schedule -split-input-file -verify-diagnostics

// expected-error @below {{'sched.schedule' op cannot be scheduled: the times of the tasks up to "c"[0] add up to more than 4611686018427387903 ps}}
sched.schedule @times_overflow on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 2305843009213693952
  %b = sched.task "b"[0] on (0, 0, 1) "array" duration 2305843009213693951
  %c = sched.task "c"[0] on (0, 0, 2) "array" duration 1
}
