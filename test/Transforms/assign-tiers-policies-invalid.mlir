// RUN: sed 's/arch.tier @sa0.*//' %inputs/small-machine.mlir | cat - %s > %t.crossbars.mlir
// RUN: sed 's/arch.tier @reram0.*//' %inputs/small-machine.mlir | cat - %s > %t.systolic.mlir
// RUN: not atleus-opt %t.crossbars.mlir --atleus-assign-tiers=policy=all-systolic 2>&1 | FileCheck %s --check-prefix=SYSTOLIC
// RUN: not atleus-opt %t.crossbars.mlir --atleus-assign-tiers=policy=attention-feedforward 2>&1 | FileCheck %s --check-prefix=HETRAX
// RUN: not atleus-opt %t.systolic.mlir --atleus-assign-tiers=policy=attention-feedforward 2>&1 | FileCheck %s --check-prefix=NO-CROSSBAR
// RUN: not atleus-opt %t.systolic.mlir --atleus-assign-tiers=policy=all-crossbar 2>&1 | FileCheck %s --check-prefix=CROSSBAR
// RUN: not atleus-opt %t.crossbars.mlir --atleus-assign-tiers=policy=fastest 2>&1 | FileCheck %s --check-prefix=UNKNOWN

// SYSTOLIC: error: policy 'all-systolic' needs a tier without crossbars, @small has none
// SYSTOLIC: note: tier @reram0 has cores of kind arch.crossbar
// HETRAX: error: policy 'attention-feedforward' needs a tier without crossbars, @small has none
// NO-CROSSBAR: error: policy 'attention-feedforward' needs a tier of crossbars, @small has none
// NO-CROSSBAR: note: tier @sa0 has cores of kind arch.systolic
// CROSSBAR: error: policy 'all-crossbar' needs a tier of crossbars, @small has none
// UNKNOWN: Cannot find option named 'fastest'
func.func @main(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  return %x : tensor<4x8xf32>
}
