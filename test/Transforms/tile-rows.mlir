// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-tile -split-input-file | FileCheck %s

// A node has 16 arrays of 16 x 16 cells, and 4 columns hold one weight of 8
// bits. Of 288 rows, which take 18 arrays, 256 are in one node, and four
// features; the other 32 rows of all eight features are in one node, too.

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32:1, {1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0}>
!tall = !pim.array<tensor<288x8x!w>, #cells>

// CHECK-DAG: ![[LAST:.*]] = !quant.uniform<i8:f32:1, {5.000000e+00,{{.*}},8.000000e+00}>
// CHECK-DAG: ![[LASTARRAY:.*]] = !pim.array<tensor<256x4x![[LAST]]>
// CHECK-LABEL: func.func @sums_go_from_rows_to_rows
// CHECK-SAME: (%[[X:[a-z0-9]*]]: tensor{{.*}}, %[[V:[a-z0-9]*]]: tensor<288x8x
func.func @sums_go_from_rows_to_rows(%x: tensor<3x288x!x>,
                                     %v: tensor<288x8x!w>) -> tensor<3x8xf32> {
  // CHECK: %[[BIAS:.*]] = nn.constant
  %bias = nn.constant dense<0.5> : tensor<8xf32>
  // CHECK: %[[A0:.*]] = pim.program %[[V]] on @reram0 features [0, 4] rows [0, 256] {nn.name = "classifier.part0"}
  // CHECK: %[[A1:.*]] = pim.program %[[V]] on @reram0 features [4, 4] rows [0, 256] {nn.name = "classifier.part1"} : {{.*}} -> ![[LASTARRAY]]
  // CHECK: %[[A2:.*]] = pim.program %[[V]] on @reram0 features [0, 8] rows [256, 32] {nn.name = "classifier.part2"}
  %w = pim.program %v on @reram0 features [0, 8] {nn.name = "classifier"}
      : tensor<288x8x!w> -> !tall
  // CHECK: %[[X0:.*]] = nn.slice %[[X]] offsets [0, 0] sizes [3, 256] strides [1, 1]
  // CHECK: %[[S0:.*]] = pim.mvm %[[A0]], %[[X0]] on @reram0 task_tile {{.*}} {nn.name = "classifier.part0"} : {{.*}} -> tensor<3x4xi32>
  // CHECK: %[[S1:.*]] = pim.mvm %[[A1]], %[[X0]] on @reram0 task_tile {{.*}} {nn.name = "classifier.part1"} : {{.*}} -> tensor<3x4xi32>
  // CHECK: %[[S:.*]] = nn.concat %[[S0]], %[[S1]] axis 1
  // CHECK: %[[X1:.*]] = nn.slice %[[X]] offsets [0, 256] sizes [3, 32] strides [1, 1]
  // CHECK: %[[Y:.*]] = pim.mvm %[[A2]], %[[X1]] bias %[[BIAS]] sums %[[S]] on @reram0 task_tile {{.*}} {nn.name = "classifier.part2"} : {{.*}} -> tensor<3x8xf32>
  // CHECK: return %[[Y]]
  %y = pim.mvm %w, %x bias %bias on @reram0 task_tile [3, 8]
      {nn.name = "classifier"}
      : (!tall, tensor<3x288x!x>, tensor<8xf32>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// -----

// Two parts of 256 rows and one of 16 are a chain.
// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!tall = !pim.array<tensor<528x1x!x>, #cells>
// CHECK-LABEL: func.func @rows_form_a_chain
func.func @rows_form_a_chain(%x: tensor<3x528x!x>, %v: tensor<528x1x!x>)
    -> tensor<3x1xf32> {
  %w = pim.program %v on @reram0 features [0, 1] : tensor<528x1x!x> -> !tall
  // CHECK: %[[S0:.*]] = pim.mvm %{{[a-z0-9]*}}, %{{[a-z0-9]*}} on @reram0 {{.*}} -> tensor<3x1xi32>
  // CHECK: %[[S1:.*]] = pim.mvm %{{[a-z0-9]*}}, %{{[a-z0-9]*}} sums %[[S0]] on @reram0 {{.*}} -> tensor<3x1xi32>
  // CHECK: pim.mvm %{{[a-z0-9]*}}, %{{[a-z0-9]*}} sums %[[S1]] on @reram0 {{.*}} -> tensor<3x1xf32>
  %y = pim.mvm %w, %x on @reram0 task_tile [3, 1]
      : (!tall, tensor<3x528x!x>) -> tensor<3x1xf32>
  return %y : tensor<3x1xf32>
}

// -----

// Rows of other blocks have other scales: sums are scaled before they are added,
// and a cut goes between blocks, of which a node holds two.
// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32:{0:96, 1:4}, {{1.0}, {2.0}, {3.0}}>
!tall = !pim.array<tensor<288x4x!w>, #cells>
// CHECK-DAG: ![[FIRST:.*]] = !quant.uniform<i8:f32:{0:96, 1:1}, {{.*}}1.000000e+00, {{.*}}2.000000e+00
// CHECK-DAG: ![[LAST:.*]] = !quant.uniform<i8:f32:{0:96, 1:1}, {{.*}}3.000000e+00
// CHECK-LABEL: func.func @scaled_sums_are_floats
func.func @scaled_sums_are_floats(%x: tensor<3x288x!x>, %v: tensor<288x4x!w>)
    -> tensor<3x4xf32> {
  // CHECK: pim.program {{.*}} rows [0, 192]
  // CHECK: pim.program {{.*}} rows [192, 96]
  %w = pim.program %v on @reram0 features [0, 4] : tensor<288x4x!w> -> !tall
  // CHECK: %[[S:.*]] = pim.mvm {{.*}} -> tensor<3x4xf32>
  // CHECK: pim.mvm {{.*}} sums %[[S]] on
  %y = pim.mvm %w, %x on @reram0 task_tile [3, 4]
      : (!tall, tensor<3x288x!x>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// Inputs of 16 bits: 272 products of 24 bits need more than 32, unless the
// registers of the arrays have no more.
// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
#narrow = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset, accumulator_bits = 32>
!x = !quant.uniform<i16:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.1>
!wide = !pim.array<tensor<272x1x!w>, #cells>
!small = !pim.array<tensor<272x1x!w>, #narrow>
// CHECK-LABEL: func.func @sums_are_as_wide_as_they_need
func.func @sums_are_as_wide_as_they_need(
    %x: tensor<3x272x!x>, %v: tensor<272x1x!w>)
    -> (tensor<3x1xf32>, tensor<3x1xf32>) {
  %a = pim.program %v on @reram0 features [0, 1] : tensor<272x1x!w> -> !wide
  %b = pim.program %v on @reram0 features [0, 1] : tensor<272x1x!w> -> !small
  // CHECK: pim.mvm {{.*}} -> tensor<3x1xi64>
  // CHECK: pim.mvm {{.*}}tensor<3x1xi64>) -> tensor<3x1xf32>
  // CHECK: pim.mvm {{.*}} -> tensor<3x1xi32>
  // CHECK: pim.mvm {{.*}}tensor<3x1xi32>) -> tensor<3x1xf32>
  %y = pim.mvm %a, %x on @reram0 task_tile [3, 1]
      : (!wide, tensor<3x272x!x>) -> tensor<3x1xf32>
  %z = pim.mvm %b, %x on @reram0 task_tile [3, 1]
      : (!small, tensor<3x272x!x>) -> tensor<3x1xf32>
  return %y, %z : tensor<3x1xf32>, tensor<3x1xf32>
}

// -----

// Weights of 9 arrays leave nodes of 7, 7, 7 and 16 arrays. Two columns of 17
// arrays find room there as rows of 7, 7 and 3.
// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!nine = !pim.array<tensor<16x36x!w>, #cells>
// CHECK-LABEL: func.func @rows_are_cut_shorter_where_nodes_are_not_empty
// CHECK: features [0, 8] rows [0, 112]
// CHECK: features [0, 4] rows [112, 112]
// CHECK: features [4, 4] rows [112, 112]
// CHECK: features [0, 8] rows [224, 48]
func.func @rows_are_cut_shorter_where_nodes_are_not_empty(
    %u: tensor<16x36x!w>, %v: tensor<272x8x!w>) {
  %a = pim.program %u on @reram0 features [0, 36] : tensor<16x36x!w> -> !nine
  %b = pim.program %u on @reram0 features [0, 36] : tensor<16x36x!w> -> !nine
  %c = pim.program %u on @reram0 features [0, 36] : tensor<16x36x!w> -> !nine
  %d = pim.program %v on @reram0 features [0, 8] : tensor<272x8x!w>
      -> !pim.array<tensor<272x8x!w>, #cells>
  return
}
