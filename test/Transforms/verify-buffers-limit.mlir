// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-verify-buffers 2>&1 \
// RUN:   | FileCheck %s --check-prefixes=CHECK,WARNING
// RUN: not atleus-opt %t.mlir --atleus-verify-buffers=enforce-limit 2>&1 \
// RUN:   | FileCheck %s --check-prefixes=CHECK,ERROR

// One diagnostic for the worst buffer, with a size that is enough at every rate
// for all buffers of its core.
// CHECK-NOT: keeps 60000
// WARNING: warning: schedule @full keeps 73000 bytes in the buffer of node (1, 0, 0) of @sa0 at 5 ps, but it holds 65536, with an inference every 20 ps; 2 other buffers are too small
// ERROR: error: schedule @full keeps 73000 bytes in the buffer of node (1, 0, 0) of @sa0 at 5 ps, but it holds 65536, with an inference every 20 ps; 2 other buffers are too small
// CHECK: note: largest: "d"[0] 30000 bytes, "a"[0] 20000 bytes, "b"[0] 20000 bytes and 1 more
// CHECK: note: buffer declared here; --set=pe.buffer_bytes=120000 makes it large enough
// WARNING: warning: schedule @alone keeps 65537 bytes in the buffer of node (0, 1, 1) of @reram0 at 0 ps, but it holds 65536, with an inference every 20 ps; 1 other buffer is too small
// WARNING: note: largest: "a"[0] 65537 bytes
// WARNING: note: buffer declared here; --set=cells.buffer_bytes=65537 makes it large enough
// ERROR-NOT: schedule @alone
// WARNING: sched.schedule @full
// WARNING-SAME: attributes {sched.exceeds_buffers}

// MACHINE
sched.schedule @full on @small makespan_ps(20) interval_ps(10) {
  %a = sched.task "a"[0] on (1, 0, 0) "u" start 0 duration 8 result_bits 160000
  %b = sched.task "b"[0] on (1, 0, 0) "v" start 0 duration 8 result_bits 160000
  %c = sched.task "c"[0] on (1, 0, 0) "w" start 0 duration 8 result_bits 24000
  %d = sched.task "d"[0] on (1, 0, 0) "x" start 5 duration 3 result_bits 240000
  %e = sched.task "e"[0] on (0, 1, 0) "u" start 0 duration 20 result_bits 480000
  %f = sched.task "f"[0] on (1, 1, 1) "u" start 0 duration 20 result_bits 560000
}
sched.schedule @alone on @small makespan_ps(20) {
  %a = sched.task "a"[0] on (0, 1, 1) "u" start 0 duration 20 result_bits 524290
  %b = sched.task "b"[0] on (1, 1, 1) "u" start 0 duration 20 result_bits 524290
}
