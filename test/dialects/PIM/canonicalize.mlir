// RUN: atleus-opt %s -canonicalize -cse | FileCheck %s

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
    dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>
!q = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<8x4x!q>, #crossbar>

// CHECK-LABEL: func @a_weight_without_products_is_not_programmed
func.func @a_weight_without_products_is_not_programmed(%w: tensor<8x4x!q>) {
  // CHECK-NEXT: return
  %0 = pim.program %w on @reram0 features [0, 4] : tensor<8x4x!q> -> !array
  return
}

// CHECK-LABEL: func @copies_at_different_nodes_stay
func.func @copies_at_different_nodes_stay(%w: tensor<8x4x!q>)
    -> (!array, !array) {
  // CHECK-NEXT: pim.program %{{.*}} on @reram0 at (0, 0, 1)
  // CHECK-NEXT: pim.program %{{.*}} on @reram0 at (1, 0, 1)
  %0 = pim.program %w on @reram0 at (0, 0, 1) features [0, 4]
      : tensor<8x4x!q> -> !array
  %1 = pim.program %w on @reram0 at (1, 0, 1) features [0, 4]
      : tensor<8x4x!q> -> !array
  return %0, %1 : !array, !array
}

// CHECK-LABEL: func @sums_that_nobody_adds_to_are_not_computed
func.func @sums_that_nobody_adds_to_are_not_computed(
    %a: !array, %x: tensor<2x8x!q>) -> tensor<2x4xf32> {
  // CHECK-NEXT: %[[Y:.*]] = pim.mvm {{.*}} -> tensor<2x4xf32>
  // CHECK-NEXT: return %[[Y]]
  %0 = pim.mvm %a, %x on @reram0 task_tile [2, 4]
      : (!array, tensor<2x8x!q>) -> tensor<2x4xi32>
  %1 = pim.mvm %a, %x on @reram0 task_tile [2, 4]
      : (!array, tensor<2x8x!q>) -> tensor<2x4xf32>
  return %1 : tensor<2x4xf32>
}
