// Counters of steps that are shorter than the nanoseconds of a trace.
// RUN: atleus-translate --export-trace %s | FileCheck %s

// A tenth of a nanosecond with 1 W, and 100.9 with 99 mW: the latter counts.
// CHECK: "name":"power"
// CHECK: "name":"power"
// CHECK-SAME: 0.099
sched.schedule @short on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "u" start 0 duration 100 energy 100000
  %b = sched.task "b"[0] on (0, 0, 0) "u" after(%a) start 100 duration 100900
    energy 9990000
}
