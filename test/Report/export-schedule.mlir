// RUN: atleus-translate --export-schedule %s > %t.json
// RUN: FileCheck %s --check-prefix=LINES --input-file=%t.json
// RUN: %python -m json.tool --indent=1 %t.json | FileCheck %s
// RUN: atleus-translate --export-schedule-binary %s \
// RUN:   | protoc --decode=atleus.schedule.v1.Schedule -I %source_dir/include \
// RUN:       %source_dir/include/atleus/Report/schedule.proto | FileCheck %s --check-prefix=BINARY

// Fields and what they list begin lines.
// LINES:      {{^}}{"schemaVersion":1,{{$}}
// LINES-NEXT: {{^}}"name":"main",{{$}}
// LINES:      {{^}}"tasks":[{{$}}
// LINES-NEXT: {{^}}{"kind":"COMPUTE","kernel":"query","index":"3","startPs":"0","durationPs":"900","energyFj":"77","uses":[{"resource":0,"offsetPs":"0","lengthPs":"900"}],"resultBits":"1024"},{{$}}
// LINES-NEXT: {{^}}{"kind":"TRANSFER",
// LINES-NEXT: {{^}}{"kind":"BARRIER","startPs":"950","durationPs":"0","dependences":[0,1]},{{$}}
// LINES-NEXT: {{^}}{"kind":"COMPUTE",{{.*}}}],{{$}}
// LINES-NEXT: {{^}}"programs":[{{$}}
// LINES:      {{^}}"summary":{"criticalPathPs":"1050",{{.*}}}}{{$}}

// CHECK:      "schemaVersion": 1,
// CHECK-NEXT: "name": "main",
// CHECK-NEXT: "model": "tiny",
// CHECK-NEXT: "machine": "atleus",
// CHECK-NEXT: "makespanPs": "1050",
// CHECK-NEXT: "intervalPs": "900",
// BINARY: schema_version: 1
// BINARY: makespan_ps: 1050
sched.schedule @main of "tiny" on @atleus makespan_ps(1050) interval_ps(900) {
  sched.program "query" on [(0, 1, 1), (1, 1, 1)] arrays 144 duration 1404000
    energy 22600
  %0 = sched.task "query"[3] on (0, 1, 1) "arrays" start 0 duration 900
    energy 77 result_bits 1024
  %1 = sched.transfer "query"[3] along (0, 1, 1)[z-] bits 512 flits 4 flit_ps 10
    hop_ps 5 after(%0) release 100 start 900 duration 50 energy 8
  %2 = sched.barrier after(%0, %1) start 950
  %3 = sched.task "scores"[0] on (0, 1, 0) "array" after(%2) start 950
    duration 100
  sched.summary makespan_ps 1050 critical_path_ps 1050 busiest_resource_ps 900
    "unit (0, 1, 1) arrays" bandwidth_ps 40 lower_bound_ps 1050
    energy_fj {link = 8, register = 77}
}

// CHECK:      "resources": [
// CHECK-NEXT:  {
// CHECK-NEXT:   "name": "unit (0, 1, 1) arrays",
// CHECK-NEXT:   "kind": "UNIT",
// CHECK-NEXT:   "node": {
// CHECK-NEXT:    "x": 0,
// CHECK-NEXT:    "y": 1,
// CHECK-NEXT:    "z": 1
// CHECK-NEXT:   },
// CHECK-NEXT:   "unit": "arrays"
// CHECK:        "kind": "INJECTION_PORT",
// CHECK:        "name": "link (0, 1, 1) z-",
// CHECK-NEXT:   "kind": "LINK",
// CHECK:        "direction": "Z_MINUS"
// CHECK:        "kind": "EJECTION_PORT",
// CHECK:        "name": "unit (0, 1, 0) array",

// CHECK:      "tasks": [
// CHECK-NEXT:  {
// CHECK-NEXT:   "kind": "COMPUTE",
// CHECK-NEXT:   "kernel": "query",
// CHECK-NEXT:   "index": "3",
// CHECK-NEXT:   "startPs": "0",
// CHECK-NEXT:   "durationPs": "900",
// CHECK-NEXT:   "energyFj": "77",
// CHECK-NEXT:   "uses": [
// CHECK-NEXT:    {
// CHECK-NEXT:     "resource": 0,
// CHECK-NEXT:     "offsetPs": "0",
// CHECK-NEXT:     "lengthPs": "900"
// CHECK:         "resultBits": "1024"
// CHECK:        "kind": "TRANSFER",
// CHECK-NEXT:   "kernel": "query",
// CHECK-NEXT:   "index": "3",
// CHECK-NEXT:   "releasePs": "100",
// CHECK-NEXT:   "startPs": "900",
// CHECK-NEXT:   "durationPs": "50",
// CHECK-NEXT:   "energyFj": "8",
// CHECK-NEXT:   "dependences": [
// CHECK-NEXT:    0
// CHECK-NEXT:   ],
// CHECK:         "resource": 3,
// CHECK-NEXT:    "offsetPs": "5",
// CHECK-NEXT:    "lengthPs": "40"
// CHECK:        "transfer": {
// CHECK:         "route": [
// CHECK-NEXT:     "Z_MINUS"
// CHECK:         "bits": "512",
// CHECK-NEXT:    "flits": "4"
// CHECK:        "kind": "BARRIER",
// CHECK-NEXT:   "startPs": "950",
// CHECK-NEXT:   "durationPs": "0",
// CHECK-NEXT:   "dependences": [
// CHECK-NEXT:    0,
// CHECK-NEXT:    1
// CHECK-NEXT:   ]
// CHECK:        "kernel": "scores",
// BINARY: result_bits: 1024
// BINARY: kind: TRANSFER
// BINARY: dependences: 0

// CHECK:      "programs": [
// CHECK-NEXT:  {
// CHECK-NEXT:   "kernel": "query",
// CHECK:        "arrays": "144",
// CHECK-NEXT:   "durationPs": "1404000",
// CHECK-NEXT:   "energyFj": "22600"

// CHECK:      "summary": {
// CHECK-NEXT:  "criticalPathPs": "1050",
// CHECK-NEXT:  "busiestResourcePs": "900",
// CHECK-NEXT:  "busiestResource": "unit (0, 1, 1) arrays",
// CHECK-NEXT:  "bandwidthPs": "40",
// CHECK-NEXT:  "energy": [
// CHECK-NEXT:   {
// CHECK-NEXT:    "component": "link",
// CHECK-NEXT:    "energyFj": "8"
// CHECK:      "lowerBoundPs": "1050"
