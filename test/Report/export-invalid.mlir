// RUN: atleus-translate --export-schedule -split-input-file \
// RUN:   -verify-diagnostics %s
// RUN: atleus-translate --export-schedule-binary -split-input-file \
// RUN:   -verify-diagnostics %s
// RUN: atleus-translate --export-booksim-trace -split-input-file \
// RUN:   -verify-diagnostics %s
// RUN: atleus-translate --export-svg -split-input-file -verify-diagnostics %s
// RUN: atleus-translate --export-trace -split-input-file -verify-diagnostics %s

// expected-error @below {{expected a module at phase 'scheduled' or later, found none with a 'sched.schedule': 'atleus compile' goes on from there, and writes one as model.mlir or with --to=scheduled}}
module {}

// -----

// expected-error @below {{expected a module at phase 'scheduled' or later, found one at phase 'tiled': 'atleus compile' goes on from there}}
module attributes {atleus.phase = "tiled"} {}

// -----

module {
  // expected-note @below {{first one here}}
  sched.schedule @a on @m {
  }
  // expected-error @below {{expected one schedule, found a second}}
  sched.schedule @b on @m {
  }
}

// -----

sched.schedule @a on @m {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 5
  // expected-error @below {{has no start: schedule it first}}
  %1 = sched.task "a"[1] on (0, 0, 0) "array" duration 5
}
