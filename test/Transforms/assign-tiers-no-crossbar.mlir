// RUN: not atleus-opt %s --atleus-attach-machine=machine=%source_dir/test/machines/Inputs/systolic-only.mlir \
// RUN:   --atleus-assign-tiers=spill=systolic 2>&1 | FileCheck %s
// RUN: sed -e 's/, memory = @dram//' %source_dir/test/machines/Inputs/systolic-only.mlir \
// RUN:   > %t.mlir
// RUN: not atleus-opt %s --atleus-attach-machine=machine=%t.mlir \
// RUN:   --atleus-assign-tiers=policy=cost 2>&1 | FileCheck %s --check-prefix=NOWHERE
// RUN: atleus-opt %s --atleus-attach-machine=machine=%source_dir/test/machines/Inputs/systolic-only.mlir \
// RUN:   --atleus-assign-tiers=policy=cost | FileCheck %s --check-prefix=COST

// CHECK: error: policy 'static-dynamic' needs a tier of crossbars, @systolic_only has none
// CHECK: note: tier @sa0 has cores of kind arch.systolic
// NOWHERE: error: machine @systolic_only has no crossbar tier for the weights of 1 kernel
// NOWHERE: note: tier @sa0 has cores of kind arch.systolic
// COST: nn.linear {{.*}}arch.tier = @sa0
func.func @main(%x: tensor<3x8xf32>) -> tensor<3x4xf32> {
  %w = nn.constant dense<0.5> : tensor<8x4xf32>
  %y = nn.linear %x, %w
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}
