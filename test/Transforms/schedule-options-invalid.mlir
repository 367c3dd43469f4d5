// RUN: not atleus-opt %s '--atleus-schedule=algorithm=modulo busiest-percent=0' \
// RUN:   2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: not atleus-opt %s \
// RUN:   '--atleus-schedule=algorithm=modulo busiest-percent=101' 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MORE
// RUN: not atleus-opt %s \
// RUN:   '--atleus-schedule=algorithm=modulo latency-percent=99' 2>&1 \
// RUN:   | FileCheck %s --check-prefix=LATENCY
// RUN: not atleus-opt %s \
// RUN:   '--atleus-schedule=algorithm=search latency-percent=150' 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ALGORITHM
// RUN: not atleus-opt %s --atleus-schedule=algorithm=random 2>&1 \
// RUN:   | FileCheck %s --check-prefix=UNKNOWN

// ZERO: error: busiest-percent must be from 1 to 100, found 0
// MORE: error: busiest-percent must be from 1 to 100, found 101
// LATENCY: error: latency-percent must be 0 or at least 100, found 99
// ALGORITHM: error: latency-percent is for the modulo scheduler, found search
// UNKNOWN: Cannot find option named 'random'!
sched.schedule @one on @m {
  %a = sched.task "a"[0] on (0, 0, 0) "array" duration 10
}
