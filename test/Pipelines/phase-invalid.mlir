// A module whose phase is none is refused by every subcommand.
// RUN: split-file %s %t
// RUN: not atleus compile %t/name.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not atleus run %t/name.mlir 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not atleus inspect %t/name.mlir 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not atleus compile %t/kind.mlir -o %t/out 2>&1 | FileCheck %s --check-prefix=KIND
// RUN: not ls %t/out

//--- name.mlir
// NAME: name.mlir:{{[0-9]+}}:0: error: 'atleus.phase' must be one of onnx nn compressed assigned tiled placed scheduled estimated, found "mapped"
module attributes {atleus.phase = "mapped"} {}

//--- kind.mlir
// KIND: error: 'atleus.phase' must be one of onnx nn compressed assigned tiled placed scheduled estimated, found 3 : i64
module attributes {atleus.phase = 3} {}
