// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:3x1x2=1,-127,254,3,-0.5,12" "token:<i8:3x2=1,0"
// RUN: atleus-opt %s --atleus-quantize=calibration=%t.npz | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz activation-bits=4" | FileCheck %s --check-prefix=BITS

func.func @main(%x: tensor<1x2xf32> {nn.name = "x"},
                %token: tensor<1x2xi64> {nn.name = "token"})
    -> (tensor<1x2xf32>, tensor<1x2x2xf32>) {
  %c = nn.constant dense<[[2.0, 0.0], [0.0, 1.0]]> : tensor<2x2xf32>
  // An input: its largest magnitude over all samples is 254.
  // CHECK: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 2.000000e+00>>
  // BITS: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i4:f32, 36.285713195800781>>
  // CHECK: %[[Y:.*]] = nn.linear
  %y = nn.linear %x, %c : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // A value that is computed in floats, here up to 508.
  // CHECK: nn.quantize %[[Y]] : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 4.000000e+00>>
  %z = nn.linear %y, %c : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // One that is always zero.
  // CHECK: nn.quantize %{{.*}} : tensor<1x2x2xf32> to tensor<1x2x2x!quant.uniform<i8:f32, 1.000000e+00>>
  %table = nn.constant dense<0.0> : tensor<4x2xf32>
  %e = nn.embedding %table, %token
      : (tensor<4x2xf32>, tensor<1x2xi64>) -> tensor<1x2x2xf32>
  %f = nn.linear %e, %c
      : (tensor<1x2x2xf32>, tensor<2x2xf32>) -> tensor<1x2x2xf32>
  return %z, %f : tensor<1x2xf32>, tensor<1x2x2xf32>
}
