// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-place -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x4x!w>, #cells>
func.func @array_from_elsewhere(%a: !array, %x: tensor<3x16x!w>)
    -> tensor<3x4xf32> {
  // expected-error @below {{needs an array that a 'pim.program' of the same function writes}}
  %y = pim.mvm %a, %x on @reram0 task_tile [3, 4]
      : (!array, tensor<3x16x!w>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
func.func @larger_than_a_node(%u: tensor<16x80x!w>) {
  // expected-error @below {{'pim.program' op needs 20 arrays of 16x16, but no node of tier @reram0 has room for all of them: run --atleus-tile first}}
  %a = pim.program %u on @reram0 features [0, 80] : tensor<16x80x!w>
      -> !pim.array<tensor<16x80x!w>, #cells>
  return
}

// -----

// MACHINE
func.func @product_on_crossbars(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-error @below {{'systolic.matmul' op cannot run on the crossbars of tier @reram0}}
  %z = systolic.matmul %x, %x on @reram0 task_tile [8, 8]
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %z : tensor<8x8xf32>
}

// -----

// MACHINE
func.func @tier_is_missing(%x: tensor<8x2xf32>) -> tensor<8x2xf32> {
  // expected-error @below {{'systolic.vector' op is assigned to @sa9, which is neither a tier nor the host of @small}}
  %z = systolic.vector (%x) on @sa9 task_tile [8, 2] {
  ^bb0(%a: tensor<8x2xf32>):
    %r = nn.gelu %a : tensor<8x2xf32>
    nn.yield %r : tensor<8x2xf32>
  } : (tensor<8x2xf32>) -> tensor<8x2xf32>
  return %z : tensor<8x2xf32>
}

// -----

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
func.func @more_replicas_than_nodes(%u: tensor<48x16x!w>) {
  // expected-error @below {{'pim.program' op needs 5 nodes of tier @reram0 with 12 arrays left, found 4}}
  %a = pim.program %u on @reram0 features [0, 16] replicas 5 : tensor<48x16x!w>
      -> !pim.array<tensor<48x16x!w>, #cells>
  return
}
