// A name whose formula has no value.
// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=s=1,t=1" 2>&1 | FileCheck %s
// CHECK: error: the dimensions of the inputs are formulas that have no solution

// One whose formula is another size, or none.
// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=s=0,t=1 shapes=y=0" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TWO
// TWO: error: dimension 's + 9223372036854775807' is 0 by the shape of input 'y', but 9223372036854775807 by its parts
// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=s=-9" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=OPTION
// OPTION: error: option 'dims' needs NAME=SIZE, found 's=-9'
// RUN: not atleus-opt %s --convert-onnx-to-nn="dims=t=0" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NEGATIVE
// NEGATIVE: error: dimension 't - 1' is -1 by its parts

func.func @main(
    %x: tensor<?xi64> {onnx.name = "x", onnx.dims = ["s"]},
    %y: tensor<?xi64> {onnx.name = "y",
                       onnx.dims = ["s + 9223372036854775807"]},
    %z: tensor<?xi64> {onnx.name = "z", onnx.dims = ["t - 1"]},
    %t: tensor<?xi64> {onnx.name = "t", onnx.dims = ["t"]}) {
  return
}
