// Reductions, with their axes as attribute or as input.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @axes_as_attribute
func.func @axes_as_attribute(%x: tensor<2x3x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.reduce_mean %{{.*}} axes [0, 2] {keep_dimensions
  %a = onnx.node "ReduceMean"(%x) opset 17
      attributes {axes = array<i64: -1, 0>}
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  // CHECK: nn.reduce_sum %{{.*}} axes [1] {nn.name
  // CHECK-SAME: -> tensor<2x4xf32>
  %b = onnx.node "ReduceSum"(%x) opset 11
      attributes {axes = array<i64: 1>, keepdims = 0 : i64}
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @axes_as_input
func.func @axes_as_input(%x: tensor<2x3x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  %axes = onnx.initializer "axes" dense<[1]> : tensor<1xi64>
  // CHECK: nn.reduce_sum %{{.*}} axes [1] {keep_dimensions
  %a = onnx.node "ReduceSum"(%x, %axes) opset 13
      : (tensor<2x3x4xf32>, tensor<1xi64>) -> !onnx.unknown
  // CHECK: nn.reduce_max %{{.*}} axes [1] {keep_dimensions
  %b = onnx.node "ReduceMax"(%x, %axes) opset 18
      : (tensor<2x3x4xf32>, tensor<1xi64>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @all_axes_or_none
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
func.func @all_axes_or_none(%x: tensor<2x3xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK-NEXT: %[[A:.*]] = nn.reduce_sum %[[X]] axes [0, 1]
  %a = onnx.node "ReduceSum"(%x) opset 13
      : (tensor<2x3xf32>) -> !onnx.unknown
  %b = onnx.node "ReduceSum"(%x) opset 13
      attributes {noop_with_empty_axes = 1 : i64}
      : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK-NEXT: return %[[A]], %[[X]]
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @composed
func.func @composed(%x: tensor<2x3xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: %[[SQUARE:.*]] = nn.mul
  // CHECK: %[[SUM:.*]] = nn.reduce_sum %[[SQUARE]]
  // CHECK: nn.sqrt %[[SUM]]
  %a = onnx.node "ReduceL2"(%x) opset 17 : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK: nn.reduce_max
  // CHECK: nn.exp
  // CHECK: nn.log
  %b = onnx.node "ReduceLogSumExp"(%x) opset 17
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @argument
func.func @argument(%x: tensor<2x3xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.arg_max %{{.*}} axis 1 {nn.name
  %a = onnx.node "ArgMax"(%x) opset 13
      attributes {axis = -1 : i64, keepdims = 0 : i64}
      : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK: %[[N:.*]] = nn.neg
  // CHECK: nn.arg_max %[[N]] axis 0 {keep_dimension
  %b = onnx.node "ArgMin"(%x) opset 13 : (tensor<2x3xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @global_pool
func.func @global_pool(%x: tensor<1x2x3x3xf32>) -> !onnx.unknown {
  // CHECK: nn.reduce_mean %{{.*}} axes [2, 3] {keep_dimensions
  %a = onnx.node "GlobalAveragePool"(%x) opset 13
      : (tensor<1x2x3x3xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}
