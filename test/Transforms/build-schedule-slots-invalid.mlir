// Products with a weight that is not in its slot any more, or not where they
// run.
// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-insert-transfers --atleus-build-schedule \
// RUN:       -split-input-file -verify-diagnostics=only-expected

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x16x!w>, #cells>

func.func @overwritten(%x: tensor<16x16x!w>, %u: tensor<16x16x!w>)
    -> (tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>) {
  %aa = pim.program %u on @reram0 at (1, 0, 1) features [0, 16] slot "s"
      {nn.name = "a"} : tensor<16x16x!w> -> !array
  // expected-note @below {{weight written after it}}
  %ab = pim.program %u on @reram0 at (1, 0, 1) features [0, 16] slot "s"
      {nn.name = "b"} : tensor<16x16x!w> -> !array
  %ya = pim.mvm %aa, %x on @reram0 at (1, 0, 1) task_tile [8, 16]
      {nn.name = "a"} : (!array, tensor<16x16x!w>) -> tensor<16x16xf32>
  %yb = pim.mvm %ab, %x on @reram0 at (1, 0, 1) task_tile [8, 16]
      {nn.name = "b"} : (!array, tensor<16x16x!w>) -> tensor<16x16xf32>
  // expected-error @below {{'pim.mvm' op multiplies by a weight that is no longer in slot "s": expected all products with it before those with the weight that is written after it}}
  %yc = pim.mvm %aa, %x on @reram0 at (1, 0, 1) task_tile [8, 16]
      {nn.name = "c"} : (!array, tensor<16x16x!w>) -> tensor<16x16xf32>
  return %ya, %yb, %yc : tensor<16x16xf32>, tensor<16x16xf32>, tensor<16x16xf32>
}

// -----

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x16x!w>, #cells>

func.func @main(%x: tensor<16x16x!w>, %u: tensor<16x16x!w>)
    -> tensor<16x16xf32> {
  // expected-note @below {{weight placed here}}
  %a = pim.program %u on @reram0 at (1, 0, 1) features [0, 16] slot "s"
      {nn.name = "a"} : tensor<16x16x!w> -> !array
  // expected-error @below {{'pim.mvm' op is at node (1, 1, 1), where its weight is not written}}
  %y = pim.mvm %a, %x on @reram0 at (1, 1, 1) task_tile [8, 16]
      {nn.name = "a"} : (!array, tensor<16x16x!w>) -> tensor<16x16xf32>
  return %y : tensor<16x16xf32>
}
