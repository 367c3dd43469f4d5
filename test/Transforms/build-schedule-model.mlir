// A whole layer through all passes of the mapping.

// RUN: cat %inputs/small-machine.mlir %inputs/transformer-layer.mlir \
// RUN:   | atleus-opt --convert-nn-to-pim --convert-nn-to-systolic \
// RUN:       --atleus-tile --atleus-place --atleus-insert-transfers \
// RUN:       --atleus-verify-transfers --atleus-build-schedule > %t.once
// RUN: atleus-opt %t.once --pass-pipeline="builtin.module(sched.schedule( \
// RUN:     atleus-schedule,atleus-verify-schedule))" \
// RUN:   | FileCheck %s --check-prefix=TIMES
// RUN: grep -c 'sched.program' %t.once | FileCheck %s --check-prefix=PROGRAMS
// RUN: grep -c 'sched.task "[a-z]*"' %t.once | FileCheck %s --check-prefix=NAMED
// RUN: grep -c 'sched.task' %t.once | FileCheck %s --check-prefix=TASKS

// Pass by pass, with the IR printed and read again in between, gives the same.
// RUN: cat %inputs/small-machine.mlir %inputs/transformer-layer.mlir \
// RUN:   | atleus-opt --convert-nn-to-pim | atleus-opt --convert-nn-to-systolic \
// RUN:   | atleus-opt --atleus-tile | atleus-opt --atleus-place \
// RUN:   | atleus-opt --atleus-insert-transfers \
// RUN:   | atleus-opt --atleus-verify-transfers \
// RUN:   | atleus-opt --atleus-build-schedule > %t.steps
// RUN: diff %t.once %t.steps

// TIMES: sched.schedule @main_schedule of "main" on @small makespan_ps(

// Six weights.
// PROGRAMS: {{^6$}}

// Two tasks of 16 tokens for each of the products with weights and of the gelu.
// NAMED: {{^14$}}

// Those, two for each of the input's and four other quantizations and of two
// normalizations, two heads of two for each kernel of the attention, and two
// reads and two writes of memory: 14 + 10 + 4 + 12 + 4.
// TASKS: {{^44$}}
