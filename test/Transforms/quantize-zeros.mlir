// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:3x1x2=0"
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz" 2>&1 | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz calibration-method=entropy weights=per-tensor weight-clipping=mse weight-code=affine activation-code=affine" 2>&1 | FileCheck %s --check-prefix=AFFINE
// Numbers that are all zero have the scale 1.

// CHECK-DAG: remark: weights are all zero; their scale is 1
// CHECK-DAG: remark: value is zero in all calibration samples; its scale is 1
// CHECK-DAG: !quant.uniform<i8:f32:1, {1.000000e+00,1.000000e+00}>
// CHECK: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 1.000000e+00>>
// AFFINE: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<u8:f32, 1.000000e+00>>
// AFFINE: nn.quantize %{{.*}} : tensor<2x2xf32> to tensor<2x2x!quant.uniform<u8:f32, 1.000000e+00>>
func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %w = nn.constant dense<[[0.0, -0.0], [0.0, 0.0]]> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
