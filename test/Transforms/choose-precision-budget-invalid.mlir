// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:4x1x4=1,2,3,4,-1,2,-3,1,0.5,-2,1,1,3,-1,-1,2"
// RUN: not atleus-opt %s --atleus-choose-precision="budget=arrays:3" 2>&1 | FileCheck %s --check-prefix=FORM
// RUN: not atleus-opt %s --atleus-choose-precision="budget=crossbars:3" 2>&1 | FileCheck %s --check-prefix=SAMPLES
// RUN: not atleus-opt %s --atleus-choose-precision="budget=crossbars:3 calibration=%t.npz" 2>&1 | FileCheck %s --check-prefix=MACHINE
// RUN: not atleus-opt %s --atleus-choose-precision="budget=crossbars:3 calibration=%t.npz machine=%S/Inputs/two-crossbars.mlir" 2>&1 | FileCheck %s --check-prefix=SIZES
// RUN: not atleus-opt %s --atleus-choose-precision="budget=crossbars:1 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir" 2>&1 | FileCheck %s --check-prefix=FEW
// RUN: not atleus-opt %s --atleus-choose-precision="precision=*=2 budget=crossbars:1 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir" 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not atleus-opt %s --atleus-choose-precision="precision=b=6 budget=crossbars:1 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir" 2>&1 | FileCheck %s --check-prefix=STATED
// RUN: not atleus-opt %s --atleus-choose-precision="budget=loss:0 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir quantize=weights=per-tensor" 2>&1 | FileCheck %s --check-prefix=ANSWERS
// RUN: not atleus-opt %s --atleus-choose-precision="budget=loss:0 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir quantize=bits=4" 2>&1 | FileCheck %s --check-prefix=OPTIONS
// RUN: not atleus-opt %s --atleus-choose-precision="budget=loss:0 calibration=%t.none machine=%S/Inputs/small-crossbar.mlir" 2>&1 | FileCheck %s --check-prefix=FILE

// FORM: error: precision budget 'arrays:3' must be crossbars:COUNT, crossbars:SHARE% or loss:POINTS
// SAMPLES: error: a precision budget needs samples: state calibration=FILE.npz (atleus: --calibration)
// MACHINE: error: a precision budget counts the crossbars of a machine; name one
// SIZES: error: crossbars @cells and @large hold blocks of different sizes; a precision budget counts arrays of one size
// FEW: error: precision budget 'crossbars:1' cannot be kept: it allows 1 crossbars, and the fewest are 2
// FEW: note: 'a' takes 1 with weights of 2 bits
// FEW: note: 'b' takes 1 with weights of 2 bits
// NONE: error: precision budget 'crossbars:1' finds no layer whose weights are floats and whose precision is not stated
// STATED: note: 'b' takes 3, which its precision states
// STATED: note: 'a' takes 1 with weights of 2 bits
// ANSWERS: error: precision budget 'loss:0' cannot be kept: with the most bits in all layers {{[0-9.]+}} of 100 answers change on the samples
// OPTIONS: error: options of atleus-quantize: {{.*}}no such option bits
// FILE: .none{{.*}}No such file
func.func @main(%x: tensor<1x4xf32> {nn.name = "x"}) -> tensor<1x8xf32> {
  // In 8 bits most columns are the same, so that the largest output is not the
  // last one.
  %a = nn.constant dense<[[0.970, 0.971, 0.972, 0.973, 0.974, 0.975, 0.976,
                           0.977],
                          [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2],
                          [0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4],
                          [0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]]>
      : tensor<4x8xf32>
  %p = nn.linear %x, %a {nn.name = "a"}
      : (tensor<1x4xf32>, tensor<4x8xf32>) -> tensor<1x8xf32>
  %q = nn.linear %x, %a {nn.name = "b"}
      : (tensor<1x4xf32>, tensor<4x8xf32>) -> tensor<1x8xf32>
  %y = nn.add %p, %q : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  return %y : tensor<1x8xf32>
}
