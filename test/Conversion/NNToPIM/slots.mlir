// Layers that share a slot write their weights in turn; a layer that is alone in
// one does not.
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --convert-nn-to-pim \
// RUN:   | FileCheck %s

!any = !quant.any<i8:f32>
!w = !quant.uniform<i8:f32, 0.5>

// CHECK: pim.program {{.*}} features [0, 4] slot "s" {nn.name = "a"}
// CHECK: pim.program {{.*}} features [0, 4] slot "s" {nn.name = "b"}
// CHECK: pim.program {{.*}} features [0, 4] {nn.name = "c"}
// CHECK: pim.program {{.*}} features [0, 4] {nn.name = "d"}
func.func @main(%x: tensor<3x8x!any>)
    -> (tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>) {
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!w>
  %a0 = nn.linear %x, %w {arch.tier = @reram0, arch.slot = "s", nn.name = "a"}
      : (tensor<3x8x!any>, tensor<8x4x!w>) -> tensor<3x4xf32>
  %b0 = nn.linear %x, %w {arch.tier = @reram0, arch.slot = "s", nn.name = "b"}
      : (tensor<3x8x!any>, tensor<8x4x!w>) -> tensor<3x4xf32>
  %c0 = nn.linear %x, %w {arch.tier = @reram0, arch.slot = "t", nn.name = "c"}
      : (tensor<3x8x!any>, tensor<8x4x!w>) -> tensor<3x4xf32>
  %d0 = nn.linear %x, %w {arch.tier = @reram0, nn.name = "d"}
      : (tensor<3x8x!any>, tensor<8x4x!w>) -> tensor<3x4xf32>
  return %a0, %b0, %c0, %d0
      : tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>
}
