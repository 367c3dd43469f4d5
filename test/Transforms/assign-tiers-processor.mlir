// RUN: cat %inputs/processor-machine.mlir %s | atleus-opt --atleus-assign-tiers \
// RUN:   | FileCheck %s
// RUN: sed 's/arch.machine @mixed/& streaming<attention>/' \
// RUN:   %inputs/processor-machine.mlir > %t.attention.mlir
// RUN: cat %t.attention.mlir %s | atleus-opt --atleus-assign-tiers \
// RUN:   | FileCheck %s --check-prefix=ATTENTION

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// Processors take every kernel that is in no crossbar, products and operations
// on elements alike.
// CHECK-LABEL: func.func @layer
// Of a machine that is made for it, the projections around an attention stream
// into the tiers that execute it, through views and scales; other layers do not.
// ATTENTION-LABEL: func.func @layer
func.func @layer(%x: tensor<4x8x!x>) -> tensor<4x8xf32> {
  %c = nn.constant dense<0.5> : tensor<8x8xf32>
  %w = nn.quantize %c : tensor<8x8xf32> to tensor<8x8x!w>
  %s = nn.constant dense<0.125> : tensor<f32>
  // CHECK-COUNT-3: nn.linear {{.*}}arch.tier = @reram0
  // ATTENTION-COUNT-3: nn.linear {{.*}}arch.tier = @sm0
  %q = nn.linear %x, %w {nn.name = "query"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  %k = nn.linear %x, %w {nn.name = "key"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  %v = nn.linear %x, %w {nn.name = "value"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  // CHECK: nn.mul {{.*}}arch.tier = @sm0
  %scaled = nn.mul %q, %s : (tensor<4x8xf32>, tensor<f32>) -> tensor<4x8xf32>
  // CHECK: nn.attention {{.*}}arch.tier = @sm0
  // ATTENTION: nn.attention {{.*}}arch.tier = @sm0
  %a = nn.attention %scaled, %k, %v heads 2 kv_heads 2 scale 1.0
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %i = nn.quantize %a : tensor<4x8xf32> to tensor<4x8x!x>
  // CHECK: nn.linear {{.*}}arch.tier = @reram0
  // ATTENTION: nn.linear {{.*}}arch.tier = @sm0
  %o = nn.linear %i, %w {nn.name = "output"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  // CHECK: nn.gelu {{.*}}arch.tier = @sm0
  // ATTENTION: nn.gelu {{.*}}arch.tier = @sm0
  %g = nn.gelu %o : tensor<4x8xf32>
  %h = nn.quantize %g : tensor<4x8xf32> to tensor<4x8x!x>
  // CHECK: nn.linear {{.*}}arch.tier = @reram0
  // ATTENTION: nn.linear {{.*}}arch.tier = @reram0
  %f = nn.linear %h, %w {nn.name = "feed-forward"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  return %f : tensor<4x8xf32>
}
