// RUN: atleus-opt %s --atleus-quantize="weights=crossbar-wise block-rows=2 block-columns=2" --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize="weights=crossbar-wise machine=%inputs/small-machine.mlir" | FileCheck %s --check-prefix=ARRAY
// RUN: atleus-opt %s --atleus-quantize="weights=crossbar-wise machine=%inputs/small-machine.mlir weight-bits=4" | FileCheck %s --check-prefix=NIBBLE
// RUN: atleus-opt %s --atleus-quantize="weights=crossbar-wise machine=%inputs/small-machine.mlir set=cells.rows=2,cells.columns=8,cells.active_rows=2,cells.columns_per_adc=8" | FileCheck %s --check-prefix=CHANGED
// A scale for each block of weights that lies in one crossbar array.

// Blocks at the edges are smaller.
// CHECK-DAG: ![[BLOCKS:.*]] = !quant.uniform<i8:f32:{0:2, 1:2}, {{[{][{]}}1.000000e+00, 5.000000e-01}, {2.000000e+00, 1.000000e+00{{[}][}]}}>
// CHECK-DAG: ![[TURNED:.*]] = !quant.uniform<i8:f32:{0:2, 1:2}, {{[{][{]}}1.000000e+00, 2.000000e+00}, {5.000000e-01, 1.000000e+00{{[}][}]}}>
// CHECK-LABEL: func.func @ragged
func.func @ragged(%x: tensor<1x3xf32>) -> tensor<1x3xf32> {
  // CHECK: nn.quantize %{{.*}} : tensor<3x3xf32> to tensor<3x3x![[BLOCKS]]>
  %w = nn.constant dense<[[1.0, 127.0, 63.5], [0.0, -3.0, 0.0],
                          [-254.0, 0.0, 127.0]]> : tensor<3x3xf32>
  %y = nn.linear %x, %w : (tensor<1x3xf32>, tensor<3x3xf32>) -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// Rows and columns of the block change places with those of the weight.
// CHECK-LABEL: func.func @transposed
func.func @transposed(%x: tensor<1x3xf32>) -> tensor<1x3xf32> {
  // CHECK: nn.quantize %{{.*}} : tensor<3x3xf32> to tensor<3x3x![[TURNED]]>
  %w = nn.constant dense<[[1.0, 0.0, -254.0], [127.0, -3.0, 0.0],
                          [63.5, 0.0, 127.0]]> : tensor<3x3xf32>
  %y = nn.linear %x, %w {transposed}
      : (tensor<1x3xf32>, tensor<3x3xf32>) -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// A matrix that is smaller than a block has one scale.
// CHECK-LABEL: func.func @small
func.func @small(%x: tensor<1x2xf32>) -> tensor<1x1xf32> {
  // CHECK: nn.quantize %{{.*}} : tensor<2x1xf32> to tensor<2x1x!quant.uniform<i8:f32, 2.000000e+00>>
  %w = nn.constant dense<[[-254.0], [1.0]]> : tensor<2x1xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// A product of computed operands has no crossbar.
// CHECK-LABEL: func.func @no_layer
func.func @no_layer(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  // CHECK: nn.quantize %{{.*}} : tensor<2x4x4xf32> to tensor<2x4x4x!quant.uniform<i8:f32, 1.000000e+00>>
  %w = nn.constant dense<127.0> : tensor<2x4x4xf32>
  %y = nn.matmul %x, %w
      : (tensor<2x3x4xf32>, tensor<2x4x4xf32>) -> tensor<2x3x4xf32>
  return %y : tensor<2x3x4xf32>
}

// Arrays of 16 rows and 16 columns of 2 bits: 4 weights of 8 bits side by side,
// or 8 of 4 bits.
// ARRAY: !quant.uniform<i8:f32:{0:16, 1:4},
// NIBBLE: !quant.uniform<i4:f32:{0:16, 1:8},
// CHANGED: !quant.uniform<i8:f32:{0:2, 1:2}, {{.*}}, {{.*}}, {{.*}}, {{.*}}, {{.*}}, {{.*}}, {{.*}}, {{.*}}
func.func @of_the_machine(%x: tensor<1x32xf32>) -> tensor<1x8xf32> {
  %w = nn.constant dense<1.0> : tensor<32x8xf32>
  %y = nn.linear %x, %w : (tensor<1x32xf32>, tensor<32x8xf32>) -> tensor<1x8xf32>
  return %y : tensor<1x8xf32>
}

// The scales are numbers of the type that they scale to.
// CHECK-LABEL: func.func @half
func.func @half(%x: tensor<1x2xf16>) -> tensor<1x4xf16> {
  // CHECK: nn.quantize %{{.*}} : tensor<2x4xf16> to tensor<2x4x!{{.*}}>
  %w = nn.constant dense<[[1.0e-7, 0.0, 127.0, 0.0], [0.0, 0.0, 0.0, 1.0]]>
      : tensor<2x4xf16>
  %y = nn.linear %x, %w : (tensor<1x2xf16>, tensor<2x4xf16>) -> tensor<1x4xf16>
  return %y : tensor<1x4xf16>
}
