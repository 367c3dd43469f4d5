// Equations become the products, sums and moves that they describe.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @scores
func.func @scores(%q: tensor<2x3x4x8xf32>, %k: tensor<2x5x4x8xf32>)
    -> !onnx.unknown {
  // CHECK: nn.matmul
  // CHECK: return %{{.*}} : tensor<2x4x3x5xf32>
  %y = onnx.node "Einsum"(%q, %k) opset 12
      attributes {equation = "bqhd, bkhd -> bhqk"}
      : (tensor<2x3x4x8xf32>, tensor<2x5x4x8xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// The product with a parameter is a linear layer.
// CHECK-LABEL: func.func @projection
func.func @projection(%x: tensor<2x3x8xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<8x2x4xf32>
  // CHECK: nn.linear %{{.*}} -> tensor<{{.*}}6x8xf32>
  // CHECK: return %{{.*}} : tensor<2x3x2x4xf32>
  %y = onnx.node "Einsum"(%x, %w) opset 12
      attributes {equation = "...d,dhk->...hk"}
      : (tensor<2x3x8xf32>, tensor<8x2x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// Without a common label that vanishes nothing is summed.
// CHECK-LABEL: func.func @outer_product
func.func @outer_product(%a: tensor<3xf32>, %b: tensor<4xf32>)
    -> !onnx.unknown {
  // CHECK-NOT: nn.matmul
  // CHECK: nn.mul {{.*}} -> tensor<3x4xf32>
  %y = onnx.node "Einsum"(%a, %b) opset 12 attributes {equation = "i,j"}
      : (tensor<3xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @one_term
func.func @one_term(%x: tensor<2x3xf32>, %s: tensor<2x3x3xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK: nn.transpose %{{.*}} [1, 0]
  %a = onnx.node "Einsum"(%x) opset 12 attributes {equation = "ij->ji"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK: nn.reduce_sum %{{.*}} axes [1]
  %b = onnx.node "Einsum"(%x) opset 12 attributes {equation = "ij->i"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK: nn.slice %{{.*}} offsets [0, 0] sizes [2, 3] strides [1, 4]
  %c = onnx.node "Einsum"(%s) opset 12 attributes {equation = "...ii->...i"}
      : (tensor<2x3x3xf32>) -> !onnx.unknown
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}
