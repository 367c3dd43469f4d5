// Names that need escapes are those of JSON.
// RUN: atleus-translate --export-trace %s > %t.json
// RUN: %python %inputs/check_trace.py %t.json
// RUN: FileCheck %s < %t.json

// CHECK: {"displayTimeUnit":"ns","otherData":{"model":"ti\"ny","machine":"m","flows":"all dependences"},"traceEvents":[
// CHECK: "name":"thread_name",{{.*}}"args":{"name":"unit (0, 0, 0) ar\"ray"}},
sched.schedule @main of "ti\22ny" on @m {
  // CHECK: {"ph":"X","name":"a\"b\\c\n[0]","cat":"vector",
  %0 = sched.task "a\22b\\c\0A"[0] on (0, 0, 0) "ar\22ray" start 0
    duration 1000
  // The name of a transfer's own task is not repeated, that of another is told.
  // CHECK: {"ph":"X","name":"a\"b\\c\n[0]","cat":"transfer",{{.*}}"args":{"bits":8,"flits":1}},
  %1 = sched.transfer "a\22b\\c\0A"[0] along (0, 0, 0)[x+] bits 8 flits 1
    flit_ps 10 hop_ps 5 after(%0) start 1000 duration 15
  // CHECK: {"ph":"X","name":"b[1]","cat":"transfer",{{.*}}"args":{"bits":8,"flits":1,"waits_for":"a\"b\\c\n[0]",
  %2 = sched.transfer "b"[1] along (0, 0, 0)[y+] bits 8 flits 1
    flit_ps 10 hop_ps 5 after(%0) start 1100 duration 15
  // CHECK: {"ph":"X","name":"d[0]",{{.*}}"args":{"waits_for":"transfer of a\"b\\c\n[0]"}}
  %3 = sched.task "d"[0] on (1, 0, 0) "array" after(%1) start 1015
    duration 1000
}
