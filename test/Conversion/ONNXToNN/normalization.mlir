// Normalizations that the file states as one node.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @layer_normalization
func.func @layer_normalization(%x: tensor<2x3xf32>) -> !onnx.unknown {
  %w = onnx.initializer "ln.weight" dense<1.0> : tensor<3xf32>
  %b = onnx.initializer "ln.bias" dense<1.0> : tensor<3xf32>
  // CHECK: nn.layer_norm %{{.*}}, %{{.*}} bias %{{.*}} epsilon {{.*}} {nn.name = "ln"}
  %y = onnx.node "LayerNormalization"(%x, %w, %b) opset 17
      : (tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @two_dimensions_and_one_weight
func.func @two_dimensions_and_one_weight(%x: tensor<2x3x4xf32>)
    -> !onnx.unknown {
  // CHECK: %[[W:.*]] = nn.constant {{.*}}dense<2.000000e+00> : tensor<3x4xf32>
  %w = onnx.initializer "w" dense<2.0> : tensor<1x4xf32>
  // CHECK: nn.layer_norm %{{.*}}, %[[W]] epsilon
  %y = onnx.node "LayerNormalization"(%x, %w) opset 17
      attributes {axis = 1 : i64}
      : (tensor<2x3x4xf32>, tensor<1x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @rms_normalization
func.func @rms_normalization(%x: tensor<2x3xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<3xf32>
  // CHECK: nn.rms_norm
  %y = onnx.node "RMSNormalization"(%x, %w) opset 23
      : (tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// What depends on parameters only is computed when compiling.
// CHECK-LABEL: func.func @batch_normalization
// CHECK-SAME: (%[[X:.*]]: tensor<1x2x3x3xf32>)
func.func @batch_normalization(%x: tensor<1x2x3x3xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<1.0> : tensor<2xf32>
  %b = onnx.initializer "b" dense<3.0> : tensor<2xf32>
  %m = onnx.initializer "m" dense<3.0> : tensor<2xf32>
  %v = onnx.initializer "v" dense<4.0> : tensor<2xf32>
  // CHECK: %[[F:.*]] = nn.constant {{.*}}dense<5.000000e-01> : tensor<2x1x1xf32>
  // CHECK: %[[Y:.*]] = nn.mul %[[X]], %[[F]]
  // CHECK: %[[S:.*]] = nn.constant {{.*}}dense<1.500000e+00> : tensor<2x1x1xf32>
  // CHECK: nn.add %[[Y]], %[[S]]
  %y = onnx.node "BatchNormalization"(%x, %s, %b, %m, %v) opset 15
      attributes {epsilon = 0.0 : f32}
      : (tensor<1x2x3x3xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>,
         tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @softmax_of_an_axis
func.func @softmax_of_an_axis(%x: tensor<2x3x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.softmax %{{.*}} axis 2 {
  %y = onnx.node "Softmax"(%x) opset 13 : (tensor<2x3x4xf32>) -> !onnx.unknown
  // CHECK: nn.softmax %{{.*}} axis 1 {
  %z = onnx.node "Softmax"(%x) opset 13 attributes {axis = 1 : i64}
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  return %y, %z : !onnx.unknown, !onnx.unknown
}

// Before opset 13 the axis and all behind it are one.
// CHECK-LABEL: func.func @softmax_flattens
func.func @softmax_flattens(%x: tensor<2x3x4xf32>) -> !onnx.unknown {
  // CHECK: %[[M:.*]] = nn.reshape %{{.*}} to tensor<2x12xf32>
  // CHECK: %[[S:.*]] = nn.softmax %[[M]] axis 1 {
  // CHECK: nn.reshape %[[S]] : tensor<2x12xf32> to tensor<2x3x4xf32>
  %y = onnx.node "Softmax"(%x) opset 11 : (tensor<2x3x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @log_softmax
func.func @log_softmax(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // CHECK: %[[S:.*]] = nn.softmax
  // CHECK: nn.log %[[S]]
  %y = onnx.node "LogSoftmax"(%x) opset 13
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
