// Both features of the samples are equal, and the third one is always zero: the
// second weight makes up for the error of the first.
// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:2x1x3=1,1,0,-2,-2,0"
// RUN: atleus-opt %s --split-input-file --atleus-quantize="calibration=%t.npz weight-bits=4 weights=per-tensor rounding=error-feedback" | FileCheck %s
// RUN: atleus-opt %s --split-input-file --atleus-quantize="calibration=%t.npz weight-bits=4 weights=per-tensor rounding=error-feedback activation-bits=32" | FileCheck %s --check-prefix=ROUNDED
// RUN: atleus-opt %s --split-input-file --atleus-quantize="calibration=%t.npz weight-bits=4 weights=per-tensor weight-code=affine rounding=error-feedback" | FileCheck %s --check-prefix=AFFINE

// CHECK-LABEL: @makes_up
// CHECK-NOT: xf32> : tensor<3x1xf32>
// CHECK: %[[C:.*]] = nn.constant dense<{{\[\[}}0], [1], [7]]> : tensor<3x1xi4>
// CHECK: %[[W:.*]] = nn.storage_cast %[[C]] : tensor<3x1xi4> to tensor<3x1x!quant.uniform<i4:f32, 1.000000e+00>>
// CHECK: nn.linear %{{.*}}, %[[W]]
// ROUNDED-LABEL: @makes_up
// ROUNDED: %[[W:.*]] = nn.storage_cast
// ROUNDED: %[[D:.*]] = nn.dequantize %[[W]]
// ROUNDED: nn.linear %arg0, %[[D]]
// AFFINE-LABEL: @makes_up
// AFFINE: nn.storage_cast %{{.*}} : tensor<3x1xui4> to tensor<3x1x!quant.uniform<u4:f32,
func.func @makes_up(%x: tensor<1x3xf32> {nn.name = "x"}) -> tensor<1x1xf32> {
  %w = nn.constant dense<[[0.4], [0.4], [7.0]]> : tensor<3x1xf32>
  %y = nn.linear %x, %w : (tensor<1x3xf32>, tensor<3x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// -----

// CHECK-LABEL: @transposed
// CHECK: nn.constant dense<{{\[\[}}0, 1, 7], [1, 0, -7]]> : tensor<2x3xi4>
func.func @transposed(%x: tensor<1x3xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %w = nn.constant dense<[[0.4, 0.4, 7.0], [0.6, 0.6, -7.0]]> : tensor<2x3xf32>
  %y = nn.linear %x, %w {transposed}
      : (tensor<1x3xf32>, tensor<2x3xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

// What two layers read is rounded once; a product of activations, and a weight
// that is no layer's, are not rounded so.
// CHECK-LABEL: @shared
// CHECK-COUNT-1: nn.storage_cast
// CHECK-NOT: nn.storage_cast
// CHECK: return
func.func @shared(%x: tensor<1x3xf32> {nn.name = "x"}) -> tensor<1x3xf32> {
  %w = nn.constant dense<[[0.4, 1.0, 0.0], [0.4, 1.0, 0.0], [7.0, 1.0, 0.0]]>
      : tensor<3x3xf32>
  %m = nn.constant dense<0.3> : tensor<3x3xf32>
  %a = nn.linear %x, %w : (tensor<1x3xf32>, tensor<3x3xf32>) -> tensor<1x3xf32>
  %b = nn.linear %a, %w : (tensor<1x3xf32>, tensor<3x3xf32>) -> tensor<1x3xf32>
  %c = nn.matmul %b, %m : (tensor<1x3xf32>, tensor<3x3xf32>) -> tensor<1x3xf32>
  return %c : tensor<1x3xf32>
}

// -----

// A larger weight is a blob, two integers in a byte.
// CHECK-LABEL: @packed
// CHECK: nn.constant dense_resource<rounded> : tensor<3x30xi4>
// CHECK: rounded: "0x40000000{{([0-9A-F]{90})}}"
func.func @packed(%x: tensor<1x3xf32> {nn.name = "x"}) -> tensor<1x30xf32> {
  %w = nn.constant dense<0.5> : tensor<3x30xf32>
  %y = nn.linear %x, %w : (tensor<1x3xf32>, tensor<3x30xf32>) -> tensor<1x30xf32>
  return %y : tensor<1x30xf32>
}
