// RUN: atleus-opt %s --atleus-quantize="weight-bits=2 weights=per-tensor" | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize="weight-bits=2 weights=per-tensor weight-clipping=mse" | FileCheck %s --check-prefix=CLIPPED
// One weight of many is large: without it the steps are finer.

// CHECK: !quant.uniform<i2:f32, 3.000000e+00>
// CLIPPED: !quant.uniform<i2:f32, {{0\.[5-9].*|1\.[0-4].*}}>
func.func @main(%x: tensor<1x16xf32>) -> tensor<1x2xf32> {
  %w = nn.constant dense<[[1.0, -1.0], [1.0, -1.0], [1.0, -1.0], [1.0, -1.0],
                          [1.0, -1.0], [1.0, -1.0], [1.0, -1.0], [1.0, -1.0],
                          [1.0, -1.0], [1.0, -1.0], [1.0, -1.0], [1.0, -1.0],
                          [1.0, -1.0], [1.0, -1.0], [1.0, -1.0], [3.0, -1.0]]>
      : tensor<16x2xf32>
  %y = nn.linear %x, %w
      : (tensor<1x16xf32>, tensor<16x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
