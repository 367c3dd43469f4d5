// Sizes that are missing or do not go with the model.

// Everything that is missing, in one error.
// RUN: not atleus-opt %s --convert-onnx-to-nn 2>&1 \
// RUN:   | FileCheck %s --check-prefix=MISSING
// MISSING: error: 3 sizes of the inputs have no value; set them with --dim seq=<size> --shape x=<size>x<size>x4 --shape z=<sizes>
// MISSING: note: dimension 'seq' of input 'x' has no value; set it with --dim seq=<size>
// MISSING: note: dimension 1 of input 'x' has no value; set it with --shape x=<size>x<size>x4
// MISSING: note: input 'z' has no value; set it with --shape z=<sizes>

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=seq=8 shapes=z=1" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NAMELESS
// NAMELESS: error: dimension 1 of input 'x' has no value; set it with --shape x=8x<size>x4

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=?x2x4,z=1" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NAMED
// NAMED: error: dimension 'seq' of input 'x' has no value; set it with --dim seq=<size>

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8x2x4" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NO-SHAPE
// NO-SHAPE: error: input 'z' has no value; set it with --shape z=<sizes>

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=sequence=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=DIMENSION
// DIMENSION: error: the model has no dimension 'sequence'; it has 'seq'; did you mean 'seq'?

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=batch=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=DISTANT
// DISTANT: error: the model has no dimension 'batch'; it has 'seq'

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=x=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=IS-INPUT
// IS-INPUT: error: the model has no dimension 'x'; it is an input: set its shape with --shape

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=seq=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=IS-DIMENSION
// IS-DIMENSION: error: the model has no input 'seq'; it is a dimension: set its size with --dim

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=wide=8" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=INPUT
// INPUT: error: the model has no input 'wide'; it has 'x' and 'z'

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=seq=eight" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SIZE
// SIZE: error: option 'dims' needs NAME=SIZE, found 'seq=eight'

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8xtwo" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SIZES
// SIZES: error: option 'shapes' needs NAME=1x2x3, found 'x=8xtwo'

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8x2" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=RANK
// RANK: error: input 'x' has 3 dimensions, but the shape 8x2 that is given for it has 2

// RUN: not atleus-opt %s --convert-onnx-to-nn="shapes=x=8x2x5" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=CONFLICT
// CONFLICT: error: dimension 2 of input 'x' is 4, but 5 in the shape 8x2x5 that is given for it

// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=seq=8,seq=9" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TWICE
// TWICE: error: dimension 'seq' is 8 by --dim seq=8, but 9 by --dim seq=9

// RUN: not atleus-opt %s \
// RUN:   --convert-onnx-to-nn="shapes=x=8x2x4,x=8x2x4" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=SHAPE-TWICE
// SHAPE-TWICE: error: option 'shapes' has two shapes for input 'x'

// RUN: not atleus-opt %s \
// RUN:   --convert-onnx-to-nn="dims=seq=9 shapes=x=8x2x4" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=BOTH
// BOTH: error: dimension 'seq' is 9 by --dim seq=9, but 8 by the shape of input 'x'

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
