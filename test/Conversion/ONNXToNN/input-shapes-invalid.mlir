// Sizes that are missing or do not go with the model.
// RUN: not atleus-opt %s --convert-onnx-to-nn 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MISSING
// MISSING: error: dimension 'seq' of input 'x' has no value; set it with --dim seq=<size>

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=seq=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NAMELESS
// NAMELESS: error: dimension 1 of input 'x' has no value; set it with --shape x=<sizes>

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8x2x4" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NO-SHAPE
// NO-SHAPE: error: input 'z' has no shape; set it with --shape z=<sizes>

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=sequence=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=DIMENSION
// DIMENSION: error: the model has no dimension 'sequence'; it has 'seq'

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=w=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=INPUT
// INPUT: error: the model has no input 'w'; it has 'x' and 'z'

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=seq=eight" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SIZE
// SIZE: error: option 'dims' needs NAME=SIZE, found 'seq=eight'

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8xtwo" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SIZES
// SIZES: error: option 'shapes' needs NAME=1x2x3, found 'x=8xtwo'

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8x2" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=RANK
// RANK: error: input 'x' has 3 dimensions, but the option gives 2

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8x2x5" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=CONFLICT
// CONFLICT: error: dimension 2 of input 'x' is 4, but the option gives 5

// RUN: not atleus-opt %s \
// RUN:   --convert-onnx-to-nn="shapes=x=9000000000x9000000000x4" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=LARGE
// LARGE: error: input 'x' of shape [9000000000, 9000000000, 4] is too large

func.func @main(%x: tensor<?x?x4xf32> {onnx.name = "x",
                                       onnx.dims = ["seq", "", ""]},
                %z: tensor<*xf32> {onnx.name = "z"}) -> !onnx.unknown {
  %y = onnx.node "Relu"(%x) opset 17 : (tensor<?x?x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
