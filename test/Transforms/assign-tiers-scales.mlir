// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | not atleus-opt --atleus-assign-tiers 2>&1 | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-assign-tiers=spill=systolic 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SPILL

!x = !quant.uniform<u8:f32, 0.1:7>
!w = !quant.uniform<i4:f32:{0:6, 1:1}, {{0.5}, {0.25}}>

// A scale of a model file may not fit arrays: the layer runs elsewhere.
// CHECK: error: 'nn.linear' op cannot run on a crossbar tier: it needs blocks of weights with a scale that divide the 16 rows of an array or are a multiple of them, found blocks of 6
// CHECK: note: with spill=systolic
// SPILL: nn.linear {{.*}}arch.tier = @sa0
func.func @main(%x: tensor<4x12x!x>) -> tensor<4x1xf32> {
  %c = nn.constant dense<3> : tensor<12x1xi4>
  %w = nn.storage_cast %c : tensor<12x1xi4> to tensor<12x1x!w>
  %y = nn.linear %x, %w : (tensor<4x12x!x>, tensor<12x1x!w>) -> tensor<4x1xf32>
  return %y : tensor<4x1xf32>
}
