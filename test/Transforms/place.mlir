// RUN: cat %inputs/small-machine.mlir %inputs/transformer-layer.mlir \
// RUN:   | atleus-opt --convert-nn-to-pim --convert-nn-to-systolic \
// RUN:       --atleus-tile --atleus-place | FileCheck %s

// Tier @sa0 has the nodes (x, y, 0), tier @reram0 (x, y, 1); a node has 16
// arrays. The input comes from (0, 0, 0).
// CHECK-LABEL: func.func @main

// Half of the tokens run where the input is, the others one link away.
// CHECK: systolic.vector{{.*}} on @sa0 at (0, 0, 0)(0, 1, 0) task_tile [1, 16, 16]
// CHECK: nn.name = "quantize_input"}

// Each weight goes to the emptiest node, along a curve: (0, 0), (0, 1), (1, 1),
// (1, 0).
// CHECK: pim.program {{.*}} at (0, 0, 1) {{.*}}"query"
// CHECK: pim.mvm {{.*}} at (0, 0, 1) {{.*}}"query"
// CHECK: pim.program {{.*}} at (0, 1, 1) {{.*}}"key"
// CHECK: pim.program {{.*}} at (1, 1, 1) {{.*}}"value"

// Below the crossbars that make the data; of equal nodes the one used less.
// CHECK: systolic.vector{{.*}} at (0, 0, 0)({{1, 0|0, 1}}, 0)
// CHECK: nn.name = "quantize.0"}
// CHECK: systolic.vector{{.*}} at (0, 1, 0)(
// CHECK: nn.name = "quantize.1"}
// CHECK: systolic.vector{{.*}} at (1, 1, 0)(
// CHECK: nn.name = "quantize.2"}

// The three kernels of a head are together.
// CHECK: systolic.matmul {{.*}} at [[HEADS:(\([0-9], [0-9], 0\)){4}]] task_tile [1, 1, 16, 32] {{{.*}}nn.name = "attention.scores"
// CHECK: systolic.vector{{.*}} at [[HEADS]] task_tile [1, 1, 16, 32]
// CHECK: nn.name = "attention.softmax"}
// CHECK: systolic.matmul {{.*}} at [[HEADS]] task_tile [1, 1, 16, 8] {{{.*}}nn.name = "attention.context"

// CHECK: pim.program {{.*}} at (1, 0, 1) {{.*}}"projection"
// CHECK: pim.program {{.*}} at (0, 0, 1) {{.*}}"expand"
// CHECK: systolic.vector{{.*}} at (0, 0, 0)(
// CHECK: nn.name = "gelu"}
// CHECK: pim.program {{.*}} at (0, 1, 1) {{.*}}"contract"
// CHECK: nn.name = "output_norm"}
