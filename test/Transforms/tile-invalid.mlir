// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-tile -split-input-file \
// RUN:       -verify-diagnostics=only-expected
// RUN: cat %inputs/small-machine.mlir | not atleus-opt \
// RUN:   --atleus-tile=tokens-per-task=-1 2>&1 | FileCheck %s

// CHECK: error: tokens-per-task must not be negative, found -1
// RUN: cat %inputs/small-machine.mlir | not atleus-opt \
// RUN:   --atleus-tile=buffer-share=-1 2>&1 | FileCheck %s --check-prefix=SHARE
// SHARE: error: buffer-share must not be negative, found -1

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
func.func @one_array_too_many(%u: tensor<16x256x!w>, %v: tensor<1x1x!w>) {
  %a = pim.program %u on @reram0 features [0, 256] : tensor<16x256x!w>
      -> !pim.array<tensor<16x256x!w>, #cells>
  // expected-error @below {{'pim.program' op needs 1 arrays of 16x16, but tier @reram0 has 0 left}}
  %b = pim.program %v on @reram0 features [0, 1] : tensor<1x1x!w>
      -> !pim.array<tensor<1x1x!w>, #cells>
  return
}

// -----

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
func.func @no_crossbars(%u: tensor<16x4x!w>) {
  // expected-error @below {{'pim.program' op is assigned to @sa0, which has no crossbars}}
  %a = pim.program %u on @sa0 features [0, 4] : tensor<16x4x!w>
      -> !pim.array<tensor<16x4x!w>, #cells>
  return
}

// -----

// Rows are cut into as short parts as find room: only the number of arrays counts.
// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!nine = !pim.array<tensor<16x36x!w>, #cells>
func.func @rows_without_arrays(%u: tensor<16x36x!w>, %v: tensor<272x9x!w>) {
  %a = pim.program %u on @reram0 features [0, 36] : tensor<16x36x!w> -> !nine
  %b = pim.program %u on @reram0 features [0, 36] : tensor<16x36x!w> -> !nine
  // expected-error @below {{'pim.program' op needs 51 arrays of 16x16, but tier @reram0 has 46 left}}
  %c = pim.program %v on @reram0 features [0, 9] : tensor<272x9x!w>
      -> !pim.array<tensor<272x9x!w>, #cells>
  return
}

// -----

// Blocks of 272 weights with a scale each cannot be cut along their rows.
// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32:{0:272, 1:4}, {{1.0}, {2.0}}>
func.func @block_larger_than_a_node(%u: tensor<544x4x!w>) {
  // expected-error @below {{'pim.program' op needs 34 arrays of 16x16, but no node of tier @reram0 has room for the 34 that one feature takes}}
  %a = pim.program %u on @reram0 features [0, 4] : tensor<544x4x!w>
      -> !pim.array<tensor<544x4x!w>, #cells>
  return
}

// -----

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x16x!w>, #cells>

!tall = !pim.array<tensor<32x16x!w>, #cells>
func.func @slot_of_other_arrays(%u: tensor<16x16x!w>, %v: tensor<32x16x!w>) {
  // expected-note @below {{first weight of the slot}}
  %a = pim.program %u on @reram0 features [0, 16] slot "s"
      : tensor<16x16x!w> -> !array
  // expected-error @below {{'pim.program' op shares slot "s" but takes a grid of 2 rows of arrays and 8 arrays, expected 1 and 4}}
  %b = pim.program %v on @reram0 features [0, 16] slot "s"
      : tensor<32x16x!w> -> !tall
  return
}
