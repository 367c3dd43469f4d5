// Masks that are computed, and attention that must stay in pieces.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file | FileCheck %s

// A condition that is computed becomes an addend.
// CHECK-LABEL: func.func @computed_condition
// CHECK-SAME: %[[C:[a-z0-9]*]]: tensor<2x1x3xi1>)
func.func @computed_condition(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                              %v: tensor<2x3x8xf32>, %c: tensor<2x1x3xi1>)
    -> tensor<2x3x8xf32> {
  // CHECK: %[[A:.*]] = nn.select %[[C]]
  // CHECK: %[[M:.*]] = nn.reshape %[[A]] : tensor<2x1x3xf32> to tensor<2x1x1x3xf32>
  // CHECK: nn.attention {{.*}} mask %[[M]]
  %low = nn.constant dense<-3.40282347E+38> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %masked = nn.select %c, %low, %scores
      : (tensor<2x1x3xi1>, tensor<f32>, tensor<2x3x3xf32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %masked axis 2 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// -10000 is not small enough to hide a score whatever the others are.
// CHECK-LABEL: func.func @weak_mask
// CHECK-NOT: nn.attention
// CHECK: nn.softmax
func.func @weak_mask(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                     %v: tensor<2x3x8xf32>, %c: tensor<2x1x3xi1>)
    -> tensor<2x3x8xf32> {
  %low = nn.constant dense<-1.0e+4> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %masked = nn.select %c, %scores, %low
      : (tensor<2x1x3xi1>, tensor<2x3x3xf32>, tensor<f32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %masked axis 2 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// The mask is scaled too.
// CHECK-LABEL: func.func @scaled_mask
// CHECK-NOT: nn.attention
// CHECK: nn.softmax
func.func @scaled_mask(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                       %v: tensor<2x3x8xf32>, %m: tensor<2x1x3xf32>)
    -> tensor<2x3x8xf32> {
  %s = nn.constant dense<0.5> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %masked = nn.add %scores, %m
      : (tensor<2x3x3xf32>, tensor<2x1x3xf32>) -> tensor<2x3x3xf32>
  %scaled = nn.mul %masked, %s
      : (tensor<2x3x3xf32>, tensor<f32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %scaled axis 2 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// The sum of the probabilities is 1 along the wrong dimension.
// CHECK-LABEL: func.func @other_axis
// CHECK-NOT: nn.attention
// CHECK: nn.softmax
func.func @other_axis(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                      %v: tensor<2x3x8xf32>) -> tensor<2x3x8xf32> {
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %scores axis 1 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// The probabilities are an output of the model.
// CHECK-LABEL: func.func @probabilities_used
// CHECK-NOT: nn.attention
// CHECK: nn.softmax
func.func @probabilities_used(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                              %v: tensor<2x3x8xf32>)
    -> (tensor<2x3x8xf32>, tensor<2x3x3xf32>) {
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %scores axis 2 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y, %p : tensor<2x3x8xf32>, tensor<2x3x3xf32>
}
