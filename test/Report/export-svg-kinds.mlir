// Kinds are stacked: each lies in front of the sum of it and those before it.
// RUN: atleus-translate --export-svg %s | FileCheck %s

// CHECK: >2 of 2 units</text>
// CHECK: <path fill="#59a14f" d="M130 {{[0-9]+}}V[[ALL:[0-9.]+]]h850V
// CHECK-NEXT: <path fill="#4e79a7" d="M130 {{[0-9]+}}V
// CHECK-NOT: [[ALL]]
// CHECK-SAME: h850V
sched.schedule @main on @m {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 10
  %1 = sched.task "b"[0] on (0, 0, 0) "vector" start 0 duration 10
}
