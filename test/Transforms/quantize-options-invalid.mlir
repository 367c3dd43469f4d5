// RUN: not atleus-opt %s --atleus-quantize=weight-bits=9 2>&1 | FileCheck %s --check-prefix=WEIGHT
// RUN: not atleus-opt %s --atleus-quantize=weight-bits=1 2>&1 | FileCheck %s --check-prefix=ONE
// RUN: not atleus-opt %s --atleus-quantize=activation-bits=3 2>&1 | FileCheck %s --check-prefix=ACTIVATION
// RUN: not atleus-opt %s --atleus-quantize=percentile=0 2>&1 | FileCheck %s --check-prefix=ZERO
// RUN: not atleus-opt %s --atleus-quantize=percentile=100.5 2>&1 | FileCheck %s --check-prefix=PERCENTILE
// RUN: not atleus-opt %s --atleus-quantize=percentile=nan 2>&1 | FileCheck %s --check-prefix=NAN
// RUN: not atleus-opt %s --atleus-quantize=calibration-method=entropy 2>&1 | FileCheck %s --check-prefix=SAMPLES
// RUN: not atleus-opt %s --atleus-quantize="weights=crossbar-wise block-rows=4" 2>&1 | FileCheck %s --check-prefix=BLOCK
// RUN: not atleus-opt %s --atleus-quantize=weights=crossbar-wise 2>&1 | FileCheck %s --check-prefix=MACHINE
// RUN: not atleus-opt %s --atleus-quantize="weights=crossbar-wise machine=systolic-edge" 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not atleus-opt %s --atleus-quantize="weights=crossbar-wise machine=%t.mlir" 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: not atleus-opt %s --atleus-quantize="weight-code=nf4 codebook-block=0" 2>&1 | FileCheck %s --check-prefix=CODEBOOK

// WEIGHT: error: weight-bits must be from 2 to 8, or 32 for floats, found 9
// ONE: error: weight-bits must be from 2 to 8, or 32 for floats, found 1
// ACTIVATION: error: activation-bits must be from 4 to 8, 16, or 32 for floats, found 3
// ZERO: error: percentile must be above 0 and at most 100, found 0
// PERCENTILE: error: percentile must be above 0 and at most 100, found 100.5
// NAN: error: percentile must be above 0 and at most 100, found
// SAMPLES: error: calibration-method needs samples: state calibration=FILE.npz
// BLOCK: error: block-rows and block-columns must both be positive or both 0, found 4 and 0
// MACHINE: error: crossbar-wise scales need the size of a block: name a machine, or state block-rows and block-columns (atleus: --crossbar-block=RxC)
// NONE: error: machine @systolic_edge has no crossbars whose arrays could give a size of blocks; state block-rows and block-columns
// MISSING: error: {{.*}}No such file
// CODEBOOK: error: codebook-block must be positive, found 0
func.func @main(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  return %x : tensor<1x2xf32>
}
