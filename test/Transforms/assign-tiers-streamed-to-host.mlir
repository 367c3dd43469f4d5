// RUN: sed 's/arch.tier @sm0.*//' %inputs/processor-machine.mlir > %t.mlir
// RUN: cat %t.mlir %s | atleus-opt --atleus-assign-tiers="policy=all-crossbar spill=systolic" 2>&1 \
// RUN:   | FileCheck %s
// RUN: cat %t.mlir %s | not atleus-opt --atleus-assign-tiers=policy=all-crossbar 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ERROR

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// 64 arrays have no room for 4 x 32, and no other tier can take the weight.
// CHECK: remark: weights of 1 of 1 kernel are in no crossbar and stream from memory
// CHECK: remark: runs on the host: the machine has no tier into which its weight could stream
// CHECK: nn.linear {{.*}}arch.tier = @host
// ERROR: error: needs 128 crossbars, tier @reram0 has 64: short by 64
// ERROR: note: with --set cells.arrays_per_tile=16 there are enough
// ERROR: note: no core of @mixed reads weights from a memory, so that they cannot stream
func.func @main(%x: tensor<1x64x!x>) -> tensor<1x128xf32> {
  %c = nn.constant dense<0.5> : tensor<64x128xf32>
  %w = nn.quantize %c : tensor<64x128xf32> to tensor<64x128x!w>
  %y = nn.linear %x, %w
      : (tensor<1x64x!x>, tensor<64x128x!w>) -> tensor<1x128xf32>
  return %y : tensor<1x128xf32>
}
