// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-translate --export-trace > %t.json
// RUN: %python %inputs/check_trace.py %t.json
// RUN: sed -e 's/},{"ph"/},\n{"ph"/g' %t.json | FileCheck %s

// Of each tier whose buffers are in use: all of them and the fullest one, with
// a value for each of a thousand steps in which it changes, the most within it.

// MACHINE
// CHECK: "name":"process_name","pid":2,"args":{"name":"sa0"}
// CHECK: "name":"process_name","pid":3,"args":{"name":"reram0"}
sched.schedule @main of "tiny" on @small makespan_ps(3000000) {
  %0 = sched.task "a"[0] on (1, 0, 0) "array" start 0 duration 1000000
    result_bits 801
  %1 = sched.transfer "a"[0] along (1, 0, 0)[z+] bits 801 flits 4 flit_ps 100000
    hop_ps 5000 after(%0) start 1000000 duration 500000
  %2 = sched.task "b"[0] on (1, 0, 1) "arrays b" after(%1) start 1500000
    duration 500000 result_bits 16
  %3 = sched.task "c"[0] on (0, 0, 0) "array" start 1200000 duration 1800000
    result_bits 1600
}
// CHECK:      "ph":"C","name":"all buffers","pid":2,"ts":0.000,"args":{"bytes":101}
// CHECK-NEXT: "ph":"C","name":"all buffers","pid":2,"ts":1.200,"args":{"bytes":301}
// CHECK-NEXT: "ph":"C","name":"all buffers","pid":2,"ts":1.401,"args":{"bytes":200}
// CHECK-NEXT: "ph":"C","name":"fullest buffer","pid":2,"ts":0.000,"args":{"bytes":101}
// CHECK-NEXT: "ph":"C","name":"fullest buffer","pid":2,"ts":1.200,"args":{"bytes":200}
// CHECK-NEXT: "ph":"C","name":"all buffers","pid":3,"ts":0.000,"args":{"bytes":0}
// CHECK-NEXT: "ph":"C","name":"all buffers","pid":3,"ts":1.005,"args":{"bytes":101}
// CHECK-NEXT: "ph":"C","name":"all buffers","pid":3,"ts":1.500,"args":{"bytes":103}
// CHECK-NEXT: "ph":"C","name":"all buffers","pid":3,"ts":2.001,"args":{"bytes":0}
