// Matrix products: linear layers where one operand is a parameter.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @parameter_on_the_right
// CHECK-SAME: (%[[X:.*]]: tensor<1x4x2xf32>)
func.func @parameter_on_the_right(%x: tensor<1x4x2xf32>) -> !onnx.unknown {
  // CHECK: %[[W:.*]] = nn.constant {nn.name = "fc.weight"} dense<{{.*}}> : tensor<2x3xf32>
  %w = onnx.initializer "fc.weight"
      dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32>
  // CHECK: nn.linear %[[X]], %[[W]] {nn.name = "layer.0.query"}
  %y = onnx.node "MatMul"(%x, %w) opset 17 {name = "/layer.0/query/MatMul"}
      : (tensor<1x4x2xf32>, tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @parameter_with_leading_ones
func.func @parameter_with_leading_ones(%x: tensor<4x2xf32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<1x2x3xf32>
  // CHECK: %[[Y:.*]] = nn.linear
  // CHECK: nn.reshape %[[Y]] : tensor<4x3xf32> to tensor<1x4x3xf32>
  %y = onnx.node "MatMul"(%x, %w) opset 17
      : (tensor<4x2xf32>, tensor<1x2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// A parameter for each matrix is no linear layer.
// CHECK-LABEL: func.func @parameter_per_matrix
func.func @parameter_per_matrix(%x: tensor<5x4x2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<5x2x3xf32>
  // CHECK-NOT: nn.linear
  // CHECK: nn.matmul
  %y = onnx.node "MatMul"(%x, %w) opset 17
      : (tensor<5x4x2xf32>, tensor<5x2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @parameter_on_the_left
// CHECK-SAME: (%[[X:.*]]: tensor<2x5xf32>)
func.func @parameter_on_the_left(%x: tensor<2x5xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<3x2xf32>
  // CHECK: %[[T:.*]] = nn.transpose %[[X]] [1, 0]
  // CHECK: %[[Y:.*]] = nn.linear %[[T]], %{{.*}} {nn.name = "w", transposed}
  // CHECK: nn.transpose %[[Y]] [1, 0] : tensor<5x3xf32> -> tensor<3x5xf32>
  %y = onnx.node "MatMul"(%w, %x) opset 17
      : (tensor<3x2xf32>, tensor<2x5xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// The parameter is not copied for its transpose.
// CHECK-LABEL: func.func @transposed_parameter
func.func @transposed_parameter(%x: tensor<4x2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]>
      : tensor<3x2xf32>
  %t = onnx.node "Transpose"(%w) opset 17 : (tensor<3x2xf32>) -> !onnx.unknown
  // CHECK: nn.linear
  // CHECK-SAME: -> tensor<4x3xf32>
  %y = onnx.node "MatMul"(%x, %t) opset 17
      : (tensor<4x2xf32>, !onnx.unknown) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @two_computed_operands
func.func @two_computed_operands(%x: tensor<5x4x2xf32>, %y: tensor<5x3x2xf32>)
    -> !onnx.unknown {
  %t = onnx.node "Transpose"(%y) opset 17
      attributes {perm = array<i64: 0, 2, 1>}
      : (tensor<5x3x2xf32>) -> !onnx.unknown
  // CHECK-NOT: nn.transpose
  // CHECK: nn.matmul %{{.*}}, %{{.*}} {nn.name = "matmul", transpose_rhs}
  %z = onnx.node "MatMul"(%x, %t) opset 17
      : (tensor<5x4x2xf32>, !onnx.unknown) -> !onnx.unknown
  return %z : !onnx.unknown
}

// CHECK-LABEL: func.func @vectors
func.func @vectors(%x: tensor<4xf32>, %y: tensor<5x4x3xf32>,
                   %z: tensor<4xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.matmul {{.*}} -> tensor<5x1x3xf32>
  %a = onnx.node "MatMul"(%x, %y) opset 17
      : (tensor<4xf32>, tensor<5x4x3xf32>) -> !onnx.unknown
  // CHECK: nn.matmul {{.*}} -> tensor<1x1xf32>
  %b = onnx.node "MatMul"(%x, %z) opset 17
      : (tensor<4xf32>, tensor<4xf32>) -> !onnx.unknown
  // CHECK: return %{{.*}}, %{{.*}} : tensor<5x3xf32>, tensor<f32>
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @fused_matmul
func.func @fused_matmul(%x: tensor<4x2xf32>, %y: tensor<3x2xf32>)
    -> !onnx.unknown {
  // CHECK: %[[P:.*]] = nn.matmul %{{.*}}, %{{.*}} {{.*}}transpose_rhs
  // CHECK: nn.mul %[[P]]
  %z = onnx.node "FusedMatMul"(%x, %y) domain "com.microsoft" opset 1
      attributes {alpha = 0.5 : f32, transB = 1 : i64}
      : (tensor<4x2xf32>, tensor<3x2xf32>) -> !onnx.unknown
  return %z : !onnx.unknown
}
