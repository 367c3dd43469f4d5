// Convolutions of one and two dimensions.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @patches
func.func @patches(%x: tensor<1x3x8x8xf32>) -> !onnx.unknown {
  %w = onnx.initializer "proj.weight" dense<1.0> : tensor<4x3x2x2xf32>
  %b = onnx.initializer "proj.bias" dense<1.0> : tensor<4xf32>
  // CHECK: nn.conv %{{.*}}, %{{.*}} bias %{{.*}} strides [2, 2] pads [0, 0, 0, 0] dilations [1, 1] groups 1 {nn.name = "proj"}
  // CHECK-SAME: -> tensor<1x4x4x4xf32>
  %y = onnx.node "Conv"(%x, %w, %b) opset 17
      attributes {kernel_shape = array<i64: 2, 2>, strides = array<i64: 2, 2>}
      : (tensor<1x3x8x8xf32>, tensor<4x3x2x2xf32>, tensor<4xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @one_dimension
func.func @one_dimension(%x: tensor<1x3x8xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<4x3x3xf32>
  // CHECK: %[[X:.*]] = nn.reshape %{{.*}} to tensor<1x3x1x8xf32>
  // CHECK: %[[Y:.*]] = nn.conv %[[X]], %{{.*}} strides [1, 2] pads [0, 1, 0, 1] dilations [1, 1]
  // CHECK: nn.reshape %[[Y]] : tensor<1x4x1x4xf32> to tensor<1x4x4xf32>
  %y = onnx.node "Conv"(%x, %w) opset 17
      attributes {pads = array<i64: 1, 1>, strides = array<i64: 2>}
      : (tensor<1x3x8xf32>, tensor<4x3x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @same_size
func.func @same_size(%x: tensor<1x2x8x8xf32>) -> (!onnx.unknown, !onnx.unknown) {
  %w = onnx.initializer "w" dense<1.0> : tensor<2x1x4x4xf32>
  // CHECK: pads [1, 1, 2, 2] dilations [1, 1] groups 2
  // CHECK-SAME: -> tensor<1x2x8x8xf32>
  %y = onnx.node "Conv"(%x, %w) opset 17
      attributes {auto_pad = "SAME_UPPER", group = 2 : i64}
      : (tensor<1x2x8x8xf32>, tensor<2x1x4x4xf32>) -> !onnx.unknown
  // CHECK: pads [2, 2, 1, 1] dilations [1, 1] groups 2
  %z = onnx.node "Conv"(%x, %w) opset 17
      attributes {auto_pad = "SAME_LOWER", group = 2 : i64}
      : (tensor<1x2x8x8xf32>, tensor<2x1x4x4xf32>) -> !onnx.unknown
  return %y, %z : !onnx.unknown, !onnx.unknown
}
