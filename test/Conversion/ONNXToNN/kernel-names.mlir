// Names of kernels, from names of nodes and of parameters.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// The operator at the end of a path is left away; a name is not used twice.
// CHECK-LABEL: func.func @paths
func.func @paths(%x: tensor<2x2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "onnx::MatMul_12" dense<1.0> : tensor<2x2xf32>
  // CHECK: nn.linear {{.*}} {nn.name = "encoder.layer.0.query"}
  %a = onnx.node "MatMul"(%x, %w) opset 17 {name = "/encoder/layer.0/query/MatMul"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> !onnx.unknown
  // CHECK: nn.linear {{.*}} {nn.name = "encoder.layer.0.query_2"}
  %b = onnx.node "MatMul"(%a, %w) opset 17 {name = "/encoder/layer.0/query/MatMul_1"}
      : (!onnx.unknown, tensor<2x2xf32>) -> !onnx.unknown
  // CHECK: nn.tanh {{.*}} {nn.name = "encoder.layer.0.tanh"}
  %c = onnx.node "Tanh"(%b) opset 17 {name = "/encoder/layer.0/Tanh"}
      : (!onnx.unknown) -> !onnx.unknown
  // CHECK: nn.linear {{.*}} {nn.name = "fc1"}
  %d = onnx.node "MatMul"(%c, %w) opset 17 {name = "fc1"}
      : (!onnx.unknown, tensor<2x2xf32>) -> !onnx.unknown
  return %d : !onnx.unknown
}

// Nodes that are only numbered take the name of the parameter.
// CHECK-LABEL: func.func @numbers
func.func @numbers(%x: tensor<2x2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "head.weight" dense<1.0> : tensor<2x2xf32>
  // CHECK: nn.linear {{.*}} {nn.name = "head"}
  %a = onnx.node "MatMul"(%x, %w) opset 17 {name = "MatMul_7"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> !onnx.unknown
  // The bias tells what a made-up weight does not.
  %v = onnx.initializer "123" dense<1.0> : tensor<2x2xf32>
  %b = onnx.initializer "tail.bias" dense<1.0> : tensor<2xf32>
  // CHECK: nn.linear {{.*}} {nn.name = "tail"}
  %c = onnx.node "Gemm"(%a, %v, %b) opset 17 {output_names = ["124"]}
      : (!onnx.unknown, tensor<2x2xf32>, tensor<2xf32>) -> !onnx.unknown
  return %c : !onnx.unknown
}
