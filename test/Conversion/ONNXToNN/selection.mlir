// Operators that take tensors apart and put them together.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @slice_by_attributes
func.func @slice_by_attributes(%x: tensor<8x6xf32>) -> !onnx.unknown {
  // CHECK: nn.slice %{{.*}} offsets [0, 2] sizes [8, 3] strides [1, 1]
  %y = onnx.node "Slice"(%x) opset 9
      attributes {axes = array<i64: 1>, ends = array<i64: -1>,
                  starts = array<i64: 2>}
      : (tensor<8x6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @slice_by_inputs
func.func @slice_by_inputs(%x: tensor<8x6xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  %start = onnx.initializer "start" dense<[1]> : tensor<1xi64>
  %end = onnx.initializer "end" dense<9223372036854775807> : tensor<1xi64>
  %axis = onnx.initializer "axis" dense<[0]> : tensor<1xi64>
  %step = onnx.initializer "step" dense<[3]> : tensor<1xi64>
  // CHECK: nn.slice %{{.*}} offsets [1, 0] sizes [3, 6] strides [3, 1]
  %y = onnx.node "Slice"(%x, %start, %end, %axis, %step) opset 13
      : (tensor<8x6xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>,
         tensor<1xi64>) -> !onnx.unknown
  %last = onnx.initializer "last" dense<[-1]> : tensor<1xi64>
  %first = onnx.initializer "first" dense<-9223372036854775808> : tensor<1xi64>
  %back = onnx.initializer "back" dense<[-1]> : tensor<1xi64>
  // CHECK: nn.slice %{{.*}} offsets [7, 0] sizes [8, 6] strides [-1, 1]
  %z = onnx.node "Slice"(%x, %last, %first, %axis, %back) opset 13
      : (tensor<8x6xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>,
         tensor<1xi64>) -> !onnx.unknown
  return %y, %z : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @split
func.func @split(%x: tensor<2x6xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  %parts = onnx.initializer "parts" dense<[2, 4]> : tensor<2xi64>
  %a, %b = onnx.node "Split"(%x, %parts) opset 13 attributes {axis = 1 : i64}
      : (tensor<2x6xf32>, tensor<2xi64>) -> (!onnx.unknown, !onnx.unknown)
  %c, %d = onnx.node "Split"(%x) opset 11
      attributes {axis = 1 : i64, split = array<i64: 5, 1>}
      : (tensor<2x6xf32>) -> (!onnx.unknown, !onnx.unknown)
  // CHECK-DAG: offsets [0, 0] sizes [2, 2] strides
  // CHECK-DAG: offsets [0, 2] sizes [2, 4] strides
  // CHECK-DAG: offsets [0, 5] sizes [2, 1] strides
  return %a, %b, %d : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @equal_parts
func.func @equal_parts(%x: tensor<7xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  %a, %b, %c = onnx.node "Split"(%x) opset 18
      attributes {num_outputs = 3 : i64}
      : (tensor<7xf32>) -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  // CHECK: return {{.*}} : tensor<3xf32>, tensor<3xf32>, tensor<1xf32>
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// Empty parts vanish.
// CHECK-LABEL: func.func @concat
// CHECK-SAME: (%[[A:.*]]: tensor<2x0xf32>, %[[B:.*]]: tensor<2x3xf32>)
func.func @concat(%a: tensor<2x0xf32>, %b: tensor<2x3xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: %[[C:.*]] = nn.concat %[[B]], %[[B]] axis 1
  %c = onnx.node "Concat"(%b, %b) opset 13 attributes {axis = -1 : i64}
      : (tensor<2x3xf32>, tensor<2x3xf32>) -> !onnx.unknown
  %d = onnx.node "Concat"(%a, %b) opset 13 attributes {axis = 1 : i64}
      : (tensor<2x0xf32>, tensor<2x3xf32>) -> !onnx.unknown
  // CHECK: return %[[C]], %[[B]]
  return %c, %d : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @pad
func.func @pad(%x: tensor<2x3xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.pad %{{.*}} low [0, 1] high [0, 2] value 5.0
  %a = onnx.node "Pad"(%x) opset 9
      attributes {pads = array<i64: 0, 1, 0, 2>, value = 5.0 : f32}
      : (tensor<2x3xf32>) -> !onnx.unknown
  // Negative numbers take elements away.
  %pads = onnx.initializer "pads" dense<[1, 0, 0, -1]> : tensor<4xi64>
  // CHECK: %[[S:.*]] = nn.slice %{{.*}} offsets [0, 0] sizes [2, 2]
  // CHECK: nn.pad %[[S]] low [1, 0] high [0, 0] value 0.0
  %b = onnx.node "Pad"(%x, %pads) opset 13
      : (tensor<2x3xf32>, tensor<4xi64>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @gather
func.func @gather(%x: tensor<5x6xf32>, %i: tensor<3xi64>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK-DAG: nn.gather %{{.*}}, %{{.*}} axis 1
  %a = onnx.node "Gather"(%x, %i) opset 13 attributes {axis = 1 : i64}
      : (tensor<5x6xf32>, tensor<3xi64>) -> !onnx.unknown
  %table = onnx.initializer "words.weight" dense<1.0> : tensor<9x4xf32>
  // CHECK-DAG: nn.embedding {{.*}} {nn.name = "words"}
  %b = onnx.node "Gather"(%table, %i) opset 13
      : (tensor<9x4xf32>, tensor<3xi64>) -> !onnx.unknown
  // One row, known when compiling, is a slice.
  %last = onnx.initializer "last" dense<-1> : tensor<i64>
  // CHECK-DAG: nn.slice %{{.*}} offsets [4, 0] sizes [1, 6]
  %c = onnx.node "Gather"(%x, %last) opset 13
      : (tensor<5x6xf32>, tensor<i64>) -> !onnx.unknown
  // CHECK: return {{.*}} : tensor<5x3xf32>, tensor<3x4xf32>, tensor<6xf32>
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @trilu
func.func @trilu(%x: tensor<4x4xf32>) -> !onnx.unknown {
  %k = onnx.initializer "k" dense<1> : tensor<i64>
  // CHECK: nn.trilu %{{.*}} diagonal 1 {{{.*}}upper}
  %y = onnx.node "Trilu"(%x, %k) opset 14
      : (tensor<4x4xf32>, tensor<i64>) -> !onnx.unknown
  return %y : !onnx.unknown
}
