// Attention that one node states.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file | FileCheck %s

// Heads in front of the tokens, fewer of them for keys: token-major for the
// kernel, which knows that the mask is causal.
// CHECK-LABEL: func.func @grouped_causal
func.func @grouped_causal(%q: tensor<1x4x3x8xf32>, %k: tensor<1x2x3x8xf32>,
                          %v: tensor<1x2x3x8xf32>) -> !onnx.unknown {
  // CHECK: %[[Y:.*]] = nn.attention %{{.*}}, %{{.*}}, %{{.*}} heads 4 kv_heads 2 scale {{0.353553.*}} {causal, nn.name = "attention"} : (tensor<1x3x32xf32>, tensor<1x3x16xf32>, tensor<1x3x16xf32>)
  // CHECK: return %{{.*}} : tensor<1x4x3x8xf32>
  %y = onnx.node "Attention"(%q, %k, %v) opset 23
      attributes {is_causal = 1 : i64}
      : (tensor<1x4x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// The cache stays visible: what is kept is joined to what is new.
// CHECK-LABEL: func.func @cache
func.func @cache(%q: tensor<1x1x8xf32>, %k: tensor<1x1x8xf32>,
                 %v: tensor<1x1x8xf32>, %pk: tensor<1x2x5x4xf32>,
                 %pv: tensor<1x2x5x4xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK-DAG: %[[K:.*]] = nn.concat %{{.*}}, %{{.*}} axis 2 : (tensor<1x2x5x4xf32>, tensor<1x2x1x4xf32>) -> tensor<1x2x6x4xf32>
  // CHECK-DAG: %[[V:.*]] = nn.concat %{{.*}}, %{{.*}} axis 2 : (tensor<1x2x5x4xf32>, tensor<1x2x1x4xf32>) -> tensor<1x2x6x4xf32>
  // CHECK: %[[Y:.*]] = nn.attention {{.*}} heads 2 kv_heads 2 scale 2.500000e-01 {causal
  // CHECK: return %[[Y]], %[[K]], %[[V]]
  %none = onnx.none
  %y, %nk, %nv = onnx.node "Attention"(%q, %k, %v, %none, %pk, %pv) opset 23
      attributes {q_num_heads = 2 : i64, kv_num_heads = 2 : i64,
                  scale = 0.25 : f32, is_causal = 1 : i64}
      : (tensor<1x1x8xf32>, tensor<1x1x8xf32>, tensor<1x1x8xf32>, none,
         tensor<1x2x5x4xf32>, tensor<1x2x5x4xf32>)
      -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  return %y, %nk, %nv : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// -----

// A limit of the scores is no part of the kernel.
// CHECK-LABEL: func.func @softcap
func.func @softcap(%q: tensor<1x2x3x8xf32>) -> !onnx.unknown {
  // CHECK-NOT: nn.attention
  // CHECK: nn.matmul
  // CHECK: nn.tanh
  // CHECK: nn.softmax
  // CHECK: nn.matmul
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      attributes {softcap = 2.0 : f32}
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// Packed projections are one linear layer with its bias.
// CHECK-LABEL: func.func @packed_projections
func.func @packed_projections(%x: tensor<1x3x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<0.5> : tensor<4x12xf32>
  %b = onnx.initializer "b" dense<0.1> : tensor<12xf32>
  // CHECK: %[[P:.*]] = nn.linear %{{.*}}, %{{.*}} bias %{{.*}} : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>) -> tensor<1x3x12xf32>
  // CHECK-COUNT-3: nn.slice %[[P]]
  // CHECK: nn.attention {{.*}} heads 2 kv_heads 2 scale {{0.707106.*}} {causal
  %y = onnx.node "Attention"(%x, %w, %b) domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, unidirectional = 1 : i64}
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// CHECK-LABEL: func.func @rotary
func.func @rotary(%x: tensor<1x3x8xf32>, %p: tensor<1x3xi64>)
    -> !onnx.unknown {
  %c = onnx.initializer "c" dense<0.5> : tensor<9x2xf32>
  %s = onnx.initializer "s" dense<0.25> : tensor<9x2xf32>
  // CHECK-COUNT-2: nn.embedding
  // CHECK: %[[X:.*]] = nn.reshape %{{.*}} : tensor<1x3x8xf32> to tensor<1x3x2x4xf32>
  // CHECK: nn.rotary_embedding %[[X]], {{.*}} {interleaved, {{.*}}} : (tensor<1x3x2x4xf32>, tensor<1x3x1x2xf32>, tensor<1x3x1x2xf32>)
  %y = onnx.node "RotaryEmbedding"(%x, %c, %s, %p) opset 23
      attributes {num_heads = 2 : i64, interleaved = 1 : i64}
      : (tensor<1x3x8xf32>, tensor<9x2xf32>, tensor<9x2xf32>, tensor<1x3xi64>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}
