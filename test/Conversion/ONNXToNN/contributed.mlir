// Operators of com.microsoft, as ONNX Runtime's optimizer writes them.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file \
// RUN:   -verify-diagnostics | FileCheck %s

// CHECK-LABEL: func.func @activations
func.func @activations(%x: tensor<2x3xf32>, %b: tensor<3xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK: nn.gelu %{{[a-z0-9]*}} {nn.name = "gelu"}
  %a = onnx.node "Gelu"(%x) domain "com.microsoft" opset 1
      : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK: %[[S:.*]] = nn.add
  // CHECK: nn.gelu %[[S]] {nn.name = "gelu_2"}
  %c = onnx.node "BiasGelu"(%x, %b) domain "com.microsoft" opset 1
      : (tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  // CHECK: nn.gelu %{{[a-z0-9]*}} approximation tanh {nn.name = "gelu_3"}
  %d = onnx.node "FastGelu"(%x) domain "com.microsoft" opset 1
      : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK: nn.gelu %{{[a-z0-9]*}} approximation sigmoid {nn.name = "gelu_4"}
  %e = onnx.node "QuickGelu"(%x) domain "com.microsoft" opset 1
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %a, %c, %d, %e
      : !onnx.unknown, !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// -----

// CHECK-LABEL: func.func @skip
func.func @skip(%x: tensor<2x3xf32>, %s: tensor<2x3xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  %g = onnx.initializer "g" dense<2.0> : tensor<3xf32>
  %b = onnx.initializer "b" dense<3.0> : tensor<3xf32>
  // CHECK: %[[S:.*]] = nn.add
  // CHECK: %[[Y:.*]] = nn.layer_norm %[[S]]
  %y, %m, %v, %sum = onnx.node "SkipLayerNormalization"(%x, %s, %g, %b)
      domain "com.microsoft" opset 1
      : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>)
      -> (!onnx.unknown, none, none, !onnx.unknown)
  // CHECK: return %[[Y]], %[[S]]
  return %y, %sum : !onnx.unknown, !onnx.unknown
}

// -----

// CHECK-LABEL: func.func @skip_simplified
func.func @skip_simplified(%x: tensor<2x3xf32>, %s: tensor<2x3xf32>)
    -> !onnx.unknown {
  %g = onnx.initializer "g" dense<2.0> : tensor<3xf32>
  // CHECK: %[[S:.*]] = nn.add
  // CHECK: nn.rms_norm %[[S]]
  %y = onnx.node "SkipSimplifiedLayerNormalization"(%x, %s, %g)
      domain "com.microsoft" opset 1
      : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @mean(%x: tensor<2x3xf32>, %g: tensor<3xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // expected-error@+1 {{node SkipLayerNormalization: outputs 1 and 2 are not supported}}
  %y, %m = onnx.node "SkipLayerNormalization"(%x, %x, %g)
      domain "com.microsoft" opset 1
      : (tensor<2x3xf32>, tensor<2x3xf32>, tensor<3xf32>)
      -> (!onnx.unknown, !onnx.unknown)
  return %y, %m : !onnx.unknown, !onnx.unknown
}
