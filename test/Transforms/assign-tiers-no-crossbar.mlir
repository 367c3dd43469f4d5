// RUN: not atleus-opt %s --atleus-attach-machine=machine=%source_dir/test/machines/Inputs/systolic-only.mlir \
// RUN:   --atleus-assign-tiers 2>&1 | FileCheck %s
// RUN: atleus-opt %s --atleus-attach-machine=machine=%source_dir/test/machines/Inputs/systolic-only.mlir \
// RUN:   --atleus-assign-tiers=spill=systolic 2>&1 | FileCheck %s --check-prefix=SPILL

// CHECK: error: machine @systolic_only has no crossbar tier for the weights of 1 kernel
// CHECK: note: tier @sa0 has cores of kind arch.systolic
// CHECK: note: with spill=systolic
// SPILL: remark: weights of 1 of 1 kernel are in no crossbar and stream from memory
// SPILL: nn.linear {{.*}}arch.tier = @sa0
func.func @main(%x: tensor<3x8xf32>) -> tensor<3x4xf32> {
  %w = nn.constant dense<0.5> : tensor<8x4xf32>
  %y = nn.linear %x, %w
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}
