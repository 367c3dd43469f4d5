// Pooling, with its attributes made plain.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @maximum
func.func @maximum(%x: tensor<1x2x7x8xf32>) -> !onnx.unknown {
  // CHECK: nn.max_pool %{{.*}} kernel [3, 2] strides [2, 1] pads [1, 0, 0, 1] dilations [1, 2]
  // CHECK-SAME: -> tensor<1x2x3x7xf32>
  %y = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 3, 2>, strides = array<i64: 2, 1>,
                  pads = array<i64: 1, 0, 0, 1>,
                  dilations = array<i64: 1, 2>}
      : (tensor<1x2x7x8xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// The last step leaves the input; one that would begin outside is not taken.
// CHECK-LABEL: func.func @steps_rounded_up
func.func @steps_rounded_up(%x: tensor<1x1x6xf32>, %z: tensor<1x1x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.max_pool %{{.*}} kernel [3] strides [2] pads [0, 1] dilations [1] {{.*}} -> tensor<1x1x3xf32>
  %a = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 3>, strides = array<i64: 2>,
                  ceil_mode = 1 : i64}
      : (tensor<1x1x6xf32>) -> !onnx.unknown
  // CHECK: nn.max_pool %{{.*}} kernel [1] strides [3] pads [0, 0] dilations [1] {{.*}} -> tensor<1x1x2xf32>
  %b = onnx.node "MaxPool"(%z) opset 12
      attributes {kernel_shape = array<i64: 1>, strides = array<i64: 3>,
                  ceil_mode = 1 : i64}
      : (tensor<1x1x4xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// The second output is built only where it is used.
// CHECK-LABEL: func.func @places_of_maxima
func.func @places_of_maxima(%x: tensor<1x1x4x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.max_pool
  // CHECK: nn.arg_max_pool %{{.*}} -> tensor<1x1x2x2xi64>
  %a:2 = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>}
      : (tensor<1x1x4x4xf32>) -> (!onnx.unknown, !onnx.unknown)
  return %a#0, %a#1 : !onnx.unknown, !onnx.unknown
}

// Where padding counts it is made of zeros.
// CHECK-LABEL: func.func @mean
func.func @mean(%x: tensor<1x2x7x8xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.average_pool %{{.*}} kernel [3, 3] strides [1, 1] pads [1, 1, 1, 1]
  %a = onnx.node "AveragePool"(%x) opset 11
      attributes {kernel_shape = array<i64: 3, 3>,
                  pads = array<i64: 1, 1, 1, 1>}
      : (tensor<1x2x7x8xf32>) -> !onnx.unknown
  // CHECK: %[[P:.*]] = nn.pad %{{.*}} low [0, 0, 1, 1] high [0, 0, 1, 1] value 0.0
  // CHECK: nn.average_pool %[[P]] kernel [3, 3] strides [1, 1] pads [0, 0, 0, 0]
  %b = onnx.node "AveragePool"(%x) opset 11
      attributes {kernel_shape = array<i64: 3, 3>,
                  pads = array<i64: 1, 1, 1, 1>, count_include_pad = 1 : i64}
      : (tensor<1x2x7x8xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @norm
func.func @norm(%x: tensor<1x2x4xf32>) -> !onnx.unknown {
  // CHECK: %[[S:.*]] = nn.mul %[[X:.*]], %[[X]]
  // CHECK: %[[M:.*]] = nn.average_pool %[[S]] kernel [2]
  // CHECK: %[[SUM:.*]] = nn.mul %[[M]]
  // CHECK: nn.sqrt %[[SUM]]
  %y = onnx.node "LpPool"(%x) opset 11 attributes {kernel_shape = array<i64: 2>}
      : (tensor<1x2x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @unpool
func.func @unpool(%x: tensor<1x1x2x2xf32>, %i: tensor<1x1x2x2xi64>)
    -> !onnx.unknown {
  // CHECK: nn.scatter_elements %{{.*}}, %{{.*}}, %{{.*}} axis 0 replace {{.*}} -> tensor<16xf32>
  // CHECK: nn.reshape %{{.*}} to tensor<1x1x4x4xf32>
  %y = onnx.node "MaxUnpool"(%x, %i) opset 11
      attributes {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>}
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}
