// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-assign-tiers --verify-roundtrip | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// CHECK-LABEL: func.func @weights_to_crossbars
func.func @weights_to_crossbars(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
  // CHECK: nn.constant dense<5.000000e-01> : tensor<16x16xf32>
  // CHECK: nn.quantize %{{.*}} : tensor<16x16xf32> to
  // CHECK: nn.quantize {{.*}}arch.tier = @sa0} : tensor<4x16xf32>
  // CHECK: nn.linear {{.*}}arch.tier = @reram0, nn.name = "query"}
  // CHECK: nn.gelu {{.*}}arch.tier = @sa0}
  %c = nn.constant dense<0.5> : tensor<16x16xf32>
  %w = nn.quantize %c : tensor<16x16xf32> to tensor<16x16x!w>
  %q = nn.quantize %x : tensor<4x16xf32> to tensor<4x16x!x>
  %y = nn.linear %q, %w {nn.name = "query"}
      : (tensor<4x16x!x>, tensor<16x16x!w>) -> tensor<4x16xf32>
  %z = nn.gelu %y : tensor<4x16xf32>
  return %z : tensor<4x16xf32>
}

// CHECK-LABEL: func.func @dynamic_products_to_systolic_tiers
func.func @dynamic_products_to_systolic_tiers(%x: tensor<4x16x!x>)
    -> (tensor<4x16xf32>, tensor<4x4xf32>) {
  // CHECK: nn.attention {{.*}}arch.tier = @sa0
  // CHECK: nn.matmul {{.*}}arch.tier = @sa0
  %y = nn.attention %x, %x, %x heads 2 kv_heads 2 scale 0.25 probabilities !x
      : (tensor<4x16x!x>, tensor<4x16x!x>, tensor<4x16x!x>) -> tensor<4x16xf32>
  %z = nn.matmul %x, %x {transpose_rhs}
      : (tensor<4x16x!x>, tensor<4x16x!x>) -> tensor<4x4xf32>
  return %y, %z : tensor<4x16xf32>, tensor<4x4xf32>
}

// Ops that only rearrange elements, and what depends on constants alone, run on
// no unit.
// CHECK-LABEL: func.func @layout_and_constants
func.func @layout_and_constants(%x: tensor<4x4xf32>) -> tensor<16xf32> {
  // CHECK-NOT: arch.tier
  // CHECK: nn.add {{.*}}arch.tier = @sa0}
  // CHECK-NOT: arch.tier
  %c = nn.constant dense<1.0> : tensor<4x4xf32>
  %d = nn.neg %c : tensor<4x4xf32>
  %t = nn.transpose %x [1, 0] : tensor<4x4xf32> -> tensor<4x4xf32>
  %y = nn.add %t, %d : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  %r = nn.reshape %y : tensor<4x4xf32> to tensor<16xf32>
  return %r : tensor<16xf32>
}

// A weight that is an argument may change, so it is not written into crossbars.
// CHECK-LABEL: func.func @weight_is_an_argument
func.func @weight_is_an_argument(%x: tensor<4x16x!x>, %w: tensor<16x16x!w>)
    -> tensor<4x16xf32> {
  // CHECK: nn.linear {{.*}}arch.tier = @sa0
  %y = nn.linear %x, %w
      : (tensor<4x16x!x>, tensor<16x16x!w>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}
