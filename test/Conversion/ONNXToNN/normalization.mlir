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

// The logarithm is finite where a probability rounds to zero.
// CHECK-LABEL: func.func @logarithm_of_softmax
func.func @logarithm_of_softmax(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // CHECK: %[[M:.*]] = nn.reduce_max %[[X:.*]] axes [1]
  // CHECK: %[[C:.*]] = nn.sub %[[X]], %[[M]]
  // CHECK: %[[E:.*]] = nn.exp %[[C]]
  // CHECK: %[[S:.*]] = nn.reduce_sum %[[E]] axes [1]
  // CHECK: %[[L:.*]] = nn.log %[[S]]
  // CHECK: nn.sub %[[C]], %[[L]]
  %y = onnx.node "LogSoftmax"(%x) opset 13 : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// Mean and variance of the batch, and what they make of the running ones.
// CHECK-LABEL: func.func @batch_in_training
func.func @batch_in_training(%x: tensor<2x3x4xf32>, %s: tensor<3xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK: nn.reduce_mean %{{.*}} axes [0, 2]
  // CHECK: nn.reduce_mean %{{.*}} axes [0, 2]
  %y:3 = onnx.node "BatchNormalization"(%x, %s, %s, %s, %s) opset 15
      attributes {training_mode = 1 : i64}
      : (tensor<2x3x4xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>,
         tensor<3xf32>) -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  // CHECK: return %{{.*}}, %{{.*}}, %{{.*}} : tensor<2x3x4xf32>, tensor<3xf32>, tensor<3xf32>
  return %y#0, %y#1, %y#2 : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @mean_and_variance
func.func @mean_and_variance(%x: tensor<2x3x4x4xf32>) -> !onnx.unknown {
  // CHECK: nn.reduce_mean %{{.*}} axes [0, 2, 3] {keep_dimensions
  // CHECK: nn.sqrt
  // CHECK: nn.div
  %y = onnx.node "MeanVarianceNormalization"(%x) opset 13
      : (tensor<2x3x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @response
func.func @response(%x: tensor<2x5x4x4xf32>) -> !onnx.unknown {
  // CHECK: nn.pad %{{.*}} low [0, 0, 1, 0] high [0, 0, 2, 0]
  // CHECK: nn.average_pool %{{.*}} kernel [4, 1] {{.*}} -> tensor<2x1x5x16xf32>
  // CHECK: nn.pow
  // CHECK: nn.div
  %y = onnx.node "LRN"(%x) opset 13 attributes {size = 4 : i64}
      : (tensor<2x5x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// The statistics of a layer norm, which training reads, are what they are in
// 32 bits.
// CHECK-LABEL: func.func @statistics
func.func @statistics(%x: tensor<4x2xf16>, %w: tensor<2xf16>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK-DAG: %[[Y:.*]] = nn.layer_norm
  // CHECK-DAG: %[[X:.*]] = nn.cast %{{.*}} : tensor<4x2xf16> to tensor<4x2xf32>
  // CHECK-DAG: %[[MEAN:.*]] = nn.reduce_mean %[[X]]
  // CHECK-DAG: %[[ROOT:.*]] = nn.sqrt
  // CHECK-DAG: %[[INVERSE:.*]] = nn.reciprocal %[[ROOT]]
  // CHECK: return %[[Y]], %[[MEAN]], %[[INVERSE]]
  %y, %mean, %inverse = onnx.node "LayerNormalization"(%x, %w) opset 17
      : (tensor<4x2xf16>, tensor<2xf16>)
      -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  return %y, %mean, %inverse : !onnx.unknown, !onnx.unknown, !onnx.unknown
}
