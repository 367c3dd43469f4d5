// Reading and writing by indices.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @reads
func.func @reads(%x: tensor<4x5xf32>, %i: tensor<2x5xi64>, %t: tensor<3x1xi64>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.gather_elements %{{.*}}, %{{.*}} axis 0
  %a = onnx.node "GatherElements"(%x, %i) opset 13
      : (tensor<4x5xf32>, tensor<2x5xi64>) -> !onnx.unknown
  // CHECK: nn.gather_nd %{{.*}}, %{{.*}} batch_dims 0
  %b = onnx.node "GatherND"(%x, %t) opset 13
      : (tensor<4x5xf32>, tensor<3x1xi64>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @writes
func.func @writes(%x: tensor<4x5xf32>, %i: tensor<2x5xi64>,
                  %u: tensor<2x5xf32>, %t: tensor<2x1xi64>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK: nn.scatter_elements %{{.*}}, %{{.*}}, %{{.*}} axis 1 replace
  %a = onnx.node "Scatter"(%x, %i, %u) opset 10 attributes {axis = -1 : i64}
      : (tensor<4x5xf32>, tensor<2x5xi64>, tensor<2x5xf32>) -> !onnx.unknown
  // CHECK: nn.scatter_elements %{{.*}}, %{{.*}}, %{{.*}} axis 0 multiply
  %b = onnx.node "ScatterElements"(%x, %i, %u) opset 16
      attributes {reduction = "mul"}
      : (tensor<4x5xf32>, tensor<2x5xi64>, tensor<2x5xf32>) -> !onnx.unknown
  // CHECK: nn.scatter_nd %{{.*}}, %{{.*}}, %{{.*}} maximum
  %c = onnx.node "ScatterND"(%x, %t, %u) opset 18
      attributes {reduction = "max"}
      : (tensor<4x5xf32>, tensor<2x1xi64>, tensor<2x5xf32>) -> !onnx.unknown
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @order
func.func @order(%x: tensor<4x5xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  %k = onnx.initializer "k" dense<2> : tensor<1xi64>
  // CHECK: %[[I:.*]] = nn.top_k %[[X:.*]] axis 1 count 2 {nn.name
  // CHECK: %[[V:.*]] = nn.gather_elements %[[X]], %[[I]] axis 1
  %a:2 = onnx.node "TopK"(%x, %k) opset 11
      : (tensor<4x5xf32>, tensor<1xi64>) -> (!onnx.unknown, !onnx.unknown)
  // CHECK: nn.top_k %{{.*}} axis 0 count 3 {{{.*}}smallest
  %three = onnx.initializer "three" dense<3> : tensor<1xi64>
  %b:2 = onnx.node "TopK"(%x, %three) opset 11
      attributes {axis = 0 : i64, largest = 0 : i64}
      : (tensor<4x5xf32>, tensor<1xi64>) -> (!onnx.unknown, !onnx.unknown)
  // CHECK: return %[[V]], %[[I]]
  return %a#0, %a#1, %b#1 : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// A condition known when compiling selects slices.
// CHECK-LABEL: func.func @compress
func.func @compress(%x: tensor<2x4xf32>) -> !onnx.unknown {
  %c = onnx.initializer "c" dense<[false, true, true, true]> : tensor<4xi1>
  // CHECK-NEXT: nn.slice %{{.*}} offsets [0, 1] sizes [2, 3] strides [1, 1]
  // CHECK-NEXT: return
  %y = onnx.node "Compress"(%x, %c) opset 11 attributes {axis = 1 : i64}
      : (tensor<2x4xf32>, tensor<4xi1>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// Indices in a few runs need no look-up, others do.
// CHECK-LABEL: func.func @known_indices
func.func @known_indices(%x: tensor<9x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  %i = onnx.initializer "i" dense<[5, 6, 7, 0, 0, 8, 6]> : tensor<7xi64>
  %j = onnx.initializer "j" dense<[5, 0, 8, 1, 1, 7, 2, 6, 3, 3]>
      : tensor<10xi64>
  // CHECK-DAG: nn.slice %{{.*}} offsets [5, 0] sizes [3, 4]
  // CHECK-DAG: nn.expand %{{.*}} : tensor<1x4xf32> to tensor<2x4xf32>
  // CHECK-DAG: nn.slice %{{.*}} offsets [8, 0] sizes [2, 4] strides [-2, 1]
  // CHECK: nn.concat
  %a = onnx.node "Gather"(%x, %i) opset 13
      : (tensor<9x4xf32>, tensor<7xi64>) -> !onnx.unknown
  // CHECK: nn.gather
  %b = onnx.node "Gather"(%x, %j) opset 13
      : (tensor<9x4xf32>, tensor<10xi64>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @one_hot
func.func @one_hot(%i: tensor<3xi32>, %v: tensor<2xf32>) -> !onnx.unknown {
  %d = onnx.initializer "d" dense<4.0> : tensor<f32>
  // CHECK: %[[E:.*]] = nn.equal
  // CHECK-SAME: -> tensor<3x4xi1>
  // CHECK: nn.select %[[E]]
  %y = onnx.node "OneHot"(%i, %d, %v) opset 11
      : (tensor<3xi32>, tensor<f32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @hardmax
func.func @hardmax(%x: tensor<2x3x4xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.arg_max %{{.*}} axis 2 {keep_dimension
  // CHECK: nn.cast %{{.*}} : tensor<2x3x4xi1> to tensor<2x3x4xf32>
  %a = onnx.node "Hardmax"(%x) opset 13
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  // CHECK: nn.arg_max %{{.*}} axis 1 {{.*}} : tensor<2x12xf32>
  %b = onnx.node "Hardmax"(%x) opset 11
      : (tensor<2x3x4xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @reverse_sequence
func.func @reverse_sequence(%x: tensor<4x2xf32>, %l: tensor<2xi64>)
    -> !onnx.unknown {
  // CHECK: %[[P:.*]] = nn.select
  // CHECK: nn.gather_elements %{{.*}}, %[[P]] axis 0
  %y = onnx.node "ReverseSequence"(%x, %l) opset 10
      : (tensor<4x2xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @diagonal_of_ones
func.func @diagonal_of_ones(%x: tensor<2x3xi32>) -> !onnx.unknown {
  // CHECK: nn.constant {{.*}}dense<{{\[\[}}0.000000e+00, 1.000000e+00, 0.000000e+00], [0.000000e+00, 0.000000e+00, 1.000000e+00]]> : tensor<2x3xf32>
  %y = onnx.node "EyeLike"(%x) opset 9 attributes {dtype = 1 : i64, k = 1 : i64}
      : (tensor<2x3xi32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
