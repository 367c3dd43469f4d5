// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:2x1x2=-1,0,1,4.1"
// RUN: atleus-opt %s --atleus-quantize="weight-code=affine activation-code=affine calibration=%t.npz" --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize="weight-code=affine activation-code=affine weight-bits=4 weights=per-tensor" | FileCheck %s --check-prefix=DYNAMIC
// Unsigned integers whose zero point lies where the numbers are.

// CHECK: !per_axis = !quant.uniform<u8:f32:1, {1.000000e+00:64,5.000000e-01}>
// CHECK-LABEL: func.func @main
func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  // CHECK-DAG: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<u8:f32, 0.019999999552965164:50>>
  // CHECK-DAG: nn.quantize %{{.*}} : tensor<2x2xf32> to tensor<2x2x!per_axis>
  // DYNAMIC-DAG: nn.quantize %arg0 scales<vector> : tensor<1x2xf32> to tensor<1x2x!quant.any<u8:f32>>
  // DYNAMIC-DAG: nn.quantize %{{.*}} : tensor<2x2xf32> to tensor<2x2x!quant.uniform<u4:f32, 1.700000e+01:4>>
  %w = nn.constant dense<[[-64.0, 127.5], [191.0, 1.0]]> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
