// Attention that the exporter took apart. All functions stand after the linear
// layers of query, key and value.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file | FileCheck %s

// As torch writes BERT: heads in front of tokens, scale after the product, an
// additive mask.
// CHECK-LABEL: func.func @masked
// CHECK-SAME: (%[[Q:.*]]: tensor<2x4x6xf32>, %[[K:.*]]: tensor<2x4x6xf32>, %[[V:.*]]: tensor<2x4x6xf32>, %[[M:.*]]: tensor<2x1x1x4xf32>)
func.func @masked(%q: tensor<2x4x6xf32>, %k: tensor<2x4x6xf32>,
                  %v: tensor<2x4x6xf32>, %m: tensor<2x1x1x4xf32>)
    -> !onnx.unknown {
  // CHECK-NEXT: %[[Y:.*]] = nn.attention %[[Q]], %[[K]], %[[V]] mask %[[M]] heads 3 kv_heads 3 scale 5.000000e-01 {nn.name = "layer.0.attention"}
  // CHECK-NEXT: return %[[Y]] : tensor<2x4x6xf32>
  %heads = onnx.initializer "heads" dense<[2, 4, 3, 2]> : tensor<4xi64>
  %merged = onnx.initializer "merged" dense<[2, 4, 6]> : tensor<3xi64>
  %two = onnx.initializer "two" dense<2.0> : tensor<f32>
  %q0 = onnx.node "Reshape"(%q, %heads) opset 14
      : (tensor<2x4x6xf32>, tensor<4xi64>) -> !onnx.unknown
  %q1 = onnx.node "Transpose"(%q0) opset 14
      attributes {perm = array<i64: 0, 2, 1, 3>}
      : (!onnx.unknown) -> !onnx.unknown
  %k0 = onnx.node "Reshape"(%k, %heads) opset 14
      : (tensor<2x4x6xf32>, tensor<4xi64>) -> !onnx.unknown
  %k1 = onnx.node "Transpose"(%k0) opset 14
      attributes {perm = array<i64: 0, 2, 3, 1>}
      : (!onnx.unknown) -> !onnx.unknown
  %v0 = onnx.node "Reshape"(%v, %heads) opset 14
      : (tensor<2x4x6xf32>, tensor<4xi64>) -> !onnx.unknown
  %v1 = onnx.node "Transpose"(%v0) opset 14
      attributes {perm = array<i64: 0, 2, 1, 3>}
      : (!onnx.unknown) -> !onnx.unknown
  %s0 = onnx.node "MatMul"(%q1, %k1) opset 14
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %s1 = onnx.node "Div"(%s0, %two) opset 14
      : (!onnx.unknown, tensor<f32>) -> !onnx.unknown
  %s2 = onnx.node "Add"(%m, %s1) opset 14
      : (tensor<2x1x1x4xf32>, !onnx.unknown) -> !onnx.unknown
  %p = onnx.node "Softmax"(%s2) opset 14 attributes {axis = -1 : i64}
      {name = "/layer.0/attention/Softmax"} : (!onnx.unknown) -> !onnx.unknown
  %c0 = onnx.node "MatMul"(%p, %v1) opset 14
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %c1 = onnx.node "Transpose"(%c0) opset 14
      attributes {perm = array<i64: 0, 2, 1, 3>}
      : (!onnx.unknown) -> !onnx.unknown
  %c2 = onnx.node "Reshape"(%c1, %merged) opset 14
      : (!onnx.unknown, tensor<3xi64>) -> !onnx.unknown
  return %c2 : !onnx.unknown
}

// -----

// The scale is applied to queries and keys, before their heads are split.
// CHECK-LABEL: func.func @scale_of_operands
// CHECK-SAME: (%[[Q:.*]]: tensor<2x3x4x8xf32>
func.func @scale_of_operands(%q: tensor<2x3x4x8xf32>, %k: tensor<2x3x4x8xf32>,
                             %v: tensor<2x3x4x8xf32>) -> tensor<2x3x4x8xf32> {
  // CHECK-NOT: nn.mul
  // CHECK: nn.attention {{.*}} heads 3 kv_heads 3 scale 2.500000e-01 {
  %s = nn.constant dense<0.5> : tensor<f32>
  %qs = nn.mul %q, %s : (tensor<2x3x4x8xf32>, tensor<f32>) -> tensor<2x3x4x8xf32>
  %ks = nn.mul %s, %k : (tensor<f32>, tensor<2x3x4x8xf32>) -> tensor<2x3x4x8xf32>
  %scores = nn.matmul %qs, %ks {transpose_rhs}
      : (tensor<2x3x4x8xf32>, tensor<2x3x4x8xf32>) -> tensor<2x3x4x4xf32>
  %p = nn.softmax %scores axis 3 : tensor<2x3x4x4xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x4x4xf32>, tensor<2x3x4x8xf32>) -> tensor<2x3x4x8xf32>
  return %y : tensor<2x3x4x8xf32>
}

// -----

// Two heads of keys for four of queries.
// CHECK-LABEL: func.func @grouped
// CHECK-SAME: (%[[Q:.*]]: tensor<1x4x5x8xf32>, %[[K:.*]]: tensor<1x2x5x8xf32>
func.func @grouped(%q: tensor<1x4x5x8xf32>, %k: tensor<1x2x5x8xf32>,
                   %v: tensor<1x2x5x8xf32>) -> tensor<1x4x5x8xf32> {
  // CHECK-NOT: nn.expand
  // CHECK: nn.attention {{.*}} heads 4 kv_heads 2 scale 1.000000e+00 {
  // CHECK-SAME: (tensor<1x5x32xf32>, tensor<1x5x16xf32>, tensor<1x5x16xf32>) -> tensor<1x5x32xf32>
  %k0 = nn.reshape %k : tensor<1x2x5x8xf32> to tensor<1x2x1x5x8xf32>
  %k1 = nn.expand %k0 : tensor<1x2x1x5x8xf32> to tensor<1x2x2x5x8xf32>
  %k2 = nn.reshape %k1 : tensor<1x2x2x5x8xf32> to tensor<1x4x5x8xf32>
  %v0 = nn.reshape %v : tensor<1x2x5x8xf32> to tensor<1x2x1x5x8xf32>
  %v1 = nn.expand %v0 : tensor<1x2x1x5x8xf32> to tensor<1x2x2x5x8xf32>
  %v2 = nn.reshape %v1 : tensor<1x2x2x5x8xf32> to tensor<1x4x5x8xf32>
  %scores = nn.matmul %q, %k2 {transpose_rhs}
      : (tensor<1x4x5x8xf32>, tensor<1x4x5x8xf32>) -> tensor<1x4x5x5xf32>
  %p = nn.softmax %scores axis 3 : tensor<1x4x5x5xf32>
  %y = nn.matmul %p, %v2
      : (tensor<1x4x5x5xf32>, tensor<1x4x5x8xf32>) -> tensor<1x4x5x8xf32>
  return %y : tensor<1x4x5x8xf32>
}

// -----

// A known condition that hides what comes after a token is no mask at all.
// CHECK-LABEL: func.func @causal
func.func @causal(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                  %v: tensor<2x3x8xf32>) -> tensor<2x3x8xf32> {
  // CHECK-NOT: nn.select
  // CHECK: nn.attention %{{[^ ]*}}, %{{[^ ]*}}, %{{[^ ]*}} heads 1 kv_heads 1 scale 1.000000e+00 {causal
  %c = nn.constant dense<[[true, false, false], [true, true, false],
                          [true, true, true]]> : tensor<3x3xi1>
  %low = nn.constant dense<-3.40282347E+38> : tensor<f32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %masked = nn.select %c, %scores, %low
      : (tensor<3x3xi1>, tensor<2x3x3xf32>, tensor<f32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %masked axis 2 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// One more visible score: a mask, but not a causal one.
// CHECK-LABEL: func.func @almost_causal
func.func @almost_causal(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                         %v: tensor<2x3x8xf32>) -> tensor<2x3x8xf32> {
  // CHECK: %[[M:.*]] = nn.constant dense<{{.*}}[0.000000e+00, 0.000000e+00, 0xFF800000]
  // CHECK: nn.attention {{.*}} mask %[[M]]
  // CHECK-NOT: causal
  // CHECK: return
  %m = nn.constant dense<[[0.0, 0.0, 0xFF800000], [0.0, 0.0, 0xFF800000],
                          [0.0, 0.0, 0.0]]> : tensor<3x3xf32>
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %masked = nn.add %scores, %m
      : (tensor<2x3x3xf32>, tensor<3x3xf32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %masked axis 2 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}

// -----

// A mask for each window, added while the windows of an image stand together.
// CHECK-LABEL: func.func @windows
func.func @windows(%q: tensor<4x2x3x8xf32>, %k: tensor<4x2x3x8xf32>,
                   %v: tensor<4x2x3x8xf32>, %m: tensor<1x4x1x3x3xf32>)
    -> tensor<4x2x3x8xf32> {
  // CHECK: %[[M:.*]] = nn.reshape %{{.*}} : tensor<1x4x1x3x3xf32> to tensor<4x1x3x3xf32>
  // CHECK: nn.attention {{.*}} mask %[[M]] heads 2
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<4x2x3x8xf32>, tensor<4x2x3x8xf32>) -> tensor<4x2x3x3xf32>
  %image = nn.reshape %scores : tensor<4x2x3x3xf32> to tensor<1x4x2x3x3xf32>
  %masked = nn.add %image, %m : (tensor<1x4x2x3x3xf32>, tensor<1x4x1x3x3xf32>)
      -> tensor<1x4x2x3x3xf32>
  %back = nn.reshape %masked : tensor<1x4x2x3x3xf32> to tensor<4x2x3x3xf32>
  %p = nn.softmax %back axis 3 : tensor<4x2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<4x2x3x3xf32>, tensor<4x2x3x8xf32>) -> tensor<4x2x3x8xf32>
  return %y : tensor<4x2x3x8xf32>
}

// -----

// The maximum is subtracted twice.
// CHECK-LABEL: func.func @safe_softmax
func.func @safe_softmax(%q: tensor<2x3x8xf32>, %k: tensor<2x3x8xf32>,
                        %v: tensor<2x3x8xf32>) -> tensor<2x3x8xf32> {
  // CHECK-NOT: nn.reduce_max
  // CHECK: nn.attention
  %scores = nn.matmul %q, %k {transpose_rhs}
      : (tensor<2x3x8xf32>, tensor<2x3x8xf32>) -> tensor<2x3x3xf32>
  %max = nn.reduce_max %scores axes [2] {keep_dimensions}
      : tensor<2x3x3xf32> -> tensor<2x3x1xf32>
  %safe = nn.sub %scores, %max
      : (tensor<2x3x3xf32>, tensor<2x3x1xf32>) -> tensor<2x3x3xf32>
  %p = nn.softmax %safe axis 2 : tensor<2x3x3xf32>
  %y = nn.matmul %p, %v
      : (tensor<2x3x3xf32>, tensor<2x3x8xf32>) -> tensor<2x3x8xf32>
  return %y : tensor<2x3x8xf32>
}
