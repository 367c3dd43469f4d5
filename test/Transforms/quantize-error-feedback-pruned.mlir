// Three features of the samples are equal, and the fourth is always zero. What
// was pruned stays zero in sparse storage, and the third weight makes up for the
// error of the first.
// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:2x1x4=1,1,1,0,-2,-2,-2,0"
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz weight-bits=4 weights=per-tensor rounding=error-feedback" | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz weight-bits=4 weights=per-tensor weight-code=affine rounding=error-feedback" | FileCheck %s --check-prefix=AFFINE

// CHECK: %[[C:.*]] = nn.sparse_constant
// CHECK-SAME: values dense<[0.000000e+00, 1.000000e+00, -7.000000e+00]> : tensor<3xf32>
// CHECK-SAME: index dense<13> : tensor<1xi8>
// CHECK: %[[W:.*]] = nn.quantize %[[C]] : tensor<4x1xf32> to tensor<4x1x!quant.uniform<i4:f32, 1.000000e+00>>
// CHECK: nn.linear %{{.*}}, %[[W]]
// AFFINE: nn.sparse_constant
// AFFINE: nn.quantize %{{.*}} to tensor<4x1x!quant.uniform<u4:f32,
func.func @main(%x: tensor<1x4xf32> {nn.name = "x"}) -> tensor<1x1xf32> {
  %w = nn.sparse_constant #nn.sparsity<>
      values dense<[0.4, 0.4, -7.0]> : tensor<3xf32>
      index dense<[13]> : tensor<1xi8> : tensor<4x1xf32>
  %y = nn.linear %x, %w : (tensor<1x4xf32>, tensor<4x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}
