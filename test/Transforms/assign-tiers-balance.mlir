// RUN: atleus-opt %s --atleus-attach-machine=machine=atleus \
// RUN:   --atleus-assign-tiers | FileCheck %s

// Two systolic tiers take half of the work each, cut where one value is alive.
// CHECK-LABEL: func.func @halves
func.func @halves(%x: tensor<64x64xf32>) -> tensor<64x64xf32> {
  // CHECK-COUNT-3: arch.tier = @sa0
  // CHECK-NOT: @sa0
  // CHECK-COUNT-3: arch.tier = @sa1
  %a = nn.gelu %x : tensor<64x64xf32>
  %b = nn.tanh %a : tensor<64x64xf32>
  %c = nn.add %a, %b
      : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
  %d = nn.gelu %c : tensor<64x64xf32>
  %e = nn.tanh %d : tensor<64x64xf32>
  %f = nn.add %d, %e
      : (tensor<64x64xf32>, tensor<64x64xf32>) -> tensor<64x64xf32>
  return %f : tensor<64x64xf32>
}
