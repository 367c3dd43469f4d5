// RUN: cat %inputs/processor-machine.mlir %s \
// RUN:   | atleus-opt --convert-nn-to-pim --convert-nn-to-systolic | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// Processors take the kernels that systolic tiers take.
// CHECK-LABEL: func.func @processor
func.func @processor(%x: tensor<4x8x!x>) -> tensor<4x4xf32> {
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!w>
  // CHECK: systolic.matmul {{.*}} on @sm0 {{.*}}static_rhs
  %y = nn.linear %x, %w {arch.tier = @sm0}
      : (tensor<4x8x!x>, tensor<8x4x!w>) -> tensor<4x4xf32>
  // CHECK: systolic.vector{{.*}} on @sm0
  // CHECK: nn.gelu
  %z = nn.gelu %y {arch.tier = @sm0} : tensor<4x4xf32>
  return %z : tensor<4x4xf32>
}

// Operations on elements that are assigned to a crossbar tier are for the
// vector unit beside the crossbars.
// CHECK-LABEL: func.func @vector_unit_beside_crossbars
func.func @vector_unit_beside_crossbars(%x: tensor<4x8x!x>)
    -> tensor<4x4xf32> {
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!w>
  // CHECK: pim.mvm {{.*}} on @reram0
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<4x8x!x>, tensor<8x4x!w>) -> tensor<4x4xf32>
  // CHECK: systolic.vector{{.*}} on @reram0
  // CHECK: nn.add
  %z = nn.add %y, %y {arch.tier = @reram0}
      : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  return %z : tensor<4x4xf32>
}
