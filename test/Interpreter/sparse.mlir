// RUN: atleus-test-evaluate %s | FileCheck %s
// What parameters in sparse storage hold, and what crossbars that leave out
// lines of them compute, by hand.

// Groups along rows: of the first the elements 0 and 1, of the second 0 and 2.
// CHECK: @groups_along_rows: [1, 2, 0, 0, 3, 0, 4, 0] : tensor<2x4xf32>
func.func @groups_along_rows() -> tensor<2x4xf32> {
  %w = nn.sparse_constant <group = 4, kept = 2, group_dimension = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense<[83]> : tensor<1xi8> : tensor<2x4xf32>
  return %w : tensor<2x4xf32>
}

// Groups along columns, by offsets: 1 in the first column and 0 in the second.
// CHECK: @groups_along_columns: [0, 6, 5, 0] : tensor<2x2xi8>
func.func @groups_along_columns() -> tensor<2x2xi8> {
  %w = nn.sparse_constant <group = 2, kept = 1, element_index = offsets>
      values dense<[5, 6]> : tensor<2xi8>
      index dense<[1]> : tensor<1xi8> : tensor<2x2xi8>
  return %w : tensor<2x2xi8>
}

// Row 1 of the block of the first two columns, row 0 of the other.
// CHECK: @rows_of_blocks: [0, 0, 3, 4, 1, 2, 0, 0] : tensor<2x4xf16>
func.func @rows_of_blocks() -> tensor<2x4xf16> {
  %w = nn.sparse_constant <block_rows = 2, block_columns = 2, kept_lines = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf16>
      index dense<[6]> : tensor<1xi8> : tensor<2x4xf16>
  return %w : tensor<2x4xf16>
}

// No element of the first column, both of the second: 0 offsets, then 2.
// CHECK: @anywhere: [0, 8, 0, 9] : tensor<2x2xf32>
func.func @anywhere() -> tensor<2x2xf32> {
  %w = nn.sparse_constant <longest = 2, element_index = offsets>
      values dense<[8.0, 9.0]> : tensor<2xf32>
      index dense<[40]> : tensor<1xi8> : tensor<2x2xf32>
  return %w : tensor<2x2xf32>
}

!x = !quant.uniform<i8:f32, 1.0>
!w = !quant.uniform<i8:f32, 1.0>
#exact = #pim.crossbar<rows = 4, columns = 8, cell_bits = 2, dac_bits = 1,
    adc_bits = 8, active_rows = 4, encoding = flipped>
#coarse = #pim.crossbar<rows = 4, columns = 8, cell_bits = 8, dac_bits = 1,
    adc_bits = 8, active_rows = 4, encoding = offset>
!rows = !pim.array<tensor<2x4x!w>, #exact,
    #nn.sparsity<block_rows = 2, block_columns = 2, kept_lines = 1>>
!columns = !pim.array<tensor<4x2x!w>, #exact,
    #nn.sparsity<block_rows = 2, block_columns = 2, kept_lines = 1, line_dimension = 1>>
!second = !pim.array<tensor<2x2x!w>, #exact,
    #nn.sparsity<block_rows = 2, block_columns = 2, kept_lines = 1>>
!clipped = !pim.array<tensor<2x4x!w>, #coarse,
    #nn.sparsity<block_rows = 2, block_columns = 2, kept_lines = 1>>
!whole = !pim.array<tensor<2x4x!w>, #coarse>

// Inputs 10 and 20; weights 1 and 2 of row 1, 3 and 4 of row 0.
// CHECK: @mvm_rows: [20, 40, 30, 40] : tensor<1x4xf32>
func.func @mvm_rows() -> tensor<1x4xf32> {
  %c = nn.constant dense<[[10.0, 20.0]]> : tensor<1x2xf32>
  %x = nn.quantize %c : tensor<1x2xf32> to tensor<1x2x!x>
  %s = nn.sparse_constant <block_rows = 2, block_columns = 2, kept_lines = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense<[6]> : tensor<1xi8> : tensor<2x4xf32>
  %w = nn.quantize %s : tensor<2x4xf32> to tensor<2x4x!w>
  %a = pim.program %w on @reram0 features [0, 4] : tensor<2x4x!w> -> !rows
  %y = pim.mvm %a, %x on @reram0 task_tile [1, 4]
      : (!rows, tensor<1x2x!x>) -> tensor<1x4xf32>
  return %y : tensor<1x4xf32>
}

// The second block of the same weight, stored as [n, k].
// CHECK: @mvm_features: [30, 40] : tensor<1x2xf32>
func.func @mvm_features() -> tensor<1x2xf32> {
  %c = nn.constant dense<[[10.0, 20.0]]> : tensor<1x2xf32>
  %x = nn.quantize %c : tensor<1x2xf32> to tensor<1x2x!x>
  %s = nn.sparse_constant <block_rows = 2, block_columns = 2, kept_lines = 1,
          line_dimension = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense<[6]> : tensor<1xi8> : tensor<4x2xf32>
  %w = nn.quantize %s : tensor<4x2xf32> to tensor<4x2x!w>
  %a = pim.program %w on @reram0 features [2, 2] {transposed}
      : tensor<4x2x!w> -> !second
  %y = pim.mvm %a, %x on @reram0 task_tile [1, 2]
      : (!second, tensor<1x2x!x>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// Column 1 of the upper block and column 0 of the lower one.
// CHECK: @mvm_columns: [250, 50] : tensor<1x2xf32>
func.func @mvm_columns() -> tensor<1x2xf32> {
  %c = nn.constant dense<[[10.0, 20.0, 30.0, 40.0]]> : tensor<1x4xf32>
  %x = nn.quantize %c : tensor<1x4xf32> to tensor<1x4x!x>
  %s = nn.sparse_constant <block_rows = 2, block_columns = 2, kept_lines = 1,
          line_dimension = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense<[6]> : tensor<1xi8> : tensor<4x2xf32>
  %w = nn.quantize %s : tensor<4x2xf32> to tensor<4x2x!w>
  %a = pim.program %w on @reram0 features [0, 2] : tensor<4x2x!w> -> !columns
  %y = pim.mvm %a, %x on @reram0 task_tile [1, 2]
      : (!columns, tensor<1x4x!x>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// Both inputs drive the wordlines of a dense weight, whose cells hold 128 more
// than the weight: sums of 257 to 260 are clipped to 255. One wordline is left
// where lines are left out, and nothing is clipped.
// CHECK: @mvm_clipped: [-1, -1, -1, -1] : tensor<1x4xf32>
func.func @mvm_clipped() -> tensor<1x4xf32> {
  %c = nn.constant dense<[[1.0, 1.0]]> : tensor<1x2xf32>
  %x = nn.quantize %c : tensor<1x2xf32> to tensor<1x2x!x>
  %s = nn.sparse_constant <block_rows = 2, block_columns = 2, kept_lines = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense<[6]> : tensor<1xi8> : tensor<2x4xf32>
  %w = nn.quantize %s : tensor<2x4xf32> to tensor<2x4x!w>
  %a = pim.program %w on @reram0 features [0, 4] : tensor<2x4x!w> -> !whole
  %y = pim.mvm %a, %x on @reram0 task_tile [1, 4]
      : (!whole, tensor<1x2x!x>) -> tensor<1x4xf32>
  return %y : tensor<1x4xf32>
}

// CHECK: @mvm_not_clipped: [1, 2, 3, 4] : tensor<1x4xf32>
func.func @mvm_not_clipped() -> tensor<1x4xf32> {
  %c = nn.constant dense<[[1.0, 1.0]]> : tensor<1x2xf32>
  %x = nn.quantize %c : tensor<1x2xf32> to tensor<1x2x!x>
  %s = nn.sparse_constant <block_rows = 2, block_columns = 2, kept_lines = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense<[6]> : tensor<1xi8> : tensor<2x4xf32>
  %w = nn.quantize %s : tensor<2x4xf32> to tensor<2x4x!w>
  %a = pim.program %w on @reram0 features [0, 4] : tensor<2x4x!w> -> !clipped
  %y = pim.mvm %a, %x on @reram0 task_tile [1, 4]
      : (!clipped, tensor<1x2x!x>) -> tensor<1x4xf32>
  return %y : tensor<1x4xf32>
}
