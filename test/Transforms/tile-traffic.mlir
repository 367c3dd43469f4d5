// RUN: sed 's/arrays_per_tile = 8/arrays_per_tile = 64/' \
// RUN:   %inputs/small-machine.mlir | cat - %s | atleus-opt --atleus-tile \
// RUN:   | FileCheck %s

// A product takes 128 ns per vector, and a port sends two floats in a ns: 256
// results take as long as the product, and their headers on top.

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>
!wide = !pim.array<tensor<16x255x!w>, #cells>
!narrow = !pim.array<tensor<16x200x!w>, #cells>

// CHECK-LABEL: func.func @wide_results_leave_by_two_ports
func.func @wide_results_leave_by_two_ports(%x: tensor<64x16x!x>,
                                           %u: tensor<16x255x!w>)
    -> tensor<64x255xf32> {
  // CHECK: pim.program {{.*}} features [0, 127] {nn.name = "up.part0"}
  // CHECK: pim.program {{.*}} features [127, 128] {nn.name = "up.part1"}
  %a = pim.program %u on @reram0 features [0, 255] {nn.name = "up"}
      : tensor<16x255x!w> -> !wide
  // CHECK: %[[A:.*]] = pim.mvm {{.*}} {nn.name = "up.part0"}
  // CHECK: %[[B:.*]] = pim.mvm {{.*}} {nn.name = "up.part1"}
  // CHECK: nn.concat %[[A]], %[[B]] axis 1
  %0 = pim.mvm %a, %x on @reram0 task_tile [64, 255] {nn.name = "up"}
      : (!wide, tensor<64x16x!x>) -> tensor<64x255xf32>
  return %0 : tensor<64x255xf32>
}

// CHECK-LABEL: func.func @results_that_one_port_sends
func.func @results_that_one_port_sends(%x: tensor<64x16x!x>,
                                       %u: tensor<16x200x!w>)
    -> tensor<64x200xf32> {
  // CHECK: pim.program {{.*}} features [0, 200]
  %a = pim.program %u on @reram0 features [0, 200]
      : tensor<16x200x!w> -> !narrow
  %0 = pim.mvm %a, %x on @reram0 task_tile [64, 200]
      : (!narrow, tensor<64x16x!x>) -> tensor<64x200xf32>
  return %0 : tensor<64x200xf32>
}
