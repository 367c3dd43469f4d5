// The names of values of the graph, which follow what replaces them.
// RUN: atleus-opt %s --convert-onnx-to-nn=record-values | FileCheck %s
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s --check-prefix=NONE
// NONE-NOT: nn.onnx_values

// The product and the sum are one kernel: it is what the sum was.
// CHECK-LABEL: func.func @bias
func.func @bias(%x: tensor<4x2xf32>) -> tensor<4x3xf32> {
  // CHECK: nn.linear {{.*}}nn.onnx_values = ["sum"]
  // CHECK-NOT: "product"
  %w = onnx.initializer "w" dense<1.0> : tensor<2x3xf32>
  %b = onnx.initializer "b" dense<2.0> : tensor<3xf32>
  %p = onnx.node "MatMul"(%x, %w) opset 13 {output_names = ["product"]}
      : (tensor<4x2xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  %s = onnx.node "Add"(%p, %b) opset 13 {output_names = ["sum"]}
      : (tensor<4x3xf32>, tensor<3xf32>) -> tensor<4x3xf32>
  return %s : tensor<4x3xf32>
}

// Two nodes that compute the same become one, with the first name.
// CHECK-LABEL: func.func @common
func.func @common(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: nn.exp {{.*}}nn.onnx_values = ["first"]
  // CHECK-NEXT: nn.add {{.*}}nn.onnx_values = ["sum"]
  %a = onnx.node "Exp"(%x) opset 13 {output_names = ["first"]}
      : (tensor<4xf32>) -> tensor<4xf32>
  %b = onnx.node "Exp"(%x) opset 13 {output_names = ["second"]}
      : (tensor<4xf32>) -> tensor<4xf32>
  %s = onnx.node "Add"(%a, %b) opset 13 {output_names = ["sum"]}
      : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %s : tensor<4xf32>
}

// A node that changes nothing leaves its name to what it copies only if that
// has none.
// CHECK-LABEL: func.func @identity
func.func @identity(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: nn.exp {{.*}}nn.onnx_values = ["exponential"]
  // CHECK-NEXT: return
  %a = onnx.node "Exp"(%x) opset 13 {output_names = ["exponential"]}
      : (tensor<4xf32>) -> tensor<4xf32>
  %b = onnx.node "Identity"(%a) opset 13 {output_names = ["copy"]}
      : (tensor<4xf32>) -> tensor<4xf32>
  return %b : tensor<4xf32>
}

// What is computed when compiling has no name any more.
// CHECK-LABEL: func.func @folded
// CHECK-NOT: "constant"
// CHECK: nn.add {{.*}}nn.onnx_values = ["sum"]
func.func @folded(%x: tensor<4xf32>) -> tensor<4xf32> {
  %w = onnx.initializer "w" dense<1.0> : tensor<4xf32>
  %a = onnx.node "Exp"(%w) opset 13 {output_names = ["constant"]}
      : (tensor<4xf32>) -> tensor<4xf32>
  %s = onnx.node "Add"(%x, %a) opset 13 {output_names = ["sum"]}
      : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %s : tensor<4xf32>
}
