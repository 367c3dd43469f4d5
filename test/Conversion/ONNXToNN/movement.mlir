// Operators that give the same elements another shape or order.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @reshape
func.func @reshape(%x: tensor<2x3x4xf32>) -> !onnx.unknown {
  // 0 stands for the operand's size, -1 for what is left.
  %s = onnx.initializer "s" dense<[0, -1]> : tensor<2xi64>
  // CHECK-NEXT: nn.reshape %{{.*}} : tensor<2x3x4xf32> to tensor<2x12xf32>
  %y = onnx.node "Reshape"(%x, %s) opset 14
      : (tensor<2x3x4xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @axes_as_attribute
func.func @axes_as_attribute(%x: tensor<2x1x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  %a = onnx.node "Squeeze"(%x) opset 11 attributes {axes = array<i64: 1>}
      : (tensor<2x1x4xf32>) -> !onnx.unknown
  %b = onnx.node "Unsqueeze"(%x) opset 11
      attributes {axes = array<i64: 0, -1>}
      : (tensor<2x1x4xf32>) -> !onnx.unknown
  // CHECK: return {{.*}} : tensor<2x4xf32>, tensor<1x2x1x4x1xf32>
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @axes_as_input
func.func @axes_as_input(%x: tensor<2x1x4xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  %one = onnx.initializer "one" dense<[1]> : tensor<1xi64>
  %a = onnx.node "Squeeze"(%x, %one) opset 13
      : (tensor<2x1x4xf32>, tensor<1xi64>) -> !onnx.unknown
  %b = onnx.node "Squeeze"(%x) opset 13
      : (tensor<2x1x4xf32>) -> !onnx.unknown
  %c = onnx.node "Unsqueeze"(%x, %one) opset 13
      : (tensor<2x1x4xf32>, tensor<1xi64>) -> !onnx.unknown
  // CHECK: return {{.*}} : tensor<2x4xf32>, tensor<2x4xf32>, tensor<2x1x1x4xf32>
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @flatten
func.func @flatten(%x: tensor<2x3x4xf32>) -> !onnx.unknown {
  // CHECK: nn.reshape %{{.*}} to tensor<6x4xf32>
  %y = onnx.node "Flatten"(%x) opset 13 attributes {axis = -1 : i64}
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @transpose
func.func @transpose(%x: tensor<2x3x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.transpose %{{.*}} [2, 1, 0]
  %a = onnx.node "Transpose"(%x) opset 13
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  // CHECK: nn.transpose %{{.*}} [0, 2, 1]
  %b = onnx.node "Transpose"(%x) opset 13
      attributes {perm = array<i64: 0, 2, 1>}
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// A transpose that moves dimensions of size 1 only is a reshape.
// CHECK-LABEL: func.func @transpose_of_ones
func.func @transpose_of_ones(%x: tensor<1x3x4xf32>) -> !onnx.unknown {
  // CHECK-NEXT: nn.reshape %{{.*}} : tensor<1x3x4xf32> to tensor<3x1x4xf32>
  %a = onnx.node "Transpose"(%x) opset 13
      attributes {perm = array<i64: 1, 0, 2>}
      : (tensor<1x3x4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @expand
// CHECK-SAME: (%[[X:.*]]: tensor<3x1xf32>)
func.func @expand(%x: tensor<3x1xf32>) -> (!onnx.unknown, !onnx.unknown) {
  %s = onnx.initializer "s" dense<[2, 1, 4]> : tensor<3xi64>
  // CHECK-NEXT: nn.expand %[[X]] : tensor<3x1xf32> to tensor<2x3x4xf32>
  %a = onnx.node "Expand"(%x, %s) opset 13
      : (tensor<3x1xf32>, tensor<3xi64>) -> !onnx.unknown
  %ones = onnx.initializer "ones" dense<[1, 1]> : tensor<2xi64>
  %b = onnx.node "Expand"(%x, %ones) opset 13
      : (tensor<3x1xf32>, tensor<2xi64>) -> !onnx.unknown
  // CHECK-NEXT: return %{{.*}}, %[[X]]
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @tile
func.func @tile(%x: tensor<2x3xf32>) -> !onnx.unknown {
  %r = onnx.initializer "r" dense<[1, 2]> : tensor<2xi64>
  // CHECK: nn.expand %{{.*}} : tensor<1x2x1x3xf32> to tensor<1x2x2x3xf32>
  // CHECK: nn.reshape %{{.*}} to tensor<2x6xf32>
  %y = onnx.node "Tile"(%x, %r) opset 13
      : (tensor<2x3xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @blocks
func.func @blocks(%x: tensor<1x8x2x2xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.transpose %{{.*}} [0, 3, 4, 1, 5, 2]
  %a = onnx.node "DepthToSpace"(%x) opset 13 attributes {blocksize = 2 : i64}
      : (tensor<1x8x2x2xf32>) -> !onnx.unknown
  // CHECK: nn.transpose %{{.*}} [0, 3, 5, 1, 2, 4]
  %b = onnx.node "SpaceToDepth"(%x) opset 13 attributes {blocksize = 2 : i64}
      : (tensor<1x8x2x2xf32>) -> !onnx.unknown
  // CHECK: return {{.*}} : tensor<1x2x4x4xf32>, tensor<1x32x1x1xf32>
  return %a, %b : !onnx.unknown, !onnx.unknown
}
