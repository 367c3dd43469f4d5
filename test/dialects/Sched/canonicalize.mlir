// RUN: atleus-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: @barrier_of_one_event
sched.schedule @barrier_of_one_event on @atleus {
  // CHECK: %[[A:.*]] = sched.task "a"
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 1
  // CHECK-NEXT: sched.task "b"[0] on (0, 0, 0) "array" after(%[[A]])
  %0 = sched.barrier after(%a)
  %b = sched.task "b"[0] on (0, 0, 0) "array" after(%0) duration 1
}

// CHECK-LABEL: @barrier_names_an_event_twice
sched.schedule @barrier_names_an_event_twice on @atleus {
  // CHECK: %[[A:.*]] = sched.task "a"
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 1
  // CHECK: %[[B:.*]] = sched.task "b"
  %b = sched.task "b"[0] on (0, 0, 0) "array" duration 1
  // CHECK: sched.barrier after(%[[A]], %[[B]])
  %0 = sched.barrier after(%a, %b, %a)
  %c = sched.task "c"[0] on (0, 0, 0) "array" after(%0) duration 1
}

// CHECK-LABEL: @barrier_of_a_barrier
sched.schedule @barrier_of_a_barrier on @atleus {
  // CHECK: %[[A:.*]] = sched.task "a"
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 1
  // CHECK: %[[B:.*]] = sched.task "b"
  %b = sched.task "b"[0] on (0, 0, 0) "array" duration 1
  // CHECK: %[[C:.*]] = sched.task "c"
  %c = sched.task "c"[0] on (0, 0, 0) "array" duration 1
  // CHECK-NEXT: sched.barrier after(%[[A]], %[[B]], %[[C]])
  %0 = sched.barrier after(%a, %b)
  %1 = sched.barrier after(%0, %c)
  %d = sched.task "d"[0] on (0, 0, 0) "array" after(%1) duration 1
}

// CHECK-LABEL: @barrier_with_two_users_stays
sched.schedule @barrier_with_two_users_stays on @atleus {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 1
  %b = sched.task "b"[0] on (0, 0, 0) "array" duration 1
  %c = sched.task "c"[0] on (0, 0, 0) "array" duration 1
  // CHECK: %[[INNER:.*]] = sched.barrier
  %0 = sched.barrier after(%a, %b)
  // CHECK: sched.barrier after(%[[INNER]],
  %1 = sched.barrier after(%0, %c)
  %d = sched.task "d"[0] on (0, 0, 0) "array" after(%1) duration 1
  %e = sched.task "e"[0] on (0, 0, 0) "array" after(%0) duration 1
}

// CHECK-LABEL: @unused_barrier_goes_and_tasks_stay
sched.schedule @unused_barrier_goes_and_tasks_stay on @atleus {
  // CHECK-COUNT-2: sched.task
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 1
  %b = sched.task "b"[0] on (0, 0, 0) "array" duration 1
  // CHECK-NOT: sched.barrier
  %0 = sched.barrier after(%a, %b)
}
