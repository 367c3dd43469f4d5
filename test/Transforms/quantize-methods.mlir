// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:100x1x2=0.5,-1,1,0.25,127,0.75,1,1,-0.5,1"
// RUN: atleus-opt %s --atleus-quantize=calibration=%t.npz | FileCheck %s --check-prefix=MINMAX
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz calibration-method=min-max" | FileCheck %s --check-prefix=MINMAX
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz calibration-method=percentile percentile=100" | FileCheck %s --check-prefix=MINMAX
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz calibration-method=percentile percentile=80" | FileCheck %s --check-prefix=PERCENTILE
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz calibration-method=entropy" | FileCheck %s --check-prefix=ENTROPY
// RUN: atleus-opt %s --atleus-quantize="calibration=%t.npz calibration-method=mse activation-bits=4" | FileCheck %s --check-prefix=MSE
// A tenth of the numbers is 127, the others are at most 1.

// MINMAX: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 1.000000e+00>>
// PERCENTILE: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 0.0078740157186985015>>
// So few different numbers lose nothing if none is clipped.
// ENTROPY: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 1.000000e+00>>
// The many large ones count more in squares.
// MSE: nn.quantize %arg0 : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i4:f32, 1{{[5-8]}}.{{.*}}>>
func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %w = nn.constant dense<1.0> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
