// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-translate --export-trace | %python -m json.tool --indent=0 \
// RUN:   | tr '\n' ' ' | sed -e 's/}, { "ph"/},\n{ "ph"/g' > %t
// RUN: FileCheck %s < %t
// RUN: grep -c '"ph": "C"' %t | FileCheck %s --check-prefix=COUNT

// A counter for each of the machine's eight buffers that is in use, with a value
// for each change.
// COUNT: 8

// MACHINE
sched.schedule @main of "tiny" on @small makespan_ps(3000000) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 1000000
    result_bits 801
  %1 = sched.transfer "a"[0] along (1, 0, 0)[z+] bits 801 flits 4 flit_ps 100000
    hop_ps 5000 after(%0) start 1000000 duration 500000
  %2 = sched.task "b"[0] on (1, 0, 1) "arrays b" after(%1) start 1500000
    duration 500000 result_bits 16
  %3 = sched.task "c"[0] on (0, 0, 0) "array" start 2000000 duration 1000000
    result_bits 8
}
// CHECK:      "ph": "C", "name": "buffer (0, 0, 0)", "cat": "buffer", "pid": 1, "ts": 0.0, "args": { "bytes": 0 }
// CHECK-NEXT: "ph": "C", "name": "buffer (0, 0, 0)", "cat": "buffer", "pid": 1, "ts": 2.0, "args": { "bytes": 1 }
// CHECK-NEXT: "ph": "C", "name": "buffer (1, 0, 0)", "cat": "buffer", "pid": 1, "ts": 0.0, "args": { "bytes": 101 }
// CHECK-NEXT: "ph": "C", "name": "buffer (1, 0, 0)", "cat": "buffer", "pid": 1, "ts": 1.4, "args": { "bytes": 0 }
// CHECK-NEXT: "ph": "C", "name": "buffer (1, 0, 1)", "cat": "buffer", "pid": 2, "ts": 0.0, "args": { "bytes": 0 }
// CHECK-NEXT: "ph": "C", "name": "buffer (1, 0, 1)", "cat": "buffer", "pid": 2, "ts": 1.005, "args": { "bytes": 101 }
// CHECK-NEXT: "ph": "C", "name": "buffer (1, 0, 1)", "cat": "buffer", "pid": 2, "ts": 1.5, "args": { "bytes": 103 }
// CHECK-NEXT: "ph": "C", "name": "buffer (1, 0, 1)", "cat": "buffer", "pid": 2, "ts": 2.0, "args": { "bytes": 0 }
