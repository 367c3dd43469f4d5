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
!w = !quant.uniform<i8:f32, 0.2>
// A column of crossbars takes 17, one more than a core has.
// CHECK: error: needs 17 crossbars, tier @reram0 has 64, but the cores have no room for 1 kernel
// CHECK: note: 'deep' needs 17 crossbars in one core for each column of crossbars, and 17 in all; the emptiest core has 16 left
// CHECK: note: tier @reram0 has 4 cores of 16 crossbars
func.func @main(%x: tensor<4x272x!x>) -> tensor<4x4xf32> {
  %c = nn.constant dense<0.5> : tensor<272x4xf32>
  %w = nn.quantize %c : tensor<272x4xf32> to tensor<272x4x!w>
  %y = nn.linear %x, %w {nn.name = "deep"}
      : (tensor<4x272x!x>, tensor<272x4x!w>) -> tensor<4x4xf32>
  return %y : tensor<4x4xf32>
}
