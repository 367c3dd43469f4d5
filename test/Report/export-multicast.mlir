// RUN: atleus-translate --export-schedule %s \
// RUN:   | %python -m json.tool --indent=1 | FileCheck %s
// RUN: atleus-translate --export-trace %s | FileCheck %s --check-prefix=TRACE

// Two links, a branch that leaves from their middle over an added link, and the
// middle itself.
// CHECK:      "resources": [
// CHECK:        "name": "injection (0, 0, 0)",
// CHECK:        "name": "link (0, 0, 0) x+",
// CHECK:        "name": "link (1, 0, 0) x+",
// CHECK:        "name": "ejection (2, 0, 0)",
// CHECK:        "name": "link (1, 0, 0) -> (3, 3, 0)",
// CHECK:        "name": "ejection (3, 3, 0)",
// CHECK:        "name": "ejection (1, 0, 0)",
// CHECK:      "uses": [
// CHECK:        "resource": 3,
// CHECK-NEXT:   "offsetPs": "10",
// CHECK:        "resource": 4,
// CHECK-NEXT:   "offsetPs": "5",
// CHECK:        "resource": 5,
// CHECK-NEXT:   "offsetPs": "12",
// CHECK:        "resource": 6,
// CHECK-NEXT:   "offsetPs": "5",
// CHECK:      "transfer": {
// CHECK:        "route": [
// CHECK-NEXT:    "X_PLUS",
// CHECK-NEXT:    "X_PLUS"
// CHECK:        "bits": "512",
// CHECK:        "branches": [
// CHECK-NEXT:   {
// CHECK-NEXT:    "from": {
// CHECK-NEXT:     "x": 1,
// CHECK-NEXT:     "y": 0,
// CHECK-NEXT:     "z": 0
// CHECK-NEXT:    },
// CHECK-NEXT:    "route": [
// CHECK-NEXT:     "ADDED"
// CHECK-NEXT:    ],
// CHECK-NEXT:    "targets": [
// CHECK-NEXT:     {
// CHECK-NEXT:      "x": 3,
// CHECK-NEXT:      "y": 3,
// CHECK-NEXT:      "z": 0
// CHECK:         },
// CHECK-NEXT:    {
// CHECK-NEXT:     "from": {
// CHECK-NEXT:      "x": 1,
// CHECK-NOT:      "route"
// CHECK:      "startPs"

// Each part of the tree is on its track for as long as it is held.
// TRACE: "name":"query[3]","cat":"transfer","pid":3,"tid":1,
// TRACE-NEXT: "name":"query[3]","pid":3,"tid":2,
// TRACE-NEXT: "name":"query[3]","pid":3,"tid":3,
// TRACE-NEXT: "name":"query[3]","pid":3,"tid":4,
// TRACE-NEXT: "name":"query[3]","pid":3,"tid":5,
// TRACE-NEXT: "name":"query[3]","pid":3,"tid":6,
// TRACE-NEXT: "name":"query[3]","pid":3,"tid":7,
sched.schedule @main of "tiny" on @m makespan_ps(1060) {
  %0 = sched.transfer "query"[3] along (0, 0, 0)[x+, x+]
    branches [(1, 0, 0)[-> (3, 3, 0)], (1, 0, 0)[]] bits 512 flits 4 flit_ps 10
    hop_ps 5 added_hop_ps 7 start 0 duration 60
  %1 = sched.task "scores"[0] on (2, 0, 0) "array" after(%0) start 960
    duration 100
}
