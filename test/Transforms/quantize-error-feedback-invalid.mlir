// RUN: not atleus-opt %s --atleus-quantize=rounding=error-feedback 2>&1 | FileCheck %s
// RUN: %python %inputs/make_npz.py %t.npz "y:<f4:1x2=1"
// RUN: not atleus-opt %s --atleus-quantize="rounding=error-feedback calibration=%t.npz" 2>&1 | FileCheck %s --check-prefix=NAME

// CHECK: error: rounding=error-feedback needs samples: state calibration=FILE.npz (atleus: --calibration)
// NAME: the dataset has no array 'x'; it has: y
func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %c = nn.constant dense<1.0> : tensor<2x2xf32>
  %y = nn.linear %x, %c : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
