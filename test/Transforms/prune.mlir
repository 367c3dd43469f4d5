// RUN: atleus-opt %s --split-input-file --atleus-prune="pattern=hierarchical sparsity=0.75 block-rows=4 block-columns=2 group=2 kept=1" \
// RUN:   | FileCheck %s --check-prefix=HIERARCHICAL
// RUN: atleus-opt %s --split-input-file --atleus-prune="pattern=unstructured" \
// RUN:   | FileCheck %s --check-prefix=UNSTRUCTURED
// RUN: atleus-opt %s --split-input-file --atleus-prune="pattern=block lines=columns block-rows=2 block-columns=2" \
// RUN:   | FileCheck %s --check-prefix=BLOCK
// RUN: atleus-opt %s --split-input-file --atleus-prune="pattern=n:m group=4 kept=1" \
// RUN:   | FileCheck %s --check-prefix=NM
// RUN: atleus-opt %s --split-input-file --atleus-prune="pattern=bank-balanced group=4 sparsity=0.25" \
// RUN:   | FileCheck %s --check-prefix=BANK
// RUN: atleus-opt %s --split-input-file --atleus-prune --mlir-pass-statistics -o /dev/null 2>&1 \
// RUN:   | FileCheck %s --check-prefix=STATISTICS

// Of each block of 4 x 2 the two rows with the largest norms are kept, and of
// the two weights of a column that these leave the larger one. Rows 1 and 3 of
// the left block: 4 and 7; rows 0 and 2 of the right one: 9 and -8.
// HIERARCHICAL-LABEL: func @weights
// HIERARCHICAL: nn.sparse_constant <block_rows = 4, block_columns = 2, kept_lines = 2, group = 2, kept = 1, longest = 1, element_index = offsets>
// HIERARCHICAL-SAME: values dense<[4.000000e+00, 7.000000e+00, 9.000000e+00, -8.000000e+00]> : tensor<4xf32>
// HIERARCHICAL-SAME: index dense<[90, 10]> : tensor<2xi8> {nn.name = "w"} : tensor<4x4xf32>
// HIERARCHICAL-NOT: nn.constant

// UNSTRUCTURED-LABEL: func @weights
// UNSTRUCTURED: nn.sparse_constant <longest = 2>
// UNSTRUCTURED-SAME: values dense<[4.000000e+00, 3.000000e+00, 6.000000e+00, 7.000000e+00, 9.000000e+00, 5.000000e+00, 4.500000e+00, -8.000000e+00]> : tensor<8xf32>

// BLOCK-LABEL: func @weights
// BLOCK: nn.sparse_constant <block_rows = 2, block_columns = 2, kept_lines = 1, line_dimension = 1, longest = 4, line_index = offsets>
// BLOCK-SAME: values dense<[1.000000e+00, 6.000000e+00, 9.000000e+00, 1.000000e+00, 2.000000e-01, 7.000000e+00, -8.000000e+00, 2.500000e-01]> : tensor<8xf32>

// One weight of each column.
// NM-LABEL: func @weights
// NM: nn.sparse_constant <group = 4, kept = 1, longest = 1, element_index = offsets>
// NM-SAME: values dense<[4.000000e+00, 7.000000e+00, 9.000000e+00, -8.000000e+00]> : tensor<4xf32>
// NM-SAME: index dense<-115> : tensor<1xi8>

// BANK-LABEL: func @weights
// BANK: nn.sparse_constant <group = 4, kept = 3, longest = 3>
func.func @weights(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %w = nn.constant {nn.name = "w"} dense<[[0.5, 1.0, 9.0, 4.5],
                         [4.0, 6.0, 1.0, 0.25],
                         [0.1, 0.2, 5.0, -8.0],
                         [3.0, 7.0, 0.25, 0.25]]> : tensor<4x4xf32>
  %y = nn.linear %x, %w {nn.name = "dense"} : (tensor<2x4xf32>, tensor<4x4xf32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// -----

// A weight that is stored as [n, k] has the same zeros.
// HIERARCHICAL-LABEL: func @transposed
// HIERARCHICAL: nn.sparse_constant <block_rows = 2, block_columns = 4, kept_lines = 2, line_dimension = 1, group = 2, kept = 1, group_dimension = 1, longest = 1, element_index = offsets>
// HIERARCHICAL-SAME: values dense<[4.000000e+00, 7.000000e+00, 9.000000e+00, -8.000000e+00]> : tensor<4xf32>
// HIERARCHICAL-SAME: index dense<[90, 10]> : tensor<2xi8> : tensor<4x4xf32>

// NM-LABEL: func @transposed
// NM: nn.sparse_constant <group = 4, kept = 1, group_dimension = 1, longest = 1, element_index = offsets>
// NM-SAME: values dense<[4.000000e+00, 7.000000e+00, 9.000000e+00, -8.000000e+00]> : tensor<4xf32>
func.func @transposed(%x: tensor<2x4xf32>) -> tensor<2x4xf32> {
  %w = nn.constant dense<[[0.5, 4.0, 0.1, 3.0],
                         [1.0, 6.0, 0.2, 7.0],
                         [9.0, 1.0, 5.0, 0.25],
                         [4.5, 0.25, -8.0, 0.25]]> : tensor<4x4xf32>
  %y = nn.linear %x, %w {transposed} : (tensor<2x4xf32>, tensor<4x4xf32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// -----

// A weight of two layers is pruned once. Weights that are inputs, or quantized
// already, stay.
// HIERARCHICAL-LABEL: func @shared
// HIERARCHICAL-COUNT-1: nn.sparse_constant
// HIERARCHICAL-NOT: nn.sparse_constant
// HIERARCHICAL: return
func.func @shared(%x: tensor<2x2xf32>, %v: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %w = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %0 = nn.linear %x, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %1 = nn.linear %0, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %2 = nn.linear %1, %v : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %2 : tensor<2x2xf32>
}

// Of three modules the first two have a weight of 16, the last one of 4; half of
// them become zero, as nearly as groups of two rows can.
// STATISTICS-COUNT-2: (S) 8 zeros
