// Attention in other forms: finite fills of masked scores, and batch and heads
// merged in one dimension.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file | FileCheck %s

// GPT-2 replaces hidden scores by -1e4.
// CHECK-LABEL: func.func @fill_of_gpt2
func.func @fill_of_gpt2(%q: tensor<2x4x3x8xf32>, %k: tensor<2x4x3x8xf32>,
                        %v: tensor<2x4x3x8xf32>) -> tensor<2x4x3x8xf32> {
  // CHECK-NOT: nn.select
  // CHECK: nn.attention %{{[^ ]*}}, %{{[^ ]*}}, %{{[^ ]*}} heads 4 kv_heads 4 scale 1.000000e+00 {causal
  %c = nn.constant dense<[[[[true, false, false], [true, true, false],
                            [true, true, true]]]]> : tensor<1x1x3x3xi1>
  %low = nn.constant dense<-1.0e+4> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x3x8xf32>, tensor<2x4x3x8xf32>) -> tensor<2x4x3x3xf32>
  %masked = nn.select %c, %scores, %low
      : (tensor<1x1x3x3xi1>, tensor<2x4x3x3xf32>, tensor<f32>)
      -> tensor<2x4x3x3xf32>
  %p = nn.softmax %masked axis 3 : tensor<2x4x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x4x3x3xf32>, tensor<2x4x3x8xf32>) -> tensor<2x4x3x8xf32>
  return %y : tensor<2x4x3x8xf32>
}

// -----

// The lowest number of half precision; no row is hidden as a whole.
// CHECK-LABEL: func.func @fill_of_half_precision
func.func @fill_of_half_precision(
    %q: tensor<2x4x2x8xf16>, %k: tensor<2x4x2x8xf16>, %v: tensor<2x4x2x8xf16>)
    -> tensor<2x4x2x8xf16> {
  // CHECK: %[[M:.*]] = nn.constant dense<{{\[\[}}-6.550400e+04, 0.000000e+00], [0.000000e+00, -6.550400e+04]]> : tensor<2x2xf16>
  // CHECK: nn.attention {{.*}} mask %[[M]] heads 4
  %c = nn.constant dense<[[true, false], [false, true]]> : tensor<2x2xi1>
  %low = nn.constant dense<-6.5504e+4> : tensor<f16>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x2x8xf16>, tensor<2x4x2x8xf16>) -> tensor<2x4x2x2xf16>
  %masked = nn.select %c, %low, %scores
      : (tensor<2x2xi1>, tensor<f16>, tensor<2x4x2x2xf16>)
      -> tensor<2x4x2x2xf16>
  %p = nn.softmax %masked axis 3 : tensor<2x4x2x2xf16>
  %y = nn.matmul %p, %v
      : (tensor<2x4x2x2xf16>, tensor<2x4x2x8xf16>) -> tensor<2x4x2x8xf16>
  return %y : tensor<2x4x2x8xf16>
}

// -----

// A row that is hidden as a whole attends to all tokens alike; with the fill as
// an addend it would not.
// CHECK-LABEL: func.func @hidden_row
// CHECK-NOT: nn.attention
func.func @hidden_row(%q: tensor<2x4x2x8xf32>, %k: tensor<2x4x2x8xf32>,
                      %v: tensor<2x4x2x8xf32>) -> tensor<2x4x2x8xf32> {
  %c = nn.constant dense<[[true, false], [false, false]]> : tensor<2x2xi1>
  %low = nn.constant dense<-1.0e+4> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x2x8xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x2xf32>
  %masked = nn.select %c, %scores, %low
      : (tensor<2x2xi1>, tensor<2x4x2x2xf32>, tensor<f32>)
      -> tensor<2x4x2x2xf32>
  %p = nn.softmax %masked axis 3 : tensor<2x4x2x2xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x4x2x2xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x8xf32>
  return %y : tensor<2x4x2x8xf32>
}

// -----

// Which rows a computed condition hides is unknown, and a fill that is not far
// below all scores leaves them weight.
// CHECK-LABEL: func.func @computed_condition
// CHECK-NOT: nn.attention
func.func @computed_condition(
    %q: tensor<2x4x2x8xf32>, %k: tensor<2x4x2x8xf32>, %v: tensor<2x4x2x8xf32>,
    %c: tensor<2x1x1x2xi1>) -> tensor<2x4x2x8xf32> {
  %low = nn.constant dense<-1.0e+4> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x2x8xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x2xf32>
  %masked = nn.select %c, %scores, %low
      : (tensor<2x1x1x2xi1>, tensor<2x4x2x2xf32>, tensor<f32>)
      -> tensor<2x4x2x2xf32>
  %p = nn.softmax %masked axis 3 : tensor<2x4x2x2xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x4x2x2xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x8xf32>
  return %y : tensor<2x4x2x8xf32>
}

// -----

// A mask of padding may hide all that the condition keeps in a row.
// CHECK-LABEL: func.func @fill_and_padding
// CHECK-NOT: nn.attention
func.func @fill_and_padding(
    %q: tensor<2x4x2x8xf32>, %k: tensor<2x4x2x8xf32>, %v: tensor<2x4x2x8xf32>,
    %m: tensor<2x1x1x2xf32>) -> tensor<2x4x2x8xf32> {
  %c = nn.constant dense<[[true, false], [true, true]]> : tensor<2x2xi1>
  %low = nn.constant dense<-1.0e+4> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x2x8xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x2xf32>
  %masked = nn.select %c, %scores, %low
      : (tensor<2x2xi1>, tensor<2x4x2x2xf32>, tensor<f32>)
      -> tensor<2x4x2x2xf32>
  %padded = nn.add %masked, %m : (tensor<2x4x2x2xf32>, tensor<2x1x1x2xf32>)
      -> tensor<2x4x2x2xf32>
  %p = nn.softmax %padded axis 3 : tensor<2x4x2x2xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x4x2x2xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x8xf32>
  return %y : tensor<2x4x2x8xf32>
}

// -----

// A known bias hides nothing.
// CHECK-LABEL: func.func @fill_and_bias
func.func @fill_and_bias(
    %q: tensor<2x4x2x8xf32>, %k: tensor<2x4x2x8xf32>, %v: tensor<2x4x2x8xf32>)
    -> tensor<2x4x2x8xf32> {
  // CHECK: nn.attention {{.*}} mask
  %c = nn.constant dense<[[true, false], [true, true]]> : tensor<2x2xi1>
  %low = nn.constant dense<-1.0e+4> : tensor<f32>
  %bias = nn.constant dense<[[0.0, -0.5], [-0.5, 0.0]]> : tensor<2x2xf32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x2x8xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x2xf32>
  %biased = nn.add %scores, %bias : (tensor<2x4x2x2xf32>, tensor<2x2xf32>)
      -> tensor<2x4x2x2xf32>
  %masked = nn.select %c, %biased, %low
      : (tensor<2x2xi1>, tensor<2x4x2x2xf32>, tensor<f32>)
      -> tensor<2x4x2x2xf32>
  %p = nn.softmax %masked axis 3 : tensor<2x4x2x2xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x4x2x2xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x8xf32>
  return %y : tensor<2x4x2x8xf32>
}

// -----

// A number too small to hide anything.
// CHECK-LABEL: func.func @fill_too_high
// CHECK-NOT: nn.attention
func.func @fill_too_high(%q: tensor<2x4x2x8xf32>, %k: tensor<2x4x2x8xf32>,
                         %v: tensor<2x4x2x8xf32>) -> tensor<2x4x2x8xf32> {
  %c = nn.constant dense<[[true, false], [true, true]]> : tensor<2x2xi1>
  %low = nn.constant dense<-1.0e+3> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x2x8xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x2xf32>
  %masked = nn.select %c, %scores, %low
      : (tensor<2x2xi1>, tensor<2x4x2x2xf32>, tensor<f32>)
      -> tensor<2x4x2x2xf32>
  %p = nn.softmax %masked axis 3 : tensor<2x4x2x2xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x4x2x2xf32>, tensor<2x4x2x8xf32>) -> tensor<2x4x2x8xf32>
  return %y : tensor<2x4x2x8xf32>
}

// -----

// As BART: batch and heads are one dimension, except where the mask is added.
// CHECK-LABEL: func.func @merged_heads
// CHECK-SAME: (%[[Q:.*]]: tensor<2x3x32xf32>, %[[K:.*]]: tensor<2x5x32xf32>, %[[V:.*]]: tensor<2x5x32xf32>, %[[M:.*]]: tensor<2x1x1x5xf32>)
func.func @merged_heads(%q: tensor<2x3x32xf32>, %k: tensor<2x5x32xf32>,
                        %v: tensor<2x5x32xf32>, %m: tensor<2x1x1x5xf32>)
    -> tensor<2x3x32xf32> {
  // CHECK-NEXT: %[[Y:.*]] = nn.attention %[[Q]], %[[K]], %[[V]] mask %[[M]] heads 4 kv_heads 4 scale 5.000000e-01
  // CHECK-NEXT: return %[[Y]]
  %half = nn.constant dense<0.5> : tensor<f32>
  %qs = nn.mul %q, %half
      : (tensor<2x3x32xf32>, tensor<f32>) -> tensor<2x3x32xf32>
  %q0 = nn.reshape %qs : tensor<2x3x32xf32> to tensor<2x3x4x8xf32>
  %q1 = nn.transpose %q0 [0, 2, 1, 3]
      : tensor<2x3x4x8xf32> -> tensor<2x4x3x8xf32>
  %q2 = nn.reshape %q1 : tensor<2x4x3x8xf32> to tensor<8x3x8xf32>
  %k0 = nn.reshape %k : tensor<2x5x32xf32> to tensor<2x5x4x8xf32>
  %k1 = nn.transpose %k0 [0, 2, 1, 3]
      : tensor<2x5x4x8xf32> -> tensor<2x4x5x8xf32>
  %k2 = nn.reshape %k1 : tensor<2x4x5x8xf32> to tensor<8x5x8xf32>
  %k3 = nn.transpose %k2 [0, 2, 1] : tensor<8x5x8xf32> -> tensor<8x8x5xf32>
  %v0 = nn.reshape %v : tensor<2x5x32xf32> to tensor<2x5x4x8xf32>
  %v1 = nn.transpose %v0 [0, 2, 1, 3]
      : tensor<2x5x4x8xf32> -> tensor<2x4x5x8xf32>
  %v2 = nn.reshape %v1 : tensor<2x4x5x8xf32> to tensor<8x5x8xf32>
  %scores = nn.matmul %q2, %k3
      : (tensor<8x3x8xf32>, tensor<8x8x5xf32>) -> tensor<8x3x5xf32>
  %split = nn.reshape %scores : tensor<8x3x5xf32> to tensor<2x4x3x5xf32>
  %masked = nn.add %split, %m : (tensor<2x4x3x5xf32>, tensor<2x1x1x5xf32>)
      -> tensor<2x4x3x5xf32>
  %merged = nn.reshape %masked : tensor<2x4x3x5xf32> to tensor<8x3x5xf32>
  %p = nn.softmax %merged axis 2 : tensor<8x3x5xf32>
  %c = nn.matmul %p, %v2
      : (tensor<8x3x5xf32>, tensor<8x5x8xf32>) -> tensor<8x3x8xf32>
  %c0 = nn.reshape %c : tensor<8x3x8xf32> to tensor<2x4x3x8xf32>
  %c1 = nn.transpose %c0 [0, 2, 1, 3]
      : tensor<2x4x3x8xf32> -> tensor<2x3x4x8xf32>
  %c2 = nn.reshape %c1 : tensor<2x3x4x8xf32> to tensor<2x3x32xf32>
  return %c2 : tensor<2x3x32xf32>
}

// -----

// A mask of its own for each head, added while they are merged, and one for
// each sequence, added while they are split.
// CHECK-LABEL: func.func @masks_of_two_shapes
// CHECK-SAME: %[[A:[^ ]*]]: tensor<8x3x3xf32>, %[[B:[^ ]*]]: tensor<2x1x1x3xf32>)
func.func @masks_of_two_shapes(
    %q: tensor<8x3x8xf32>, %k: tensor<8x3x8xf32>, %v: tensor<8x3x8xf32>,
    %a: tensor<8x3x3xf32>, %b: tensor<2x1x1x3xf32>) -> tensor<8x3x8xf32> {
  // CHECK: %[[S:.*]] = nn.reshape %[[A]] : tensor<8x3x3xf32> to tensor<2x4x3x3xf32>
  // CHECK: %[[M:.*]] = nn.add %[[S]], %[[B]]
  // CHECK: nn.attention {{.*}} mask %[[M]] heads 4
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<8x3x8xf32>, tensor<8x3x8xf32>) -> tensor<8x3x3xf32>
  %first = nn.add %scores, %a
      : (tensor<8x3x3xf32>, tensor<8x3x3xf32>) -> tensor<8x3x3xf32>
  %split = nn.reshape %first : tensor<8x3x3xf32> to tensor<2x4x3x3xf32>
  %second = nn.add %split, %b : (tensor<2x4x3x3xf32>, tensor<2x1x1x3xf32>)
      -> tensor<2x4x3x3xf32>
  %merged = nn.reshape %second : tensor<2x4x3x3xf32> to tensor<8x3x3xf32>
  %p = nn.softmax %merged axis 2 : tensor<8x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<8x3x3xf32>, tensor<8x3x8xf32>) -> tensor<8x3x8xf32>
  return %y : tensor<8x3x8xf32>
}

// -----

// The windows of two images: a bias for each head, a mask for each window.
// CHECK-LABEL: func.func @windows_of_images
// CHECK-SAME: %[[A:[^ ]*]]: tensor<1x2x3x3xf32>, %[[B:[^ ]*]]: tensor<1x4x1x3x3xf32>)
func.func @windows_of_images(
    %q: tensor<8x2x3x8xf32>, %k: tensor<8x2x3x8xf32>, %v: tensor<8x2x3x8xf32>,
    %a: tensor<1x2x3x3xf32>, %b: tensor<1x4x1x3x3xf32>)
    -> tensor<8x2x3x8xf32> {
  // CHECK: %[[S:.*]] = nn.reshape %[[A]] : tensor<1x2x3x3xf32> to tensor<2x3x3xf32>
  // CHECK: %[[M:.*]] = nn.add %[[S]], %[[B]]
  // CHECK: nn.attention {{.*}} mask %[[M]] heads 2
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<8x2x3x8xf32>, tensor<8x2x3x8xf32>) -> tensor<8x2x3x3xf32>
  %first = nn.add %scores, %a
      : (tensor<8x2x3x3xf32>, tensor<1x2x3x3xf32>) -> tensor<8x2x3x3xf32>
  %split = nn.reshape %first : tensor<8x2x3x3xf32> to tensor<2x4x2x3x3xf32>
  %second = nn.add %split, %b
      : (tensor<2x4x2x3x3xf32>, tensor<1x4x1x3x3xf32>)
      -> tensor<2x4x2x3x3xf32>
  %merged = nn.reshape %second : tensor<2x4x2x3x3xf32> to tensor<8x2x3x3xf32>
  %p = nn.softmax %merged axis 3 : tensor<8x2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<8x2x3x3xf32>, tensor<8x2x3x8xf32>) -> tensor<8x2x3x8xf32>
  return %y : tensor<8x2x3x8xf32>
}

// -----

// The rows of the scores are no longer those of the softmax.
// CHECK-LABEL: func.func @split_rows
// CHECK-NOT: nn.attention
func.func @split_rows(%q: tensor<2x4x8xf32>, %k: tensor<2x4x8xf32>,
                      %v: tensor<4x4x8xf32>) -> tensor<4x2x8xf32> {
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x4x8xf32>, tensor<2x4x8xf32>) -> tensor<2x4x4xf32>
  %rows = nn.reshape %scores : tensor<2x4x4xf32> to tensor<4x2x4xf32>
  %p = nn.softmax %rows axis 2 : tensor<4x2x4xf32>
  %y = nn.matmul %p, %v
      : (tensor<4x2x4xf32>, tensor<4x4x8xf32>) -> tensor<4x2x8xf32>
  return %y : tensor<4x2x8xf32>
}

// -----

// CHECK-LABEL: func.func @einsum
// CHECK-SAME: (%[[Q:.*]]: tensor<2x5x4x8xf32>, %[[K:.*]]: tensor<2x7x4x8xf32>, %[[V:.*]]: tensor<2x7x4x8xf32>)
func.func @einsum(%q: tensor<2x5x4x8xf32>, %k: tensor<2x7x4x8xf32>,
                  %v: tensor<2x7x4x8xf32>) -> !onnx.unknown {
  // CHECK-NOT: nn.transpose
  // CHECK-DAG: %[[Q0:.*]] = nn.reshape %[[Q]] : tensor<2x5x4x8xf32> to tensor<2x5x32xf32>
  // CHECK-DAG: %[[K0:.*]] = nn.reshape %[[K]] : tensor<2x7x4x8xf32> to tensor<2x7x32xf32>
  // CHECK-DAG: %[[V0:.*]] = nn.reshape %[[V]] : tensor<2x7x4x8xf32> to tensor<2x7x32xf32>
  // CHECK: %[[Y:.*]] = nn.attention %[[Q0]], %[[K0]], %[[V0]] heads 4 kv_heads 4 scale 5.000000e-01
  // CHECK-NEXT: nn.reshape %[[Y]] : tensor<2x5x32xf32> to tensor<2x5x4x8xf32>
  %two = onnx.initializer "two" dense<2.0> : tensor<f32>
  %s = onnx.node "Einsum"(%q, %k) opset 14
      attributes {equation = "bihd,bjhd->bhij"}
      : (tensor<2x5x4x8xf32>, tensor<2x7x4x8xf32>) -> !onnx.unknown
  %scaled = onnx.node "Div"(%s, %two) opset 14
      : (!onnx.unknown, tensor<f32>) -> !onnx.unknown
  %p = onnx.node "Softmax"(%scaled) opset 14 attributes {axis = -1 : i64}
      : (!onnx.unknown) -> !onnx.unknown
  %y = onnx.node "Einsum"(%p, %v) opset 14
      attributes {equation = "bhij,bjhd->bihd"}
      : (!onnx.unknown, tensor<2x7x4x8xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
