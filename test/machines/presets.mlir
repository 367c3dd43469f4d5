// Every preset and every machine of the tests verifies and reads back what it
// prints.
// RUN: atleus-opt %source_dir/machines/atleus.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %S/Inputs/systolic-only.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %S/Inputs/tiny.mlir --verify-roundtrip -o /dev/null

// A preset with an untagged number does not verify.
// RUN: not atleus-opt %S/Inputs/untagged.mlir 2>&1 | FileCheck %s
// CHECK: untagged.mlir:3:3: error: 'arch.host' op does not say where 'byte_fj' comes from
