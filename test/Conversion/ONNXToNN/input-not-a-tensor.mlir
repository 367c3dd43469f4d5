// An input that is no tensor has no shape to resolve.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics

module attributes {onnx.opsets = {ai.onnx = 17 : i64}} {
  // expected-error @below {{input 'n' is no tensor, found 'i32'}}
  func.func @main(%n: i32 {onnx.name = "n"}) {
    return
  }
}
