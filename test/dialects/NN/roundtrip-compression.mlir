// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-LABEL: func @precision
func.func @precision(%x: tensor<1x4x8xf32>, %w: tensor<8x16xf32>)
    -> tensor<1x4x16xf32> {
  // CHECK: nn.linear {{.*}} {nn.precision = #nn.precision<weights = 4, activations = 8>}
  %0 = nn.linear %x, %w {nn.precision = #nn.precision<weights = 4, activations = 8, code = uniform>}
      : (tensor<1x4x8xf32>, tensor<8x16xf32>) -> tensor<1x4x16xf32>
  // CHECK: nn.linear {{.*}} {nn.precision = #nn.precision<weights = 4, activations = 32, code = nf4>}
  %1 = nn.linear %x, %w {nn.precision = #nn.precision<weights = 4, activations = 32, code = nf4>}
      : (tensor<1x4x8xf32>, tensor<8x16xf32>) -> tensor<1x4x16xf32>
  return %0 : tensor<1x4x16xf32>
}

// CHECK-LABEL: func @codebook
func.func @codebook(%x: tensor<1x4x8xf32>, %w: tensor<8x16xf32>)
    -> (tensor<1x4x16xf32>, tensor<8x16xf32>) {
  // CHECK: nn.quantize %{{.*}} : tensor<8x16xf32> to tensor<8x16x!nn.codebook<nf4 : f32, block = 64>>
  %0 = nn.quantize %w : tensor<8x16xf32> to tensor<8x16x!nn.codebook<nf4 : f32, block = 64>>
  // CHECK: nn.linear %{{.*}}, %{{.*}} : (tensor<1x4x8xf32>, tensor<8x16x!nn.codebook<nf4 : f32, block = 64>>) -> tensor<1x4x16xf32>
  %1 = nn.linear %x, %0 : (tensor<1x4x8xf32>, tensor<8x16x!nn.codebook<nf4 : f32, block = 64>>) -> tensor<1x4x16xf32>
  // CHECK: nn.dequantize %{{.*}} : tensor<8x16x!nn.codebook<nf4 : f32, block = 64>> to tensor<8x16xf32>
  %2 = nn.dequantize %0 : tensor<8x16x!nn.codebook<nf4 : f32, block = 64>> to tensor<8x16xf32>
  return %1, %2 : tensor<1x4x16xf32>, tensor<8x16xf32>
}

// CHECK-LABEL: func @sparse_constant
func.func @sparse_constant() -> tensor<2x4xf32> {
  // CHECK: nn.sparse_constant <group = 4, kept = 2, group_dimension = 1> values dense<{{.*}}> : tensor<4xf32> index dense<83> : tensor<1xi8> : tensor<2x4xf32>
  %0 = nn.sparse_constant <group = 4, kept = 2, group_dimension = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense<[83]> : tensor<1xi8> : tensor<2x4xf32>
  return %0 : tensor<2x4xf32>
}

// CHECK-LABEL: func @sparse_anywhere
func.func @sparse_anywhere() -> tensor<2x4xi8> {
  // CHECK: nn.sparse_constant <longest = 1, element_index = offsets> values dense<{{.*}}> : tensor<2xi8> index dense<{{.*}}> : tensor<2xi8> : tensor<2x4xi8>
  %0 = nn.sparse_constant <longest = 1, element_index = offsets>
      values dense<[7, -3]> : tensor<2xi8>
      index dense<[-95, 0]> : tensor<2xi8> : tensor<2x4xi8>
  return %0 : tensor<2x4xi8>
}

// CHECK-LABEL: func private @sparsity
// CHECK-SAME: #nn.sparsity<block_rows = 128, block_columns = 32, kept_lines = 96, line_index = offsets, element_index = offsets>
func.func private @sparsity() attributes {x.sparsity = #nn.sparsity<
    block_rows = 128, block_columns = 32, kept_lines = 96,
    line_index = offsets, element_index = offsets>}
