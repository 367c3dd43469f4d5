// A compilation does not go back, and writes nothing then.
// RUN: rm -f %t.mlir
// RUN: not atleus compile %s --to=nn -o %t.mlir 2>&1 | FileCheck %s
// RUN: not atleus compile %s --to=tiled -o %t.mlir 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ONE
// RUN: not ls %t.mlir

// CHECK: phase-back.mlir:[[@LINE+2]]:0: error: the module is at phase 'placed' and cannot go back to 'nn'
// ONE: phase-back.mlir:[[@LINE+1]]:0: error: the module is at phase 'placed' and cannot go back to 'tiled'
module attributes {atleus.phase = "placed"} {}
