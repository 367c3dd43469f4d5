// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-tile \
// RUN:   | FileCheck %s

// A node has 16 arrays of 16 x 16 cells, and 4 columns hold one weight of 8
// bits: 16 x 16 weights take 4 arrays, 32 x 24 weights 2 x 6.

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32:1, {
    1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0,
    15.0, 16.0, 17.0, 18.0, 19.0, 20.0, 21.0, 22.0, 23.0, 24.0}>
!square = !pim.array<tensor<16x16x!x>, #cells>
!tall = !pim.array<tensor<32x24x!w>, #cells>

// CHECK-DAG: ![[FIRST:.*]] = !quant.uniform<i8:f32:1, {1.000000e+00,2.000000e+00,{{.*}},8.000000e+00}>
// CHECK-DAG: ![[LAST:.*]] = !quant.uniform<i8:f32:1, {1.700000e+01,1.800000e+01,{{.*}},2.400000e+01}>
// CHECK-DAG: ![[FIRSTARRAY:.*]] = !pim.array<tensor<32x8x![[FIRST]]>
// CHECK-DAG: ![[LASTARRAY:.*]] = !pim.array<tensor<32x8x![[LAST]]>

// CHECK-LABEL: func.func @a_weight_stays_whole_where_it_fits
func.func @a_weight_stays_whole_where_it_fits(%u: tensor<16x16x!x>,
                                              %v: tensor<32x24x!w>) {
  // CHECK: pim.program {{.*}} features [0, 16]
  // CHECK: pim.program {{.*}} features [0, 24]
  %a = pim.program %u on @reram0 features [0, 16] : tensor<16x16x!x> -> !square
  %b = pim.program %v on @reram0 features [0, 24] : tensor<32x24x!w> -> !tall
  return
}

!wide = !quant.uniform<i8:f32, 0.5>
!full = !pim.array<tensor<48x16x!wide>, #cells>

// The weights before, of 12 arrays and 4 + 12, leave three nodes with 4 arrays.
// CHECK-LABEL: func.func @a_weight_is_cut_along_its_features
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor{{.*}}, %[[V:[a-z0-9]*]]: tensor<32x24x
func.func @a_weight_is_cut_along_its_features(
    %x: tensor<3x32x!x>, %v: tensor<32x24x!w>, %f: tensor<48x16x!wide>)
    -> tensor<3x24xf32> {
  // CHECK: %[[BIAS:.*]] = nn.constant
  %bias = nn.constant dense<0.5> : tensor<24xf32>
  %0 = pim.program %f on @reram0 features [0, 16] : tensor<48x16x!wide> -> !full
  %1 = pim.program %f on @reram0 features [0, 16] : tensor<48x16x!wide> -> !full
  %2 = pim.program %f on @reram0 features [0, 16] : tensor<48x16x!wide> -> !full
  // CHECK: %[[A0:.*]] = pim.program %[[V]] on @reram0 features [0, 8] {nn.name = "classifier.part0"} : {{.*}} -> ![[FIRSTARRAY]]
  // CHECK: %[[A1:.*]] = pim.program %[[V]] on @reram0 features [8, 8] {nn.name = "classifier.part1"}
  // CHECK: %[[A2:.*]] = pim.program %[[V]] on @reram0 features [16, 8] {nn.name = "classifier.part2"} : {{.*}} -> ![[LASTARRAY]]
  %w = pim.program %v on @reram0 features [0, 24] {nn.name = "classifier"}
      : tensor<32x24x!w> -> !tall
  // CHECK: %[[B0:.*]] = nn.slice %[[BIAS]] offsets [0] sizes [8] strides [1]
  // CHECK: %[[Y0:.*]] = pim.mvm %[[A0]], %[[X]] bias %[[B0]] on @reram0 task_tile [3, 8] {nn.name = "classifier.part0"}
  // CHECK: %[[B1:.*]] = nn.slice %[[BIAS]] offsets [8] sizes [8] strides [1]
  // CHECK: %[[Y1:.*]] = pim.mvm %[[A1]], %[[X]] bias %[[B1]] on @reram0 task_tile [3, 8] {nn.name = "classifier.part1"}
  // CHECK: %[[B2:.*]] = nn.slice %[[BIAS]] offsets [16] sizes [8] strides [1]
  // CHECK: %[[Y2:.*]] = pim.mvm %[[A2]], %[[X]] bias %[[B2]] on @reram0 task_tile [3, 8] {nn.name = "classifier.part2"}
  // CHECK: %[[Y:.*]] = nn.concat %[[Y0]], %[[Y1]], %[[Y2]] axis 1
  // CHECK: return %[[Y]]
  %y = pim.mvm %w, %x bias %bias on @reram0 task_tile [3, 24]
      {nn.name = "classifier"}
      : (!tall, tensor<3x32x!x>, tensor<24xf32>) -> tensor<3x24xf32>
  return %y : tensor<3x24xf32>
}
