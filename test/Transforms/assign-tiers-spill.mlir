// RUN: cat %inputs/small-machine.mlir %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-assign-tiers=spill=rewrite 2>&1 | FileCheck %s
// RUN: atleus-opt %t.mlir --atleus-assign-tiers="spill=auto objective=energy" 2>&1 | FileCheck %s --check-prefix=AUTO
// RUN: sed 's/arch.tier @sa0.*//' %t.mlir | atleus-opt --atleus-assign-tiers="policy=all-crossbar spill=auto" 2>&1 | FileCheck %s
// RUN: sed 's/arch.tier @sa0.*//' %t.mlir | atleus-opt --atleus-assign-tiers="policy=cost spill=auto" 2>&1 | FileCheck %s --check-prefix=COST
// RUN: sed 's/arch.tier @sa0.*//' %t.mlir | not atleus-opt --atleus-assign-tiers="policy=cost spill=none" 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: sed 's/arrays_per_tile = 8/arrays_per_tile = 1/; s/arch.tier @sa0.*//' %t.mlir | not atleus-opt --atleus-assign-tiers="policy=all-crossbar spill=auto" 2>&1 | FileCheck %s --check-prefix=NO-SLOT
// RUN: sed 's/arrays_per_tile = 8/arrays_per_tile = 1/' %t.mlir | not atleus-opt --atleus-assign-tiers=spill=rewrite 2>&1 | FileCheck %s --check-prefix=REWRITE
// RUN: sed 's/arrays_per_tile = 8/arrays_per_tile = 1/; s/arch.tier @sa0.*//' %t.mlir | not atleus-opt --atleus-assign-tiers="policy=cost spill=rewrite" 2>&1 | FileCheck %s --check-prefix=REWRITE

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// The tier has 64 crossbars, and each weight takes 16. Two stay, and the others
// take turns in two slots.
// CHECK: remark: weights of 4 of 6 kernels take turns in crossbars and are written in each inference
// CHECK: nn.linear {{.*}}arch.reason = "policy {{static-dynamic|all-crossbar}}", arch.tier = @reram0, nn.name = "a"
// CHECK: nn.linear {{.*}}arch.reason = "policy {{static-dynamic|all-crossbar}}", arch.tier = @reram0, nn.name = "b"
// CHECK: nn.linear {{.*}}arch.reason = "policy {{static-dynamic|all-crossbar}}, rewritten for want of crossbars", arch.slot = "slot0", arch.tier = @reram0, nn.name = "c"
// CHECK: nn.linear {{.*}}arch.slot = "slot1", {{.*}}nn.name = "d"
// CHECK: nn.linear {{.*}}arch.slot = "slot0", {{.*}}nn.name = "e"
// CHECK: nn.linear {{.*}}arch.slot = "slot1", {{.*}}nn.name = "f"

// Writing 16 x 16 cells of 1 pJ in each of 16 crossbars costs more than reading
// 256 bytes and multiplying elsewhere.
// AUTO: remark: weights of 2 of 6 kernels are in no crossbar and stream from memory
// AUTO-COUNT-4: nn.linear {{.*}}arch.tier = @reram0
// AUTO-COUNT-2: arch.reason = "policy static-dynamic, streamed for want of crossbars", arch.tier = @sa0

// COST: remark: weights of 4 of 6 kernels take turns
// COST: exact = true
// NONE: error: needs 96 crossbars, tier @reram0 has 64: short by 32
// NO-SLOT: error: needs 96 crossbars, tier @reram0 has 8: short by 88
// NO-SLOT: note: to take turns in crossbars, one slot for their layout would need 16 of the 8 left
// REWRITE: error: the weights of 6 kernels cannot take turns in crossbars: one slot for their layout needs 16 crossbars, tier @reram0 has 8 left: short by 8
// REWRITE: note: 'a' needs 16
// REWRITE: note: tier @reram0 has 4 cores of 2 crossbars
// REWRITE: note: with --set cells.arrays_per_tile=2 there are enough
func.func @main(%x: tensor<4x16x!x>) -> tensor<4x64xf32> {
  %c0 = nn.constant dense<0.5> : tensor<16x64xf32>
  %w0 = nn.quantize %c0 : tensor<16x64xf32> to tensor<16x64x!w>
  %a = nn.linear %x, %w0 {nn.name = "a"}
      : (tensor<4x16x!x>, tensor<16x64x!w>) -> tensor<4x64xf32>
  %b = nn.linear %x, %w0 {nn.name = "b"}
      : (tensor<4x16x!x>, tensor<16x64x!w>) -> tensor<4x64xf32>
  %c = nn.linear %x, %w0 {nn.name = "c"}
      : (tensor<4x16x!x>, tensor<16x64x!w>) -> tensor<4x64xf32>
  %d = nn.linear %x, %w0 {nn.name = "d"}
      : (tensor<4x16x!x>, tensor<16x64x!w>) -> tensor<4x64xf32>
  %e = nn.linear %x, %w0 {nn.name = "e"}
      : (tensor<4x16x!x>, tensor<16x64x!w>) -> tensor<4x64xf32>
  %f = nn.linear %x, %w0 {nn.name = "f"}
      : (tensor<4x16x!x>, tensor<16x64x!w>) -> tensor<4x64xf32>
  %ab = nn.add %a, %b : (tensor<4x64xf32>, tensor<4x64xf32>) -> tensor<4x64xf32>
  %cd = nn.add %c, %d : (tensor<4x64xf32>, tensor<4x64xf32>) -> tensor<4x64xf32>
  %ef = nn.add %e, %f : (tensor<4x64xf32>, tensor<4x64xf32>) -> tensor<4x64xf32>
  %s = nn.add %ab, %cd : (tensor<4x64xf32>, tensor<4x64xf32>) -> tensor<4x64xf32>
  %t = nn.add %s, %ef : (tensor<4x64xf32>, tensor<4x64xf32>) -> tensor<4x64xf32>
  return %t : tensor<4x64xf32>
}
