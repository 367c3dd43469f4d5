// RUN: atleus-translate --export-trace %s | %python -m json.tool --indent=0 \
// RUN:   | tr '\n' ' ' | sed -e 's/}, { "ph"/},\n{ "ph"/g' | FileCheck %s

// CHECK: "model": "tiny", "machine": "m"
// CHECK-DAG: "name": "process_name", "pid": 1, "args": { "name": "tier 0" }
// CHECK-DAG: "name": "process_name", "pid": 2, "args": { "name": "tier 1" }
// CHECK-DAG: "name": "process_sort_index", "pid": 2, "args": { "sort_index": 1 }

// Units come before links and ports.
// CHECK-DAG: "name": "thread_name", "pid": 2, "tid": [[ARRAYS:[0-9]+]], "args": { "name": "unit (0, 1, 1) arrays" }
// CHECK-DAG: "name": "thread_name", "pid": 1, "tid": [[ARRAY:[0-9]+]], "args": { "name": "unit (0, 1, 0) array" }
// CHECK-DAG: "name": "thread_name", "pid": 2, "tid": [[LINK:[0-9]+]], "args": { "name": "link (0, 1, 1) z-" }
// CHECK-DAG: "name": "thread_name", "pid": 1, "tid": [[EJECTION:[0-9]+]], "args": { "name": "ejection (0, 1, 0)" }
// CHECK-DAG: "name": "thread_sort_index", "pid": 1, "tid": [[ARRAY]], "args": { "sort_index": 0 }
// CHECK-DAG: "name": "thread_sort_index", "pid": 1, "tid": [[EJECTION]], "args": { "sort_index": 2 }

sched.schedule @main of "tiny" on @m {
  // CHECK: "ph": "X", "name": "\"query\"[3]", "cat": "task", "pid": 2, "tid": [[ARRAYS]], "ts": 0.0, "dur": 12.000003, "args": { "kernel": "query", "index": 3, "energy_fj": 77 }
  %0 = sched.task "query"[3] on (0, 1, 1) "arrays" start 0 duration 12000003
    energy 77
  // CHECK: "ph": "X", "name": "transfer of \"query\"[3]", "cat": "transfer", "pid": 2, "tid": {{[0-9]+}}, "ts": 12.000003, "dur": 0.04,
  // CHECK: "ph": "X", "name": "transfer of \"query\"[3]", "cat": "transfer", "pid": 2, "tid": [[LINK]], "ts": 12.000003, "dur": 0.04, "args": { "kernel": "query", "index": 3, "bits": 512, "flits": 4 }
  // CHECK: "ph": "X", "name": "transfer of \"query\"[3]", "cat": "transfer", "pid": 1, "tid": [[EJECTION]], "ts": 12.005003, "dur": 0.04,
  %1 = sched.transfer "query"[3] along (0, 1, 1)[z-] bits 512 flits 4
    flit_ps 10000 hop_ps 5000 after(%0) start 12000003 duration 50000
  %2 = sched.barrier after(%0, %1) start 12050003
  // CHECK: "ph": "X", "name": "\"scores\"[0]", "cat": "task", "pid": 1, "tid": [[ARRAY]], "ts": 12.050003, "dur": 0.0001,
  %3 = sched.task "scores"[0] on (0, 1, 0) "array" after(%2) start 12050003
    duration 100
}

// The flow through the barrier comes from the transfer, which ends last.
// CHECK:      "ph": "s", "name": "waits", "cat": "dependence", "id": 1, "pid": 2, "tid": [[ARRAYS]], "ts": 0.0 }
// CHECK-NEXT: "ph": "f", "name": "waits", "cat": "dependence", "id": 1, "bp": "e", "pid": 2, "tid": {{[0-9]+}}, "ts": 12.000003 }
// CHECK-NEXT: "ph": "s", "name": "waits", "cat": "dependence", "id": 2, "pid": 1, "tid": [[EJECTION]], "ts": 12.005003 }
// CHECK-NEXT: "ph": "f", "name": "waits", "cat": "dependence", "id": 2, "bp": "e", "pid": 1, "tid": [[ARRAY]], "ts": 12.050003 }
// CHECK-NOT: "ph"
