// Every preset and every machine of the tests verifies and reads back what it
// prints.
// RUN: atleus-opt %source_dir/machines/atleus.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %source_dir/machines/fpga-sparse.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %source_dir/machines/gpu-edge.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %source_dir/machines/hetrax.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %source_dir/machines/isaac.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %source_dir/machines/puma.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %source_dir/machines/systolic-edge.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %S/Inputs/systolic-only.mlir --verify-roundtrip -o /dev/null
// RUN: atleus-opt %S/Inputs/tiny.mlir --verify-roundtrip -o /dev/null

// All of them are listed.
// RUN: atleus machines > %t && ls %source_dir/machines/*.mlir | count 7
// RUN: FileCheck %s --check-prefix=LIST < %t
// LIST: name {{.*}} summary
// LIST: atleus {{.*}} 3D stack
// LIST-NEXT: fpga-sparse {{.*}} FPGA board
// LIST-NEXT: gpu-edge {{.*}} embedded GPU
// LIST-NEXT: hetrax {{.*}} 3D stack: attention on 3 processor tiers
// LIST-NEXT: isaac {{.*}} 2D chip of 168 ReRAM tiles
// LIST-NEXT: puma {{.*}} 2D node of 138 ReRAM tiles
// LIST-NEXT: systolic-edge {{.*}} 2D edge chip

// A preset with an untagged number does not verify.
// RUN: not atleus-opt %S/Inputs/untagged.mlir 2>&1 | FileCheck %s
// CHECK: untagged.mlir:3:3: error: 'arch.host' op does not say where 'byte_fj' comes from
