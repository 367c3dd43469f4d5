// RUN: atleus-opt %s --atleus-verify-schedule -split-input-file \
// RUN:   -verify-diagnostics

sched.schedule @valid on @m makespan_ps(115) interval_ps(45) {
  %a = sched.task "a"[0] on (0, 0, 0) "array" release 5 start 5 duration 10
  %b = sched.transfer "a"[0] along (0, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 after(%a) start 15 duration 50
  %c = sched.barrier after(%a, %b) start 70
  %d = sched.task "b"[0] on (1, 0, 0) "array" after(%c) start 70 duration 45
}

// -----

sched.schedule @missing_start on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 10
  // expected-error @below {{'sched.task' op has no start: schedule it first}}
  %b = sched.task "a"[1] on (0, 0, 0) "array" duration 10
}

// -----

sched.schedule @before_release on @m {
  // expected-error @below {{"a"[0] starts at 4 ps, before its release at 5 ps}}
  %a = sched.task "a"[0] on (0, 0, 0) "array" release 5 start 4 duration 10
}

// -----

sched.schedule @before_its_operand on @m {
  // expected-note @below {{"a"[0] starts at 0 ps}}
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 10
  // expected-error @below {{transfer of "a"[0] starts at 9 ps, but "a"[0], for which it waits, ends at 10 ps}}
  %b = sched.transfer "a"[0] along (0, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 after(%a) start 9 duration 50
}

// -----

sched.schedule @barrier_too_early on @m {
  // expected-note @below {{"a"[0] starts at 0 ps}}
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 10
  // expected-error @below {{barrier starts at 8 ps, but "a"[0], for which it waits, ends at 10 ps}}
  %b = sched.barrier after(%a) start 8
}

// -----

sched.schedule @two_tasks_on_one_unit on @m {
  // expected-error @below {{"a"[0] holds unit (0, 0, 0) array from 9 ps on, but "b"[0] holds it until 10 ps}}
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 9 duration 10
  // expected-note @below {{"b"[0] starts at 0 ps}}
  %b = sched.task "b"[0] on (0, 0, 0) "array" start 0 duration 10
}

// -----

sched.schedule @two_transfers_on_one_link on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+, x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 0 duration 50
  // expected-error @below {{transfer of "b"[0] holds link (1, 0, 0) x+ from 44 ps on, but transfer of "a"[0] holds it until 45 ps}}
  %b = sched.transfer "b"[0] along (1, 0, 0)[x+, y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 44 duration 50
}

// -----

sched.schedule @two_transfers_on_one_vertical_link on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 2)[z-, z-] bits 512 flits 4 flit_ps 10
    hop_ps 5 vertical_hop_ps 3 start 0 duration 50
  // expected-error @below {{transfer of "b"[0] holds link (0, 0, 1) z- from 42 ps on, but transfer of "a"[0] holds it until 43 ps}}
  %b = sched.transfer "b"[0] along (0, 0, 1)[z-, x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 42 duration 50
}

// -----

sched.schedule @two_transfers_into_one_node on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 0 duration 45
  // expected-error @below {{transfer of "b"[0] holds ejection (1, 0, 0) from 25 ps on, but transfer of "a"[0] holds it until 45 ps}}
  %b = sched.transfer "b"[0] along (1, 1, 0)[y-] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 20 duration 45
}

// -----

sched.schedule @two_transfers_out_of_one_node on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 0 duration 45
  // expected-error @below {{transfer of "b"[0] holds injection (0, 0, 0) from 39 ps on, but transfer of "a"[0] holds it until 40 ps}}
  %b = sched.transfer "b"[0] along (0, 0, 0)[y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 39 duration 45
}

// -----

// expected-error @below {{schedule cannot be repeated every 29 ps}}
sched.schedule @interval_too_short on @m makespan_ps(30) interval_ps(29) {
  // expected-error @below {{"a"[0] holds unit (0, 0, 0) array from 0 ps on in each repetition, but "b"[0] of another repetition holds it until 1 ps}}
  %a = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 10
  // expected-note @below {{"b"[0] starts at 10 ps}}
  %b = sched.task "b"[0] on (0, 0, 0) "array" after(%a) start 10 duration 20
}

// -----

// expected-error @below {{2 further violations}}
sched.schedule @many_violations on @m {
  // expected-error @below {{"a"[0] starts at 1 ps, before its release at 5 ps}}
  %0 = sched.task "a"[0] on (0, 0, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[1] starts at 1 ps, before its release at 5 ps}}
  %1 = sched.task "a"[1] on (0, 1, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[2] starts at 1 ps, before its release at 5 ps}}
  %2 = sched.task "a"[2] on (0, 2, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[3] starts at 1 ps, before its release at 5 ps}}
  %3 = sched.task "a"[3] on (0, 3, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[4] starts at 1 ps, before its release at 5 ps}}
  %4 = sched.task "a"[4] on (0, 4, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[5] starts at 1 ps, before its release at 5 ps}}
  %5 = sched.task "a"[5] on (0, 5, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[6] starts at 1 ps, before its release at 5 ps}}
  %6 = sched.task "a"[6] on (0, 6, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[7] starts at 1 ps, before its release at 5 ps}}
  %7 = sched.task "a"[7] on (0, 7, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[8] starts at 1 ps, before its release at 5 ps}}
  %8 = sched.task "a"[8] on (0, 8, 0) "array" release 5 start 1 duration 1
  // expected-error @below {{"a"[9] starts at 1 ps, before its release at 5 ps}}
  %9 = sched.task "a"[9] on (0, 9, 0) "array" release 5 start 1 duration 1
  %10 = sched.task "a"[10] on (0, 10, 0) "array" release 5 start 1 duration 1
  %11 = sched.task "a"[11] on (0, 11, 0) "array" release 5 start 1 duration 1
}

// -----

// What is held longer than the flits take is held by nobody else.
sched.schedule @held_longer_than_flits on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 0)[-> (3, 0, 0), x-] bits 512 flits 4
    flit_ps 10 held_ps 60 hop_ps 5 added_hop_ps 7 start 0 duration 72
  // expected-error @below {{transfer of "b"[0] holds link (3, 0, 0) x- from 66 ps on, but transfer of "a"[0] holds it until 67 ps}}
  %b = sched.transfer "b"[0] along (3, 0, 0)[x-, y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 66 duration 50
}

// -----

sched.schedule @two_transfers_on_one_added_link on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 0)[-> (3, 0, 0)] bits 512 flits 4
    flit_ps 10 hop_ps 5 added_hop_ps 7 start 0 duration 50
  // expected-error @below {{transfer of "b"[0] holds link (0, 0, 0) -> (3, 0, 0) from 36 ps on, but transfer of "a"[0] holds it until 40 ps}}
  %b = sched.transfer "b"[0] along (1, 0, 0)[x-, -> (3, 0, 0), y+] bits 512
    flits 4 flit_ps 10 hop_ps 5 added_hop_ps 7 start 31 duration 60
}

// -----

// Cores that read parameters from one memory take turns.
sched.schedule @memory_held_twice on @m {
  // expected-note @below {{"a"[0] starts at 0 ps}}
  %a = sched.task "a"[0] on (1, 0, 0) "array" streams "dram" (0, 0, 0) for 8
    start 0 duration 10
  // expected-error @below {{"a"[1] holds unit (0, 0, 0) dram from 7 ps on, but "a"[0] holds it until 8 ps}}
  %b = sched.task "a"[1] on (0, 1, 0) "array" streams "dram" (0, 0, 0) for 8
    start 7 duration 10
}

// -----

// The head is at (1, 0, 0) after 5 ps, at (1, 1, 0) after 10.
sched.schedule @branches_apart on @m makespan_ps(115) {
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+, x+]
    branches [(1, 0, 0)[y+], (1, 0, 0)[]] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 0 duration 50
  %b = sched.transfer "b"[0] along (1, 1, 0)[y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 0 duration 45
  %c = sched.transfer "c"[0] along (1, 0, 0)[y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 45 duration 70
}

// -----

sched.schedule @link_of_a_branch on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+, x+]
    branches [(1, 0, 0)[y+], (1, 0, 0)[]] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 0 duration 50
  // expected-error @below {{transfer of "b"[0] holds link (1, 0, 0) y+ from 44 ps on, but transfer of "a"[0] holds it until 45 ps}}
  %b = sched.transfer "b"[0] along (1, 0, 0)[y+, y+] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 44 duration 71
}

// -----

sched.schedule @ejection_port_of_a_branch on @m {
  // expected-note @below {{transfer of "a"[0] starts at 0 ps}}
  %a = sched.transfer "a"[0] along (0, 0, 0)[x+, x+]
    branches [(1, 0, 0)[y+, z+], (1, 1, 0)[]] bits 512 flits 4 flit_ps 10
    hop_ps 5 vertical_hop_ps 3 start 0 duration 53
  // expected-error @below {{transfer of "b"[0] holds ejection (1, 1, 0) from 49 ps on, but transfer of "a"[0] holds it until 50 ps}}
  %b = sched.transfer "b"[0] along (2, 1, 0)[x-] bits 512 flits 4 flit_ps 10
    hop_ps 5 start 44 duration 70
}

// -----

// A weight that two kernels share stays until both have multiplied by it.
// expected-error @below {{schedule cannot be repeated every 40 ps}}
sched.schedule @turn_of_a_shared_weight on @m makespan_ps(70) interval_ps(40) {
  // expected-error @below {{"write:w"[0] holds unit (1, 0, 1) arrays s from 0 ps on in each repetition, but "write:w"[0] of another repetition holds it until 30 ps}}
  %w = sched.task "write:w"[0] on (1, 0, 1) "arrays s" start 0 duration 10
  %a = sched.task "first"[0] on (1, 0, 1) "arrays s" after(%w) start 10
    duration 10
  %b = sched.task "second"[0] on (1, 0, 1) "arrays s" after(%w) start 60
    duration 10
}

// -----

// Until the next write they are for the products with the one before.
sched.schedule @turns_in_time on @m makespan_ps(60) interval_ps(60) {
  %v = sched.task "write:v"[0] on (1, 0, 1) "arrays s" start 0 duration 10
  %a = sched.task "v"[0] on (1, 0, 1) "arrays s" after(%v) start 20 duration 10
  %w = sched.task "write:w"[0] on (1, 0, 1) "arrays s" after(%a) start 30
    duration 10
  %b = sched.task "other"[0] on (1, 0, 1) "arrays s" after(%w) start 50
    duration 10
}
