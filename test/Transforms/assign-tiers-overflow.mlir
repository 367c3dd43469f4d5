// RUN: atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.tiles=1,reram.arrays_per_tile=1" \
// RUN:   --atleus-assign-tiers | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// Each tier has 16 crossbars of 32 features. A weight lies on one tier, and each
// tier gets consecutive layers with half of the crossbars.
// CHECK-LABEL: func.func @half_each
func.func @half_each(%x: tensor<4x128x!x>)
    -> (tensor<4x384xf32>, tensor<4x256xf32>, tensor<4x128xf32>) {
  // CHECK: nn.linear {{.*}}arch.tier = @reram0, nn.name = "twelve"
  // CHECK: nn.linear {{.*}}arch.tier = @reram1, nn.name = "eight"
  // CHECK: nn.linear {{.*}}arch.tier = @reram1, nn.name = "four"
  %c0 = nn.constant dense<0.5> : tensor<128x384xf32>
  %c1 = nn.constant dense<0.5> : tensor<128x256xf32>
  %c2 = nn.constant dense<0.5> : tensor<128x128xf32>
  %w0 = nn.quantize %c0 : tensor<128x384xf32> to tensor<128x384x!w>
  %w1 = nn.quantize %c1 : tensor<128x256xf32> to tensor<128x256x!w>
  %w2 = nn.quantize %c2 : tensor<128x128xf32> to tensor<128x128x!w>
  %a = nn.linear %x, %w0 {nn.name = "twelve"}
      : (tensor<4x128x!x>, tensor<128x384x!w>) -> tensor<4x384xf32>
  %b = nn.linear %x, %w1 {nn.name = "eight"}
      : (tensor<4x128x!x>, tensor<128x256x!w>) -> tensor<4x256xf32>
  %c = nn.linear %x, %w2 {nn.name = "four"}
      : (tensor<4x128x!x>, tensor<128x128x!w>) -> tensor<4x128xf32>
  return %a, %b, %c : tensor<4x384xf32>, tensor<4x256xf32>, tensor<4x128xf32>
}
