// RUN: atleus-translate --export-trace %s | %python -m json.tool --indent=0 \
// RUN:   | tr '\n' ' ' | sed -e 's/}, { "ph"/},\n{ "ph"/g' > %t
// RUN: FileCheck %s < %t
// RUN: atleus-translate --export-trace %s > %t.json
// RUN: %python %inputs/check_trace.py %t.json

// CHECK: "model": "tiny", "machine": "m", "flows": "all dependences"
// Totals come first, then tiers, then the network.
// CHECK-DAG: "name": "process_name", "pid": 1, "args": { "name": "machine" }
// CHECK-DAG: "name": "process_name", "pid": 2, "args": { "name": "tier 0" }
// CHECK-DAG: "name": "process_name", "pid": 3, "args": { "name": "tier 1" }
// CHECK-DAG: "name": "process_name", "pid": 4, "args": { "name": "network of tier 0" }
// CHECK-DAG: "name": "process_name", "pid": 6, "args": { "name": "vertical links" }
// CHECK-DAG: "name": "process_sort_index", "pid": 3, "args": { "sort_index": 3 }

// CHECK-DAG: "name": "thread_name", "pid": 1, "tid": [[CHAIN:[0-9]+]], "args": { "name": "critical chain" }
// CHECK-DAG: "name": "thread_name", "pid": 3, "tid": [[ARRAYS:[0-9]+]], "args": { "name": "unit (0, 1, 1) arrays" }
// CHECK-DAG: "name": "thread_name", "pid": 2, "tid": [[ARRAY:[0-9]+]], "args": { "name": "unit (0, 1, 0) array" }
// CHECK-DAG: "name": "thread_name", "pid": 5, "tid": [[INJECTION:[0-9]+]], "args": { "name": "injection (0, 1, 1)" }
// CHECK-DAG: "name": "thread_name", "pid": 6, "tid": [[LINK:[0-9]+]], "args": { "name": "link (0, 1, 1) z-" }
// CHECK-DAG: "name": "thread_name", "pid": 4, "tid": [[EJECTION:[0-9]+]], "args": { "name": "ejection (0, 1, 0)" }
// CHECK-DAG: "name": "thread_sort_index", "pid": 2, "tid": [[ARRAY]], "args": { "sort_index": 1 }
// CHECK-DAG: "name": "thread_sort_index", "pid": 6, "tid": [[LINK]], "args": { "sort_index": 5 }

sched.schedule @main of "tiny" on @m {
  // A task is a slice of its kind, and in it one of its own. Times are whole
  // nanoseconds.
  // CHECK: "ph": "X", "name": "linear", "cat": "linear", "pid": 3, "tid": [[ARRAYS]], "ts": 0.0, "dur": 12.0 }
  // CHECK: "ph": "X", "name": "query[3]", "cat": "linear", "pid": 3, "tid": [[ARRAYS]], "ts": 0.0, "dur": 12.0, "args": { "result_bytes": 64, "energy_fj": 24000000 } }
  %0 = sched.task "query"[3] on (0, 1, 1) "arrays" start 0 duration 12000003
    energy 24000000 result_bits 512
  // CHECK: "ph": "X", "name": "query[3]", "cat": "transfer", "pid": 5, "tid": [[INJECTION]], "ts": 12.0, "dur": 0.04, "args": { "bits": 512, "flits": 4 } }
  // CHECK: "ph": "X", "name": "query[3]", "pid": 6, "tid": [[LINK]], "ts": 12.0, "dur": 0.04 }
  // CHECK: "ph": "X", "name": "query[3]", "pid": 4, "tid": [[EJECTION]], "ts": 12.005, "dur": 0.04 }
  %1 = sched.transfer "query"[3] along (0, 1, 1)[z-] bits 512 flits 4
    flit_ps 10000 hop_ps 5000 after(%0) start 12000003 duration 50000
  %2 = sched.barrier after(%0, %1) start 12050003
  // CHECK: "ph": "X", "name": "vector", "cat": "vector", "pid": 2, "tid": {{[0-9]+}}, "ts": 13.05, "dur": 1.5 }
  // CHECK: "ph": "X", "name": "softmax[0]", {{.*}} "args": { "waits_for": "transfer of query[3]", "then_for_resource_ns": 1000 } }
  %3 = sched.task "softmax"[0] on (0, 1, 0) "vector" after(%2) start 13050003
    duration 1500000
  // CHECK: "ph": "X", "name": "linear", "cat": "linear", "pid": 2, "tid": [[ARRAY]], "ts": 14.55, "dur": 0.0 }
  // CHECK: "ph": "X", "name": "scores[0]",
  %4 = sched.task "scores"[0] on (0, 1, 0) "array" after(%3) start 14550003
    duration 100
}

// The chain has no barriers.
// CHECK-NEXT: "ph": "X", "name": "linear", "cat": "critical", "pid": 1, "tid": [[CHAIN]], "ts": 0.0, "dur": 12.0 }
// CHECK-NEXT: "ph": "X", "name": "query[3]", "cat": "critical", {{.*}} "args": { "waits_for": "nothing" } }
// CHECK-NEXT: "ph": "X", "name": "transfer", "cat": "critical", {{.*}} "ts": 12.0, "dur": 0.05 }
// CHECK-NEXT: "ph": "X", "name": "query[3]", "cat": "critical", {{.*}} "args": { "waits_for": "data" } }
// CHECK-NEXT: "ph": "X", "name": "vector", "cat": "critical",
// CHECK-NEXT: "ph": "X", "name": "softmax[0]", "cat": "critical",

// The flow through the barrier comes from the transfer, which ends last. The
// task could have started then, and does not.
// CHECK:      "ph": "s", "name": "critical", "cat": "dependence", "id": 1, "pid": 3, "tid": [[ARRAYS]], "ts": 0.0 }
// CHECK-NEXT: "ph": "f", "name": "critical", "cat": "dependence", "id": 1, "bp": "e", "pid": 5, "tid": [[INJECTION]], "ts": 12.0 }
// CHECK-NEXT: "ph": "s", "name": "waits", "cat": "dependence", "id": 2, "pid": 4, "tid": [[EJECTION]], "ts": 12.005 }
// CHECK-NEXT: "ph": "f", "name": "waits", "cat": "dependence", "id": 2, "bp": "e", "pid": 2, "tid": {{[0-9]+}}, "ts": 13.05 }

// 24 nJ in 12 us, of the machine and of the tier.
// CHECK: "ph": "C", "name": "power", "pid": 1, "ts": 0.0, "args": { "W": 0.002 } }
// CHECK: "ph": "C", "name": "power", "pid": 3, "ts": 0.0, "args": { "W": 0.002 } }
// CHECK: "ph": "C", "name": "links in use", "pid": 1, "ts": 0.0, "args": { "links": 0 } }
// CHECK: "ph": "C", "name": "links in use", "pid": 1, "ts": {{.*}}, "args": { "links": 1 } }
// CHECK: "ph": "C", "name": "links in use", "pid": 1, "ts": 14.55, "args": { "links": 0 } }
