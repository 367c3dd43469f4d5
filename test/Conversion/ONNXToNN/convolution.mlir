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

// The patches are multiplied with a weight that is computed, group by group.
// CHECK-LABEL: func.func @computed_weight
func.func @computed_weight(%x: tensor<2x4x5x5xf32>, %w: tensor<6x2x3x3xf32>)
    -> !onnx.unknown {
  // CHECK: nn.patches %{{.*}} kernel [3, 3] strides [2, 2] pads [0, 0, 0, 0]
  // CHECK: nn.matmul %{{.*}} {{{.*}}transpose_rhs} : (tensor<1x2x3x18xf32>, tensor<2x2x4x18xf32>) -> tensor<2x2x3x4xf32>
  // CHECK: nn.reshape %{{.*}} to tensor<2x6x2x2xf32>
  %y = onnx.node "Conv"(%x, %w) opset 11
      attributes {group = 2 : i64, strides = array<i64: 2, 2>}
      : (tensor<2x4x5x5xf32>, tensor<6x2x3x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// A transposed convolution is one over zeros between the elements.
// CHECK-LABEL: func.func @transposed
func.func @transposed(%x: tensor<1x2x3x3xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<2x4x3x3xf32>
  // CHECK: nn.pad %{{.*}} high [0, 0, 0, 1, 0, 1] value 0.0
  // CHECK: nn.slice %{{.*}} -> tensor<1x2x5x5xf32>
  // CHECK: nn.conv %{{.*}} strides [1, 1] pads [1, 1, 2, 2] dilations [1, 1]
  // CHECK-SAME: -> tensor<1x4x6x6xf32>
  %y = onnx.node "ConvTranspose"(%x, %w) opset 11
      attributes {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>,
                  output_padding = array<i64: 1, 1>}
      : (tensor<1x2x3x3xf32>, tensor<2x4x3x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
