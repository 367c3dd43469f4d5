// RUN: split-file %s %t
// RUN: cat %inputs/small-machine.mlir %t/fits.mlir \
// RUN:   | atleus-opt --atleus-assign-tiers | FileCheck %t/fits.mlir
// RUN: cat %inputs/small-machine.mlir %t/short.mlir \
// RUN:   | not atleus-opt --atleus-assign-tiers 2>&1 | FileCheck %t/short.mlir
// RUN: cat %inputs/small-machine.mlir %t/short.mlir \
// RUN:   | atleus-opt --atleus-assign-tiers=spill=systolic 2>&1 \
// RUN:   | FileCheck %t/short.mlir --check-prefix=SPILL
// RUN: cat %inputs/small-machine.mlir %t/scattered.mlir \
// RUN:   | not atleus-opt --atleus-assign-tiers 2>&1 \
// RUN:   | FileCheck %t/scattered.mlir
// RUN: cat %inputs/small-machine.mlir %t/block.mlir \
// RUN:   | not atleus-opt --atleus-assign-tiers 2>&1 \
// RUN:   | FileCheck %t/block.mlir
// RUN: cat %inputs/small-machine.mlir %t/rows.mlir \
// RUN:   | atleus-opt --atleus-assign-tiers | FileCheck %t/rows.mlir
// RUN: cat %inputs/small-machine.mlir %t/rows.mlir \
// RUN:   | atleus-opt --atleus-assign-tiers --convert-nn-to-pim --atleus-tile \
// RUN:   | FileCheck %t/rows.mlir --check-prefix=TILED

//--- fits.mlir
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>
// The tier has 4 cores of 16 crossbars. The weight takes 2 x 32 of them: it is
// larger than a core and fills the tier.
// CHECK: nn.linear {{.*}}arch.tier = @reram0
func.func @main(%x: tensor<4x32x!x>) -> tensor<4x128xf32> {
  %c = nn.constant dense<0.5> : tensor<32x128xf32>
  %w = nn.quantize %c : tensor<32x128xf32> to tensor<32x128x!w>
  %y = nn.linear %x, %w
      : (tensor<4x32x!x>, tensor<32x128x!w>) -> tensor<4x128xf32>
  return %y : tensor<4x128xf32>
}

//--- short.mlir
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>
// CHECK: error: needs 96 crossbars, tier @reram0 has 64: short by 32
// CHECK: note: 'large' needs 48
// CHECK: note: 'nn.linear' needs 32
// CHECK: note: 'small' needs 12
// CHECK-NOT: 'tiny' needs
// CHECK: note: tier @reram0 has 4 cores of 16 crossbars
// CHECK: note: with --set cells.arrays_per_tile=12 there are enough
// CHECK: note: with --weight-bits=4 they need 48
// CHECK: note: with --machine=atleus they need {{[0-9]+}} of {{[0-9,]+}}
// CHECK: note: with spill=systolic (atleus compile --spill=systolic), weights without room in crossbars stream from memory into systolic tiers
// SPILL: remark: weights of 1 of 4 kernels are in no crossbar and stream from memory
// SPILL: nn.linear {{.*}}arch.tier = @reram0, nn.name = "large"
// SPILL: nn.linear {{.*}}arch.tier = @sa0
// SPILL: nn.linear {{.*}}arch.tier = @reram0, nn.name = "small"
// SPILL: nn.linear {{.*}}arch.tier = @reram0, nn.name = "tiny"
func.func @main(%x: tensor<4x16x!x>)
    -> (tensor<4x192xf32>, tensor<4x128xf32>, tensor<4x48xf32>,
        tensor<4x16xf32>) {
  %c0 = nn.constant dense<0.5> : tensor<16x192xf32>
  %c1 = nn.constant dense<0.5> : tensor<16x128xf32>
  %c2 = nn.constant dense<0.5> : tensor<16x48xf32>
  %c3 = nn.constant dense<0.5> : tensor<16x16xf32>
  %w0 = nn.quantize %c0 : tensor<16x192xf32> to tensor<16x192x!w>
  %w1 = nn.quantize %c1 : tensor<16x128xf32> to tensor<16x128x!w>
  %w2 = nn.quantize %c2 : tensor<16x48xf32> to tensor<16x48x!w>
  %w3 = nn.quantize %c3 : tensor<16x16xf32> to tensor<16x16x!w>
  %a = nn.linear %x, %w0 {nn.name = "large"}
      : (tensor<4x16x!x>, tensor<16x192x!w>) -> tensor<4x192xf32>
  %b = nn.linear %x, %w1
      : (tensor<4x16x!x>, tensor<16x128x!w>) -> tensor<4x128xf32>
  %c = nn.linear %x, %w2 {nn.name = "small"}
      : (tensor<4x16x!x>, tensor<16x48x!w>) -> tensor<4x48xf32>
  // Takes what is left: the weight before it left 4.
  %d = nn.linear %x, %w3 {nn.name = "tiny"}
      : (tensor<4x16x!x>, tensor<16x16x!w>) -> tensor<4x16xf32>
  return %a, %b, %c, %d : tensor<4x192xf32>, tensor<4x128xf32>,
      tensor<4x48xf32>, tensor<4x16xf32>
}

//--- scattered.mlir
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32:{0:96, 1:12}, {{0.2}, {0.3}, {0.4}}>
// A column of crossbars takes 18, two more than a core has, and may be cut into
// parts of 6, of which a core has room for two: for 8 of 9.
// CHECK: error: needs 54 crossbars, tier @reram0 has 64, but the cores have no room for 1 kernel
// CHECK: note: 'deep' needs 6 crossbars in one core for each part of a column of crossbars, and 54 in all; the emptiest core has 16 left
// CHECK: note: tier @reram0 has 4 cores of 16 crossbars
func.func @main(%x: tensor<4x288x!x>) -> tensor<4x12xf32> {
  %c = nn.constant dense<0.5> : tensor<288x12xf32>
  %w = nn.quantize %c : tensor<288x12xf32> to tensor<288x12x!w>
  %y = nn.linear %x, %w {nn.name = "deep"}
      : (tensor<4x288x!x>, tensor<288x12x!w>) -> tensor<4x12xf32>
  return %y : tensor<4x12xf32>
}

//--- block.mlir
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32:{0:272, 1:4}, {{0.2}, {0.3}}>
// Rows with scales in common are not cut: they take 17 of the 34.
// CHECK: error: needs 34 crossbars, tier @reram0 has 64, but the cores have no room for 1 kernel
// CHECK: note: 'deep' needs 34 crossbars in one core for each column of crossbars, and 34 in all; the emptiest core has 16 left
func.func @main(%x: tensor<4x544x!x>) -> tensor<4x4xf32> {
  %c = nn.constant dense<0.5> : tensor<544x4xf32>
  %w = nn.quantize %c : tensor<544x4xf32> to tensor<544x4x!w>
  %y = nn.linear %x, %w {nn.name = "deep"}
      : (tensor<4x544x!x>, tensor<544x4x!w>) -> tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}

//--- rows.mlir
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>
// A column of crossbars takes 17, one more than a core has: the weight has 51,
// what is left is 13, and tiling finds room for both as assignment did.
// CHECK: nn.linear {{.*}}arch.tier = @reram0{{.*}}nn.name = "deep"
// CHECK: nn.linear {{.*}}arch.tier = @reram0{{.*}}nn.name = "rest"
// TILED-COUNT-4: pim.program {{.*}} features [{{[048]}}, {{4|12}}] rows [
// TILED: pim.program {{.*}} {nn.name = "rest{{.*}}"}
func.func @main(%x: tensor<4x272x!x>) -> tensor<4x52xf32> {
  %c = nn.constant dense<0.5> : tensor<272x12xf32>
  %w = nn.quantize %c : tensor<272x12xf32> to tensor<272x12x!w>
  %y = nn.linear %x, %w {nn.name = "deep"}
      : (tensor<4x272x!x>, tensor<272x12x!w>) -> tensor<4x12xf32>
  %q = nn.quantize %y : tensor<4x12xf32> to tensor<4x12x!x>
  %d = nn.constant dense<0.5> : tensor<12x52xf32>
  %v = nn.quantize %d : tensor<12x52xf32> to tensor<12x52x!w>
  %z = nn.linear %q, %v {nn.name = "rest"}
      : (tensor<4x12x!x>, tensor<12x52x!w>) -> tensor<4x52xf32>
  return %z : tensor<4x52xf32>
}
