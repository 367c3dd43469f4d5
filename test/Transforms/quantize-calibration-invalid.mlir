// RUN: not atleus-opt %s --atleus-quantize=calibration=%t.none 2>&1 | FileCheck %s --check-prefix=FILE
// RUN: %python %inputs/make_npz.py %t.npz "y:<f4:1x2=1"
// RUN: not atleus-opt %s --atleus-quantize=calibration=%t.npz 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:3x3=1"
// RUN: not atleus-opt %s --atleus-quantize=calibration=%t.npz 2>&1 | FileCheck %s --check-prefix=SHAPE
// RUN: %python %inputs/make_npz.py %t.npz "x:<f8:3x2=1"
// RUN: not atleus-opt %s --atleus-quantize=calibration=%t.npz 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:0x2=1"
// RUN: not atleus-opt %s --atleus-quantize=calibration=%t.npz 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:3x2=1,2,3,nan,5,6"
// RUN: not atleus-opt %s --atleus-quantize=calibration=%t.npz 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:3x2=1,2,1,2,0,0"
// RUN: not atleus-opt %s --atleus-quantize=calibration=%t.npz 2>&1 | FileCheck %s --check-prefix=VALUE

// FILE: .none{{.*}}No such file
// NAME: the dataset has no array 'x'; it has: y
// SHAPE: array 'x' has samples of shape 3, the input has shape 1x2
// TYPE: array 'x' holds 'f64', the input holds 'f32'
// EMPTY: the dataset has no samples
// NAN: array "x" holds NaN in sample 1
// VALUE: error: value is NaN or infinite in calibration sample 2
func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %c = nn.constant dense<1.0> : tensor<2x2xf32>
  %r = nn.reciprocal %x : tensor<1x2xf32>
  %y = nn.linear %r, %c : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
