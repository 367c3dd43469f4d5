// RUN: atleus-opt %s --atleus-schedule=algorithm=list | FileCheck %s
// RUN: atleus-opt %s --atleus-schedule --atleus-schedule | FileCheck %s
// RUN: atleus-opt %s --atleus-schedule --mlir-print-op-generic \
// RUN:   | atleus-opt --atleus-verify-schedule | FileCheck %s

// CHECK-LABEL: sched.schedule @chain on @m makespan_ps(60) interval_ps(50)
sched.schedule @chain on @m {
  // CHECK: "a"[0] {{.*}} start 0 duration 10
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  // CHECK: "b"[0] {{.*}} start 10 duration 20
  %b = sched.task "b"[0] on (1, 0, 0) "array" after(%a) duration 20
  // CHECK: "c"[0] {{.*}} start 30 duration 30
  %c = sched.task "c"[0] on (1, 0, 0) "array" after(%b) duration 30
  // CHECK: sched.summary makespan_ps 60 critical_path_ps 60
  // CHECK-SAME: busiest_resource_ps 50 "unit (1, 0, 0) array" bandwidth_ps 0 lower_bound_ps 60
}

// CHECK-LABEL: sched.schedule @two_tasks_on_one_unit on @m makespan_ps(30)
sched.schedule @two_tasks_on_one_unit on @m {
  // CHECK: "short"[0] {{.*}} start 20 duration 10
  %a = sched.task "short"[0] on (0, 0, 0) "array" duration 10
  // CHECK: "long"[0] {{.*}} start 0 duration 20
  %b = sched.task "long"[0] on (0, 0, 0) "array" duration 20
}

// CHECK-LABEL: sched.schedule @units_of_a_node_work_at_once on @m makespan_ps(20)
sched.schedule @units_of_a_node_work_at_once on @m {
  // CHECK: "a"[0] {{.*}} start 0
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  // CHECK: "b"[0] {{.*}} start 0
  %b = sched.task "b"[0] on (0, 0, 0) "vector" duration 20
}

// Two cores read parameters from one memory: the second waits for it, not for
// the first core. The memory is held for longest.
// CHECK-LABEL: sched.schedule @one_memory on @m makespan_ps(18)
sched.schedule @one_memory on @m {
  // CHECK: "a"[0] {{.*}} start 0 duration 10
  %a = sched.task "a"[0] on (1, 0, 0) "array" streams "dram" (0, 0, 0) for 8
    duration 10
  // CHECK: "a"[1] {{.*}} start 8 duration 10
  %b = sched.task "a"[1] on (0, 1, 0) "array" streams "dram" (0, 0, 0) for 8
    duration 10
  // CHECK: busiest_resource_ps 16 "unit (0, 0, 0) dram"
}

// CHECK-LABEL: sched.schedule @same_unit_of_two_nodes on @m makespan_ps(20)
sched.schedule @same_unit_of_two_nodes on @m {
  // CHECK: "a"[0] {{.*}} start 0
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  // CHECK: "b"[0] {{.*}} start 0
  %b = sched.task "b"[0] on (0, 0, 1) "array" duration 20
}

// CHECK-LABEL: sched.schedule @release on @m makespan_ps(17)
sched.schedule @release on @m {
  // CHECK: "a"[0] {{.*}} release 7 start 7 duration 10
  %a = sched.task "a"[0] on (0, 0, 0) "array" release 7 duration 10
  // CHECK: critical_path_ps 17
}

// The unit waits from 10 to 40 for the transfer; the filler fits in between.
// CHECK-LABEL: sched.schedule @gap_insertion on @m makespan_ps(60)
sched.schedule @gap_insertion on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  %b = sched.task "b"[0] on (1, 0, 0) "array" after(%a) duration 30
  // CHECK: "c"[0] {{.*}} start 40 duration 20
  %c = sched.task "c"[0] on (0, 0, 0) "array" after(%b) duration 20
  // CHECK: "filler"[0] {{.*}} start 10 duration 25
  %d = sched.task "filler"[0] on (0, 0, 0) "array" duration 25
}

// Both transfers pass the link x+ of node (1, 0, 0), which the head of the
// first reaches after one hop.
// CHECK-LABEL: sched.schedule @link_contention on @m makespan_ps(90)
sched.schedule @link_contention on @m {
  // CHECK: "a"[0] {{.*}} start 0 duration 50
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+, x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 50
  // CHECK: "b"[0] {{.*}} start 45 duration 45
  %b = sched.transfer "b"[0] along (1, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 45
  // CHECK: sched.summary {{.*}} busiest_resource_ps 80 "link (1, 0, 0) x+" bandwidth_ps 80
}

// The routes cross at node (1, 1, 0) on different links.
// CHECK-LABEL: sched.schedule @crossing_routes on @m makespan_ps(50)
sched.schedule @crossing_routes on @m {
  // CHECK: "a"[0] {{.*}} start 0 duration 50
  %a = sched.transfer "a"[0] along (0, 1, 0)[x+, x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 50
  // CHECK: "b"[0] {{.*}} start 0 duration 50
  %b = sched.transfer "b"[0] along (1, 0, 0)[y+, y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 50
}

// Both directions of a link are links of their own.
// CHECK-LABEL: sched.schedule @opposite_directions on @m makespan_ps(45)
sched.schedule @opposite_directions on @m {
  // CHECK: "a"[0] {{.*}} start 0
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 45
  // CHECK: "b"[0] {{.*}} start 0
  %b = sched.transfer "b"[0] along (1, 0, 0)[x-] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 45
}

// Heads reach node (2, 0, 0) after 10 and after 5, by different links.
// CHECK-LABEL: sched.schedule @ejection_port on @m makespan_ps(90)
sched.schedule @ejection_port on @m {
  // CHECK: "a"[0] {{.*}} start 0 duration 50
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+, x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 50
  // CHECK: "b"[0] {{.*}} start 45 duration 45
  %b = sched.transfer "b"[0] along (2, 1, 0)[y-] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 45
}

// A hop to another tier takes 3 instead of 5.
// CHECK-LABEL: sched.schedule @vertical_hops on @m makespan_ps(90)
sched.schedule @vertical_hops on @m {
  // CHECK: "a"[0] {{.*}} start 0 duration 50
  %a = sched.transfer "a"[0] along (0, 0, 1)[z-, x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 vertical_hop_ps 3 duration 50
  // CHECK: "b"[0] {{.*}} start 43 duration 47
  %b = sched.transfer "b"[0] along (0, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 47
}

// CHECK-LABEL: sched.schedule @injection_port_of_a_node on @m makespan_ps(85)
sched.schedule @injection_port_of_a_node on @m {
  // CHECK: "a"[0] {{.*}} start 0
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 45
  // CHECK: "b"[0] {{.*}} start 40
  %b = sched.transfer "b"[0] along (0, 0, 0)[y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 duration 45
}

// CHECK-LABEL: sched.schedule @barrier on @m makespan_ps(25)
sched.schedule @barrier on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
  %b = sched.task "b"[0] on (1, 0, 0) "array" duration 20
  // CHECK: sched.barrier {{.*}} start 20
  %c = sched.barrier after(%a, %b)
  // CHECK: "d"[0] {{.*}} start 20 duration 5
  %d = sched.task "d"[0] on (2, 0, 0) "array" after(%c) duration 5
}

// Programs take place before time 0.
// CHECK-LABEL: sched.schedule @program on @m makespan_ps(10)
sched.schedule @program on @m {
  // CHECK: sched.program "a" on [(0, 0, 0)] arrays 12 duration 5000
  sched.program "a" on [(0, 0, 0)] arrays 12 duration 5000
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
}

// CHECK-LABEL: sched.schedule @nothing on @m makespan_ps(0) {
sched.schedule @nothing on @m {
  // CHECK: sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none" bandwidth_ps 0
}

// CHECK-LABEL: sched.schedule @former_starts_are_forgotten on @m makespan_ps(10) interval_ps(10)
sched.schedule @former_starts_are_forgotten on @m makespan_ps(300)
    interval_ps(10) {
  // CHECK: "a"[0] {{.*}} start 0 duration 10
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 290 duration 10
  // CHECK: sched.summary makespan_ps 10 {{.*}} bandwidth_ps 0 lower_bound_ps 10{{$}}
  sched.summary makespan_ps 300 critical_path_ps 10 busiest_resource_ps 10
    "unit" bandwidth_ps 0 energy_fj {link = 1}
}
