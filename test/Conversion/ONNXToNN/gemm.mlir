// Gemm: alpha A B + beta C.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @linear
func.func @linear(%x: tensor<4x2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "fc.weight" dense<1.0> : tensor<3x2xf32>
  %b = onnx.initializer "fc.bias" dense<1.0> : tensor<3xf32>
  // CHECK: nn.linear %{{.*}}, %{{.*}} bias %{{.*}} {nn.name = "fc", transposed}
  %y = onnx.node "Gemm"(%x, %w, %b) opset 13 attributes {transB = 1 : i64}
      : (tensor<4x2xf32>, tensor<3x2xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// The factor of the bias is computed when compiling.
// CHECK-LABEL: func.func @beta
func.func @beta(%x: tensor<4x2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<2x3xf32>
  // CHECK: %[[B:.*]] = nn.constant {{.*}}dense<5.000000e-01> : tensor<3xf32>
  %b = onnx.initializer "b" dense<1.0> : tensor<1x3xf32>
  // CHECK: nn.linear %{{.*}}, %{{.*}} bias %[[B]]
  %y = onnx.node "Gemm"(%x, %w, %b) opset 13 attributes {beta = 0.5 : f32}
      : (tensor<4x2xf32>, tensor<2x3xf32>, tensor<1x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @alpha
func.func @alpha(%x: tensor<4x2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<2x3xf32>
  %b = onnx.initializer "b" dense<1.0> : tensor<3xf32>
  // CHECK: %[[Y:.*]] = nn.linear %{{[^ ]*}}, %{{[^ ]*}} {
  // CHECK: %[[S:.*]] = nn.mul %[[Y]]
  // CHECK: nn.add %[[S]]
  %y = onnx.node "Gemm"(%x, %w, %b) opset 13 attributes {alpha = 2.0 : f32}
      : (tensor<4x2xf32>, tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @transposed_operand
// CHECK-SAME: (%[[X:.*]]: tensor<2x4xf32>)
func.func @transposed_operand(%x: tensor<2x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<2x3xf32>
  // CHECK: %[[T:.*]] = nn.transpose %[[X]] [1, 0]
  // CHECK: nn.linear %[[T]]
  %y = onnx.node "Gemm"(%x, %w) opset 13 attributes {transA = 1 : i64}
      : (tensor<2x4xf32>, tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @addend_for_each_element
func.func @addend_for_each_element(%x: tensor<2x4xf32>, %c: tensor<2x3xf32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<4x3xf32>
  // CHECK: %[[Y:.*]] = nn.linear
  // CHECK: nn.add %[[Y]]
  %y = onnx.node "Gemm"(%x, %w, %c) opset 13
      : (tensor<2x4xf32>, tensor<4x3xf32>, tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @computed
func.func @computed(%x: tensor<2x4xf32>, %y: tensor<3x4xf32>)
    -> !onnx.unknown {
  // CHECK: nn.matmul %{{.*}}, %{{.*}} {nn.name = "matmul", transpose_rhs}
  %z = onnx.node "Gemm"(%x, %y) opset 13 attributes {transB = 1 : i64}
      : (tensor<2x4xf32>, tensor<3x4xf32>) -> !onnx.unknown
  return %z : !onnx.unknown
}
