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

// CHECK-LABEL: func.func @last_argument
func.func @last_argument(%x: tensor<2x3xi32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: %[[R:.*]] = nn.slice %{{.*}} offsets [0, 2] sizes [2, 3] strides [1, -1]
  // CHECK: %[[I:.*]] = nn.arg_max %[[R]] axis 1
  // CHECK: nn.sub %{{.*}}, %[[I]]
  %a = onnx.node "ArgMax"(%x) opset 13
      attributes {axis = 1 : i64, select_last_index = 1 : i64}
      : (tensor<2x3xi32>) -> !onnx.unknown
  // -1 - x is largest where x is smallest, and cannot overflow.
  // CHECK: %[[M:.*]] = nn.sub %{{.*}} : (tensor<i32>, tensor<2x3xi32>)
  // CHECK: nn.arg_max %[[M]] axis 0
  %b = onnx.node "ArgMin"(%x) opset 13 : (tensor<2x3xi32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @running_sums
func.func @running_sums(%x: tensor<5xf32>) -> (!onnx.unknown, !onnx.unknown) {
  %axis = onnx.initializer "axis" dense<0> : tensor<i64>
  // CHECK: %[[S:.*]] = nn.cum_sum
  // CHECK: %[[K:.*]] = nn.slice %[[S]] offsets [0] sizes [4]
  // CHECK: nn.pad %[[K]] low [1] high [0]
  %a = onnx.node "CumSum"(%x, %axis) opset 14 attributes {exclusive = 1 : i64}
      : (tensor<5xf32>, tensor<i64>) -> !onnx.unknown
  // CHECK: %[[R:.*]] = nn.slice %{{.*}} offsets [4] sizes [5] strides [-1]
  // CHECK: %[[T:.*]] = nn.cum_sum %[[R]]
  // CHECK: nn.slice %[[T]] offsets [4] sizes [5] strides [-1]
  %b = onnx.node "CumSum"(%x, %axis) opset 14 attributes {reverse = 1 : i64}
      : (tensor<5xf32>, tensor<i64>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}
