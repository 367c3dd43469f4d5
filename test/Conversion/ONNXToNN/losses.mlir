// Losses, of what they are made.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @likelihood
func.func @likelihood(%x: tensor<4x3xf32>, %t: tensor<4xi64>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.gather_elements %{{.*}} axis 1
  // CHECK: nn.neg
  // CHECK: nn.reduce_mean %{{.*}} axes [0]
  %a = onnx.node "NegativeLogLikelihoodLoss"(%x, %t) opset 13
      : (tensor<4x3xf32>, tensor<4xi64>) -> !onnx.unknown
  // CHECK-NOT: nn.reduce
  %b = onnx.node "NegativeLogLikelihoodLoss"(%x, %t) opset 13
      attributes {reduction = "none"}
      : (tensor<4x3xf32>, tensor<4xi64>) -> !onnx.unknown
  // CHECK: return %{{.*}}, %{{.*}} : tensor<f32>, tensor<4xf32>
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// Targets that are ignored are read at class 0 and count nothing; the mean is
// weighted.
// CHECK-LABEL: func.func @cross_entropy
func.func @cross_entropy(%x: tensor<4x3xf32>, %t: tensor<4xi64>,
                         %w: tensor<3xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.reduce_max %{{.*}} axes [1]
  // CHECK: %[[IGNORED:.*]] = nn.equal
  // CHECK: %[[T:.*]] = nn.select %[[IGNORED]]
  // CHECK: nn.gather_elements %{{.*}} axis 1
  // CHECK: nn.gather %{{.*}}, %[[T]] axis 0
  // CHECK: nn.div
  %y:2 = onnx.node "SoftmaxCrossEntropyLoss"(%x, %t, %w) opset 13
      attributes {ignore_index = -1 : i64}
      : (tensor<4x3xf32>, tensor<4xi64>, tensor<3xf32>)
      -> (!onnx.unknown, !onnx.unknown)
  return %y#0, %y#1 : !onnx.unknown, !onnx.unknown
}
