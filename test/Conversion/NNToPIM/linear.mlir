// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --convert-nn-to-pim \
// RUN:   | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>
!columns = !quant.uniform<i8:f32:1, {0.5, 0.25}>
!rows = !quant.uniform<i8:f32:0, {0.5, 0.25}>

// CHECK-DAG: #[[NUMERICS:.*]] = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1, adc_bits = 6, active_rows = 16, encoding = offset>
// CHECK-DAG: ![[COLUMNS:.*]] = !quant.uniform<i8:f32:1, {5.000000e-01,2.500000e-01}>
// CHECK-DAG: ![[PLAIN:.*]] = !pim.array<tensor<8x4x!quant.uniform<i8:f32, 5.000000e-01>>, #[[NUMERICS]]>
// CHECK-DAG: ![[SCALED:.*]] = !pim.array<tensor<8x2x![[COLUMNS]]>, #[[NUMERICS]]>

// CHECK-DAG: ![[BLOCKS:.*]] = !quant.uniform<u4:f32:{0:4, 1:1}, {{.*}}1.000000e+00:-8, 3.000000e+00:6{{.*}}2.000000e+00:7, 4.000000e+00:5
// CHECK-DAG: ![[TURNED:.*]] = !pim.array<tensor<8x2x![[BLOCKS]]>, #[[NUMERICS]]>

// CHECK-LABEL: func.func @weight_and_bias
// CHECK-SAME: (%[[X:.*]]: tensor
func.func @weight_and_bias(%x: tensor<1x16x8x!x>) -> tensor<1x16x4xf32> {
  // CHECK: %[[W:.*]] = nn.quantize
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!w>
  // CHECK: %[[B:.*]] = nn.constant
  %b = nn.constant dense<0.1> : tensor<4xf32>
  // CHECK: %[[ARRAY:.*]] = pim.program %[[W]] on @reram0 features [0, 4] {nn.name = "query"} : {{.*}} -> ![[PLAIN]]
  // CHECK: %[[Y:.*]] = pim.mvm %[[ARRAY]], %[[X]] bias %[[B]] on @reram0 task_tile [1, 16, 4] {nn.name = "query"}
  %y = nn.linear %x, %w bias %b {nn.name = "query", arch.tier = @reram0}
      : (tensor<1x16x8x!x>, tensor<8x4x!w>, tensor<4xf32>)
      -> tensor<1x16x4xf32>
  // CHECK: return %[[Y]]
  return %y : tensor<1x16x4xf32>
}

// CHECK-LABEL: func.func @scale_for_each_feature
func.func @scale_for_each_feature(%x: tensor<3x8x!x>) -> tensor<3x2xf32> {
  %c = nn.constant dense<0.5> : tensor<8x2xf32>
  %w = nn.quantize %c : tensor<8x2xf32> to tensor<8x2x!columns>
  // CHECK: pim.program {{.*}} -> ![[SCALED]]
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x8x!x>, tensor<8x2x!columns>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// The scales of a transposed weight lie along its rows, those of the array
// along its columns.
// CHECK-LABEL: func.func @transposed_weight
func.func @transposed_weight(%x: tensor<3x8x!x>) -> tensor<3x2xf32> {
  %c = nn.constant dense<0.5> : tensor<2x8xf32>
  %w = nn.quantize %c : tensor<2x8xf32> to tensor<2x8x!rows>
  // CHECK: pim.program %{{.*}} on @reram0 features [0, 2] {transposed} : {{.*}} -> ![[SCALED]]
  %y = nn.linear %x, %w {transposed, arch.tier = @reram0}
      : (tensor<3x8x!x>, tensor<2x8x!rows>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}

// CHECK-LABEL: func.func @other_tier
func.func @other_tier(%x: tensor<3x8x!x>) -> tensor<3x4xf32> {
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!w>
  // CHECK: nn.linear {{.*}}arch.tier = @sa0
  %y = nn.linear %x, %w {arch.tier = @sa0}
      : (tensor<3x8x!x>, tensor<8x4x!w>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// The blocks of a transposed weight are those of the array, transposed.
!blocks = !quant.uniform<u4:f32:{0:1, 1:4}, {{1.0:8, 2.0:7}, {3.0:6, 4.0:5}}>
// CHECK-LABEL: func.func @transposed_blocks
func.func @transposed_blocks(%x: tensor<3x8x!x>) -> tensor<3x2xf32> {
  %c = nn.constant dense<3> : tensor<2x8xui4>
  %w = nn.storage_cast %c : tensor<2x8xui4> to tensor<2x8x!blocks>
  // CHECK: pim.program %{{.*}} {transposed} : tensor<2x8x!{{.*}}> -> ![[TURNED]]
  %y = nn.linear %x, %w {transposed, arch.tier = @reram0}
      : (tensor<3x8x!x>, tensor<2x8x!blocks>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
