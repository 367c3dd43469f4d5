// What follows from the sizes that are given.

// A shape gives the names in it their sizes, for other inputs too.
// RUN: atleus-opt %s --split-input-file \
// RUN:   --convert-onnx-to-nn="shapes=ids=2x8" | FileCheck %s

// CHECK-LABEL: func.func @shared(
// CHECK-SAME: tensor<2x8xi64> {{.*}}tensor<2x8xi64> {{.*}}tensor<8x4xf32>
func.func @shared(
    %ids: tensor<?x?xi64> {onnx.name = "ids", onnx.dims = ["batch", "seq"]},
    %mask: tensor<?x?xi64> {onnx.name = "mask", onnx.dims = ["batch", "seq"]},
    %table: tensor<?x4xf32> {onnx.name = "t", onnx.dims = ["seq", ""]}) {
  return
}

// -----

// Names that are formulas are computed.
// CHECK-LABEL: func.func @formula(
// CHECK-SAME: tensor<2x8xi64>
// CHECK-SAME: tensor<9xf32>
// CHECK-SAME: tensor<14xf32>
// CHECK-SAME: tensor<7xf32>
func.func @formula(
    %ids: tensor<?x?xi64> {onnx.name = "ids", onnx.dims = ["b", "s"]},
    %a: tensor<?xf32> {onnx.name = "a", onnx.dims = ["s + 1"]},
    %c: tensor<?xf32> {onnx.name = "c", onnx.dims = ["2*(s-1)"]},
    %d: tensor<?xf32> {onnx.name = "d", onnx.dims = ["s-1"]}) {
  return
}

// -----

// And solved for the one name that is not known.
// CHECK-LABEL: func.func @solved(
// CHECK-SAME: tensor<2x8xi64>
// CHECK-SAME: tensor<5xf32>
// CHECK-SAME: tensor<3xf32>
func.func @solved(
    %ids: tensor<?x?xi64> {onnx.name = "ids", onnx.dims = ["b", "past + seq"]},
    %a: tensor<5xf32> {onnx.name = "a", onnx.dims = ["past"]},
    %b: tensor<?xf32> {onnx.name = "b", onnx.dims = ["seq"]}) {
  return
}

// -----

// The result has `total` where past and new keys are put together.
// CHECK-LABEL: func.func @result(
// CHECK-SAME: tensor<2x8xi64>
// CHECK-SAME: tensor<2x3xi64>
// CHECK-SAME: tensor<2x11xi64>
func.func @result(
    %ids: tensor<?x?xi64> {onnx.name = "ids", onnx.dims = ["b", "seq"]},
    %past: tensor<?x3xi64> {onnx.name = "past", onnx.dims = ["b", ""]},
    %mask: tensor<?x?xi64> {onnx.name = "mask", onnx.dims = ["b", "total"]})
    -> (!onnx.unknown, tensor<?x?xi64> {onnx.dims = ["b", "total"]}) {
  %masked = onnx.node "Relu"(%mask) opset 17
      : (tensor<?x?xi64>) -> !onnx.unknown
  %keys = onnx.node "Concat"(%past, %ids) opset 17 attributes {axis = 1 : i64}
      : (tensor<?x3xi64>, tensor<?x?xi64>) -> tensor<?x?xi64>
  return %masked, %keys : !onnx.unknown, tensor<?x?xi64>
}

// Names that two inputs have are asked for once.
// RUN: not atleus-opt %s --split-input-file --convert-onnx-to-nn 2>&1 \
// RUN:   | FileCheck %s --check-prefix=OPEN
// OPEN: error: 2 sizes of the inputs have no value; set them with --dim batch=<size> --dim seq=<size>
// OPEN: note: dimension 'batch' of inputs 'ids', 'mask' has no value; set it with --dim batch=<size>

// Two sizes of one name.
// RUN: not atleus-opt %s --split-input-file \
// RUN:   --convert-onnx-to-nn="shapes=ids=2x8,mask=2x9" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=TWO
// TWO: error: dimension 'seq' is 8 by the shape of input 'ids', but 9 by the shape of input 'mask'
