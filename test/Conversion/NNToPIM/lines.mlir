// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | sed 's/active_rows = 16,/active_rows = 16, sparsity = #arch.sparsity<lines>,/' \
// RUN:   | atleus-opt --convert-nn-to-pim | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --convert-nn-to-pim \
// RUN:   | FileCheck %s --check-prefix=NONE
// Lines that the blocks of a pruned weight do not keep are left out where the
// core can do that and takes fewer arrays for it. An array of the machine holds
// 16 x 4 weights of 8 bits.

!x = !quant.any<i8:f32>
!w = !quant.uniform<i8:f32, 0.5>
!blocks = !quant.uniform<i8:f32:{0:8, 1:8}, {{0.5}, {0.25}, {0.5}, {0.25}}>

// CHECK-DAG: ![[DENSE:array[0-9]*]] = !pim.array<tensor<32x8x!quant.uniform<i8:f32, 5.000000e-01>>, #{{[a-z0-9_]*}}>
// CHECK-DAG: ![[ROWS:array[0-9]*]] = !pim.array<tensor<32x8x{{.*}}>, #{{.*}}, #nn.sparsity<block_rows = 16, block_columns = 4, kept_lines = 8>>
// CHECK-DAG: ![[COLUMNS:array[0-9]*]] = !pim.array<tensor<16x16x{{.*}}>, #{{.*}}, #nn.sparsity<block_rows = 16, block_columns = 8, kept_lines = 4, line_dimension = 1>>
// CHECK-DAG: ![[SCALES:array[0-9]*]] = !pim.array<tensor<32x8x!quant{{.*}}>, #{{[a-z0-9_]*}}>

// A core that skips nothing holds whole weights.
// NONE-NOT: !pim.array<{{.*}}#nn.sparsity

// Blocks are cut into what an array is wide.
// CHECK-LABEL: func @rows
// CHECK: pim.program {{.*}} -> ![[ROWS]]
func.func @rows(%x: tensor<3x32x!x>) -> tensor<3x8xf32> {
  %s = nn.sparse_constant <block_rows = 16, block_columns = 8, kept_lines = 8>
      values dense<1.0> : tensor<128xf32> index dense<85> : tensor<4xi8> : tensor<32x8xf32>
  %w = nn.quantize %s : tensor<32x8xf32> to tensor<32x8x!w>
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x32x!x>, tensor<32x8x!w>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// The weight is stored as [n, k].
// CHECK-LABEL: func @transposed_rows
// CHECK: pim.program {{.*}} {transposed} {{.*}} -> ![[ROWS]]
func.func @transposed_rows(%x: tensor<3x32x!x>) -> tensor<3x8xf32> {
  %s = nn.sparse_constant <block_rows = 8, block_columns = 16, kept_lines = 8,
          line_dimension = 1, group_dimension = 1>
      values dense<1.0> : tensor<128xf32> index dense<85> : tensor<4xi8> : tensor<8x32xf32>
  %w = nn.quantize %s : tensor<8x32xf32> to tensor<8x32x!w>
  %y = nn.linear %x, %w {transposed, arch.tier = @reram0}
      : (tensor<3x32x!x>, tensor<8x32x!w>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// CHECK-LABEL: func @columns
// CHECK: pim.program {{.*}} -> ![[COLUMNS]]
func.func @columns(%x: tensor<3x16x!x>) -> tensor<3x16xf32> {
  %s = nn.sparse_constant <block_rows = 16, block_columns = 8, kept_lines = 4,
          line_dimension = 1>
      values dense<1.0> : tensor<128xf32> index dense<85> : tensor<2xi8> : tensor<16x16xf32>
  %w = nn.quantize %s : tensor<16x16xf32> to tensor<16x16x!w>
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x16x!x>, tensor<16x16x!w>) -> tensor<3x16xf32>
  return %y : tensor<3x16xf32>
}

// Half of the rows, in arrays of which half of the columns are empty.
// CHECK-LABEL: func @no_fewer_arrays
// CHECK: pim.program {{.*}} -> ![[DENSE]]
func.func @no_fewer_arrays(%x: tensor<3x32x!x>) -> tensor<3x8xf32> {
  %s = nn.sparse_constant <block_rows = 16, block_columns = 2, kept_lines = 8>
      values dense<1.0> : tensor<128xf32> index dense<85> : tensor<16xi8> : tensor<32x8xf32>
  %w = nn.quantize %s : tensor<32x8xf32> to tensor<32x8x!w>
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x32x!x>, tensor<32x8x!w>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// CHECK-LABEL: func @groups_are_no_lines
// CHECK: pim.program {{.*}} -> ![[DENSE]]
func.func @groups_are_no_lines(%x: tensor<3x32x!x>) -> tensor<3x8xf32> {
  %s = nn.sparse_constant <group = 4, kept = 2>
      values dense<1.0> : tensor<128xf32> index dense<51> : tensor<32xi8> : tensor<32x8xf32>
  %w = nn.quantize %s : tensor<32x8xf32> to tensor<32x8x!w>
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x32x!x>, tensor<32x8x!w>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// CHECK-LABEL: func @scales_cut_through_blocks
// CHECK: pim.program {{.*}} -> ![[SCALES]]
func.func @scales_cut_through_blocks(%x: tensor<3x32x!x>) -> tensor<3x8xf32> {
  %s = nn.sparse_constant <block_rows = 16, block_columns = 8, kept_lines = 8>
      values dense<1.0> : tensor<128xf32> index dense<85> : tensor<4xi8> : tensor<32x8xf32>
  %w = nn.quantize %s : tensor<32x8xf32> to tensor<32x8x!blocks>
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x32x!x>, tensor<32x8x!blocks>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}
