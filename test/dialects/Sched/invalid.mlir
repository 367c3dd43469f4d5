// RUN: atleus-opt %s -split-input-file -verify-diagnostics

sched.schedule @schedule_c1_other_dialect on @atleus {
  // expected-error @below {{'builtin.module' op does not belong in a schedule}}
  builtin.module {}
}

// -----

sched.schedule @schedule_c2_task_twice on @atleus {
  // expected-note @below {{first one here}}
  %0 = sched.task "query"[4] on (0, 0, 1) "arrays" duration 900
  %1 = sched.task "query"[5] on (0, 0, 1) "arrays" duration 900
  // expected-error @below {{'sched.task' op is the second "query"[4]}}
  %2 = sched.task "query"[4] on (0, 0, 2) "arrays" duration 900
}

// -----

sched.schedule @schedule_c3_two_summaries on @atleus makespan_ps(0) {
  // expected-note @below {{first one here}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0
  // expected-error @below {{'sched.summary' op is the second of the schedule}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0
}

// -----

sched.schedule @schedule_c4_missing_start on @atleus makespan_ps(900) {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
  // expected-error @below {{'sched.barrier' op has no start, but the schedule has a makespan}}
  %1 = sched.barrier after(%0)
}

// -----

// expected-error @below {{'sched.schedule' op has a makespan of 800 ps, but the last task ends at 900 ps}}
sched.schedule @schedule_c4_makespan on @atleus makespan_ps(800) {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
  %1 = sched.task "query"[1] on (0, 0, 2) "arrays" start 0 duration 800
}

// -----

// expected-error @below {{attribute 'interval_ps' failed to satisfy constraint: 64-bit integer whose value is positive}}
sched.schedule @schedule_interval on @atleus interval_ps(0) {
}

// -----

// expected-error @below {{'sched.task' op expects parent op 'sched.schedule'}}
%0 = sched.task "query"[0] on (0, 0, 1) "arrays" duration 900

// -----

sched.schedule @task_c3_longer_than_the_task on @atleus {
  // expected-error @below {{'sched.task' op takes 900 ps, but holds "dram" for 901 ps}}
  %0 = sched.task "query"[0] on (0, 0, 1) "array" streams "dram" (0, 0, 0)
    for 901 duration 900
}

// -----

sched.schedule @task_c3_no_memory on @atleus {
  // expected-error @below {{'sched.task' op states only a part of 'memory', 'memory_node' and 'stream_ps': expected all or none}}
  %0 = sched.task "query"[0] on (0, 0, 1) "array" duration 900 {stream_ps = 4}
}

// -----

sched.schedule @task_c1_duration on @atleus {
  // expected-error @below {{attribute 'duration_ps' failed to satisfy constraint: 64-bit integer whose value is non-negative}}
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" duration -1
}

// -----

sched.schedule @task_c1_start on @atleus {
  // expected-error @below {{attribute 'start_ps' failed to satisfy constraint: 64-bit integer whose value is non-negative}}
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start -5 duration 1
}

// -----

sched.schedule @task_c1_result_bits on @atleus {
  // expected-error @below {{attribute 'result_bits' failed to satisfy constraint: 64-bit integer whose value is non-negative}}
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" duration 1 result_bits -1
}

// -----

sched.schedule @task_node on @atleus {
  // expected-error @below {{node (0, 0, -1) has a negative coordinate}}
  %0 = sched.task "query"[0] on (0, 0, -1) "arrays" duration 1
}

// -----

sched.schedule @task_c2_end on @atleus {
  // expected-error @below {{'sched.task' op ends at or after 2^62 ps: start 4611686018427387903, duration 1}}
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 4611686018427387903
    duration 1
}

// -----

sched.schedule @task_c2_end_after_release on @atleus {
  // expected-error @below {{'sched.task' op ends at or after 2^62 ps: start 9223372036854775807, duration 1}}
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" release 9223372036854775807
    duration 1
}

// -----

sched.schedule @transfer_c1_flits on @atleus {
  // expected-error @below {{attribute 'flits' failed to satisfy constraint: 64-bit integer whose value is positive}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[z-] bits 8 flits 0 flit_ps 1
    hop_ps 1 duration 10
}

// -----

sched.schedule @transfer_c2_end on @atleus {
  // expected-error @below {{'sched.transfer' op ends at or after 2^62 ps: start 0, duration 4611686018427387904}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[z-] bits 8 flits 1 flit_ps 1
    hop_ps 1 duration 4611686018427387904
}

// -----

sched.schedule @transfer_c3_duration on @atleus {
  // expected-error @below {{'sched.transfer' op takes 46 ps, but holds the network for 47 ps}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+, x+, z-] bits 64 flits 8
    flit_ps 3 hop_ps 10 vertical_hop_ps 3 duration 46
}

// -----

sched.schedule @transfer_c3_overflow on @atleus {
  // expected-error @below {{'sched.transfer' op holds the network for more than 2^63 ps}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+] bits 64
    flits 9223372036854775807 flit_ps 3 hop_ps 10 duration 46
}

// -----

sched.schedule @transfer_c3_held on @atleus {
  // expected-error @below {{'sched.transfer' op takes 46 ps, but holds the network for 50 ps}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+] bits 64 flits 8
    flit_ps 3 held_ps 40 hop_ps 10 duration 46
}

// -----

sched.schedule @transfer_c4_held on @atleus {
  // expected-error @below {{'sched.transfer' op holds links for 23 ps, but its flits take 24 ps}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+] bits 64 flits 8
    flit_ps 3 held_ps 23 hop_ps 10 duration 46
}

// -----

sched.schedule @transfer_c5_added_hop on @atleus {
  // expected-error @below {{'sched.transfer' op takes the added link -> (0, 3, 1) without 'added_hop_ps'}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[-> (0, 3, 1)] bits 64 flits 8
    flit_ps 3 hop_ps 10 duration 46
}

// -----

sched.schedule @transfer_c3_branch on @atleus {
  // expected-error @below {{'sched.transfer' op takes 34 ps, but holds the network for 44 ps}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+]
    branches [(1, 0, 1)[y+]] bits 64 flits 8 flit_ps 3 hop_ps 10 duration 34
}

// -----

sched.schedule @transfer_c5_branch on @atleus {
  // expected-error @below {{'sched.transfer' op takes the added link -> (0, 3, 1) without 'added_hop_ps'}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+]
    branches [(0, 0, 1)[-> (0, 3, 1)]] bits 64 flits 8 flit_ps 3 hop_ps 10
    duration 46
}

// -----

sched.schedule @transfer_c6_off_the_tree on @atleus {
  // expected-error @below {{'sched.transfer' op has a branch at (1, 1, 1), which no part before it visits}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+, x+]
    branches [(1, 1, 1)[y+]] bits 64 flits 8 flit_ps 3 hop_ps 10 duration 60
}

// -----

sched.schedule @transfer_c6_before_its_part on @atleus {
  // expected-error @below {{'sched.transfer' op has a branch at (1, 1, 1), which no part before it visits}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+, x+]
    branches [(1, 1, 1)[y+], (1, 0, 1)[y+]] bits 64 flits 8 flit_ps 3 hop_ps 10
    duration 60
}

// -----

sched.schedule @transfer_c6_visited on @atleus {
  // expected-error @below {{'sched.transfer' op comes to (1, 0, 1) by the branch at (0, 0, 1), where it is already}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+, x+]
    branches [(0, 0, 1)[x+, y+]] bits 64 flits 8 flit_ps 3 hop_ps 10 duration 60
}

// -----

sched.schedule @transfer_c7_twice on @atleus {
  // expected-error @below {{'sched.transfer' op delivers at (1, 0, 1) twice}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[x+, x+]
    branches [(1, 0, 1)[], (1, 0, 1)[]] bits 64 flits 8 flit_ps 3 hop_ps 10
    duration 60
}

// -----

sched.schedule @transfer_route on @atleus {
  // expected-error @below {{route leaves the network at (0, 0, -1)}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[z-, z-] bits 64 flits 1
    flit_ps 3 hop_ps 10 duration 46
}

// -----

sched.schedule @program_c1_arrays on @atleus {
  // expected-error @below {{attribute 'arrays' failed to satisfy constraint: 64-bit integer whose value is non-negative}}
  sched.program "query" on [(0, 0, 1)] arrays -1 duration 5
}

// -----

sched.schedule @summary_c1_bandwidth on @atleus makespan_ps(0) {
  // expected-error @below {{attribute 'bandwidth_ps' failed to satisfy constraint: 64-bit integer whose value is non-negative}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps -1
}

// -----

sched.schedule @summary_c1_node_energy on @atleus makespan_ps(0) {
  // expected-error @below {{attribute 'node_energy_fj' failed to satisfy constraint: i64 dense array attribute whose value is non-negative}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0 node_energy_fj [3, -1]
}

// -----

sched.schedule @summary_c2_critical_path on @atleus makespan_ps(900) {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
  // expected-error @below {{'sched.summary' op has a makespan of 900 ps, below the bound of the critical path, 901 ps}}
  sched.summary makespan_ps 900 critical_path_ps 901 busiest_resource_ps 900
    "unit (0, 0, 1) arrays" bandwidth_ps 0
}

// -----

sched.schedule @summary_c2_busiest_resource on @atleus makespan_ps(900) {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
  // expected-error @below {{'sched.summary' op has a makespan of 900 ps, below the bound of the busiest resource, 950 ps}}
  sched.summary makespan_ps 900 critical_path_ps 900 busiest_resource_ps 950
    "unit (0, 0, 1) arrays" bandwidth_ps 0
}

// -----

sched.schedule @summary_c2_lower_bound on @atleus makespan_ps(900) {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
  // expected-error @below {{'sched.summary' op has a makespan of 900 ps, below the bound of the tightest relaxation, 910 ps}}
  sched.summary makespan_ps 900 critical_path_ps 900 busiest_resource_ps 900
    "unit (0, 0, 1) arrays" bandwidth_ps 0 lower_bound_ps 910
}

// -----

sched.schedule @summary_c2_bandwidth on @atleus makespan_ps(900) {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
  // expected-error @below {{'sched.summary' op has a makespan of 900 ps, below the bound of the bandwidth, 1000 ps}}
  sched.summary makespan_ps 900 critical_path_ps 900 busiest_resource_ps 900
    "unit (0, 0, 1) arrays" bandwidth_ps 1000
}

// -----

sched.schedule @summary_c3_no_makespan on @atleus {
  // expected-error @below {{'sched.summary' op belongs to a schedule without a makespan}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0
}

// -----

sched.schedule @summary_c3_makespan on @atleus makespan_ps(900) {
  %0 = sched.task "query"[0] on (0, 0, 1) "arrays" start 0 duration 900
  // expected-error @below {{'sched.summary' op has a makespan of 901 ps, but the schedule has 900 ps}}
  sched.summary makespan_ps 901 critical_path_ps 900 busiest_resource_ps 900
    "unit (0, 0, 1) arrays" bandwidth_ps 0
}

// -----

sched.schedule @summary_c4_energy on @atleus makespan_ps(0) {
  // expected-error @below {{'sched.summary' op has an energy of -3 : i64 for 'link', expected a 64-bit integer that is not negative}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0 energy_fj {link = -3}
}

// -----

sched.schedule @summary_c4_energy_type on @atleus makespan_ps(0) {
  // expected-error @below {{'sched.summary' op has an energy of "much" for 'link', expected a 64-bit integer that is not negative}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0 energy_fj {link = "much"}
}

// -----

sched.schedule @summary_c5_leakage_count on @atleus makespan_ps(0) {
  // expected-error @below {{'sched.summary' op has leakage of 1 nodes, but energy of 2}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0 node_energy_fj [3, 4] node_leakage_fj [3]
}

// -----

sched.schedule @summary_c5_leakage_alone on @atleus makespan_ps(0) {
  // expected-error @below {{'sched.summary' op has leakage of 1 nodes, but energy of 0}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0 node_leakage_fj [3]
}

// -----

sched.schedule @summary_c5_leakage on @atleus makespan_ps(0) {
  // expected-error @below {{'sched.summary' op has leakage of 5 fJ at node 1, but energy of 4 fJ}}
  sched.summary makespan_ps 0 critical_path_ps 0 busiest_resource_ps 0 "none"
    bandwidth_ps 0 node_energy_fj [3, 4] node_leakage_fj [3, 5]
}

// -----

sched.schedule @temperature_c1_period on @atleus {
  // expected-error @below {{attribute 'period_ps' failed to satisfy constraint: 64-bit integer whose value is positive}}
  sched.temperature period_ps 0 peak_mk 300000 at (0, 0, 0) node_mk [300000]
}

// -----

sched.schedule @temperature_c1_node on @atleus {
  // expected-error @below {{attribute 'node_mk' failed to satisfy constraint: i64 dense array attribute whose value is positive}}
  sched.temperature period_ps 9 peak_mk 300000 at (0, 0, 0) node_mk [0]
}

// -----

sched.schedule @temperature_c2_peak on @atleus {
  // expected-error @below {{'sched.temperature' op has node 1 at 300001 mK, above the peak of 300000 mK}}
  sched.temperature period_ps 9 peak_mk 300000 at (0, 0, 0)
    node_mk [1, 300001]
}

// -----

sched.schedule @transfer_c8_no_indices on @atleus {
  // expected-error @below {{'sched.transfer' op has 'sched.gathers' that is no array of i64: "all"}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[z-] bits 8 flits 1 flit_ps 1
    hop_ps 1 duration 2 {sched.gathers = "all"}
}

// -----

sched.schedule @transfer_c8_order on @atleus {
  // expected-error @below {{'sched.transfer' op moves the results of task 2 after those of 2: indices have to rise}}
  %0 = sched.transfer "query"[0] along (0, 0, 1)[z-] bits 8 flits 1 flit_ps 1
    hop_ps 1 duration 2 {sched.gathers = array<i64: 2, 2>}
}
