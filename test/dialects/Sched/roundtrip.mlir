// RUN: atleus-opt %s | atleus-opt | FileCheck %s
// RUN: atleus-opt %s --emit-bytecode | atleus-opt | FileCheck %s

// CHECK-LABEL: sched.schedule @problem of "two-layers" on @atleus {
sched.schedule @problem of "two-layers" on @atleus {
  // CHECK-NEXT: sched.program "query" on [(0, 1, 1), (0, 2, 1)] arrays 144 duration 1404000 energy 22600
  sched.program "query" on [(0, 1, 1), (0, 2, 1)] arrays 144
    duration 1404000 energy 22600
  // CHECK-NEXT: sched.program "key" on [(0, 1, 1)] arrays 1 duration 0 {note = "k"}
  sched.program "key" on [(0, 1, 1)] arrays 1 duration 0 {note = "k"}
  // CHECK-NEXT: %[[A:.*]] = sched.task "query"[0] on (0, 1, 1) "arrays.query" duration 900
  %a = sched.task "query"[0] on (0, 1, 1) "arrays.query" duration 900
  // CHECK-NEXT: %[[B:.*]] = sched.task "query"[1] on (0, 1, 1) "arrays.query" after(%[[A]]) release 500 duration 900
  %b = sched.task "query"[1] on (0, 1, 1) "arrays.query" after(%a) release 500
    duration 900
  // CHECK-NEXT: %[[C:.*]] = sched.transfer "query"[0] along (0, 1, 1)[x+, z-] bits 6144 flits 48 flit_ps 10 hop_ps 50 after(%[[A]], %[[B]]) duration 600
  %c = sched.transfer "query"[0] along (0, 1, 1)[x+, z-] bits 6144 flits 48
    flit_ps 10 hop_ps 50 after(%a, %b) duration 600
  // CHECK-NEXT: %[[D:.*]] = sched.transfer "query"[1] along (0, 1, 1)[] bits 1 flits 1 flit_ps 10 hop_ps 50 vertical_hop_ps 40 after(%[[B]]) release 7 duration 10
  %d = sched.transfer "query"[1] along (0, 1, 1)[] bits 1 flits 1
    flit_ps 10 hop_ps 50 vertical_hop_ps 40 after(%b) release 7 duration 10
  // CHECK-NEXT: sched.transfer "query"[2] along (0, 1, 1)[-> (3, 1, 1)] bits 1 flits 2 flit_ps 10 held_ps 30 hop_ps 50 added_hop_ps 60 duration 90
  sched.transfer "query"[2] along (0, 1, 1)[-> (3, 1, 1)] bits 1 flits 2
    flit_ps 10 held_ps 30 hop_ps 50 added_hop_ps 60 duration 90
  // CHECK-NEXT: sched.transfer "query"[3] along (0, 0, 1)[x+, x+] branches [(1, 0, 1)[], (1, 0, 1)[y+, -> (3, 3, 1)]] bits 1 flits 2 flit_ps 10 hop_ps 50 added_hop_ps 60 duration 180
  sched.transfer "query"[3] along (0, 0, 1)[x+, x+]
    branches [(1, 0, 1)[], (1, 0, 1)[y+, -> (3, 3, 1)]] bits 1 flits 2
    flit_ps 10 hop_ps 50 added_hop_ps 60 duration 180
  // CHECK-NEXT: sched.task "head"[0] on (0, 1, 1) "array" streams "dram" (0, 0, 0) for 400 after(%[[C]]) duration 900
  %h = sched.task "head"[0] on (0, 1, 1) "array" streams "dram" (0, 0, 0)
    for 400 after(%c) duration 900
  // CHECK-NEXT: sched.task "input:x"[0] on (0, 0, 0) "dram" duration 900 energy 12 bytes 64 result_bits 512 {note = "x"}
  %i = sched.task "input:x"[0] on (0, 0, 0) "dram" duration 900 energy 12
    bytes 64 result_bits 512 {note = "x"}
  // CHECK-NEXT: sched.barrier after(%[[C]], %[[D]])
  %e = sched.barrier after(%c, %d)
  // Names are quoted as MLIR does it, and numbers may stand among the others.
  // CHECK-NEXT: sched.task "a\22b\\\09"[4] on (0, 1, 1) "un\22it" duration 900 bytes 64 {note = [1, 2]}
  %f = sched.task "a\22b\\\09"[4] on (0, 1, 1) "un\22it" duration 900
    {bytes = 64 : i64, note = [1, 2]}
  // CHECK-NEXT: sched.transfer "query"[4] along (0, 1, 1)[] bits 1 flits 1 flit_ps 10 hop_ps 50 duration 10 energy 7 {note = "y"}
  %g = sched.transfer "query"[4] along (0, 1, 1)[] bits 1 flits 1 flit_ps 10
    hop_ps 50 duration 10 {energy_fj = 7 : i64, note = "y"}
}

// CHECK-LABEL: sched.schedule @solved on @atleus makespan_ps(1600) interval_ps(900) attributes {note = "x"} {
sched.schedule @solved on @atleus makespan_ps(1600) interval_ps(900)
    attributes {note = "x"} {
  // CHECK-NEXT: sched.task "query"[0] on (0, 1, 1) "arrays" start 0 duration 900 energy 12 result_bits 0
  %a = sched.task "query"[0] on (0, 1, 1) "arrays" start 0 duration 900
    energy 12 result_bits 0
  // CHECK-NEXT: sched.transfer {{.*}} hop_ps 50 after(%{{.*}}) start 1000 duration 600 energy 34
  %c = sched.transfer "query"[0] along (0, 1, 1)[x+, z-] bits 6144 flits 48
    flit_ps 10 hop_ps 50 after(%a) start 1000 duration 600 energy 34
  // CHECK-NEXT: sched.barrier after(%{{.*}}) start 1600
  %e = sched.barrier after(%c) start 1600
  // CHECK-NEXT: sched.summary makespan_ps 1600 critical_path_ps 1500
  // CHECK-SAME: busiest_resource_ps 900 "unit (0, 1, 1) arrays" bandwidth_ps 480 lower_bound_ps 1550 energy_fj {link = 34 : i64, router = 0 : i64} node_energy_fj [20, 14] node_leakage_fj [0, 4]
  sched.summary makespan_ps 1600 critical_path_ps 1500
    busiest_resource_ps 900 "unit (0, 1, 1) arrays" bandwidth_ps 480
    lower_bound_ps 1550 energy_fj {link = 34, router = 0} node_energy_fj [20, 14]
    node_leakage_fj [0, 4]
  // CHECK-NEXT: sched.temperature period_ps 900 peak_mk 341320 at (0, 1, 0) node_mk [341210, 330450] {note = "y"}
  sched.temperature period_ps 900 peak_mk 341320 at (0, 1, 0)
    node_mk [341210, 330450] {note = "y"}
}

// CHECK-LABEL: sched.schedule @empty on @atleus {
// CHECK-NEXT: }
sched.schedule @empty on @atleus {
}
