// Options give dimensions that the file leaves open a value.
// RUN: atleus-opt %s --convert-onnx-to-nn="dims=batch=2,seq=8" \
// RUN:   | FileCheck %s
// RUN: atleus-opt %s --convert-onnx-to-nn="shapes=x=2x8x4" | FileCheck %s

// CHECK: module attributes {nn.name = "model"} {
module attributes {onnx.graph = "model", onnx.ir_version = 8 : i64,
                   onnx.opsets = {ai.onnx = 17 : i64},
                   onnx.producer = "test"} {
  // CHECK: func.func @main(%[[X:.*]]: tensor<2x8x4xf32> {nn.name = "x"})
  // CHECK-SAME: -> (tensor<2x8x4xf32> {nn.name = "y"})
  func.func @main(%x: tensor<?x?x4xf32> {onnx.name = "x",
                                         onnx.dims = ["batch", "seq", ""]})
      -> (tensor<?x?x4xf32> {onnx.name = "y"}) {
    // CHECK: nn.relu %[[X]] {{.*}} : tensor<2x8x4xf32>
    %y = onnx.node "Relu"(%x) opset 17
        : (tensor<?x?x4xf32>) -> tensor<?x?x4xf32>
    return %y : tensor<?x?x4xf32>
  }
}
