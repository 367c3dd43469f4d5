// Attention of com.microsoft that is refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @attention_heads(%x: tensor<1x3x4xf32>, %w: tensor<4x12xf32>,
                           %b: tensor<12xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'num_heads' must be from 1 to 2147483647, found 0}}
  %y = onnx.node "Attention"(%x, %w, %b)
      domain "com.microsoft" opset 1
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_heads_divide(%x: tensor<1x3x4xf32>, %w: tensor<4x12xf32>,
                                  %b: tensor<12xf32>) -> !onnx.unknown {
  // expected-error@+1 {{3 heads do not divide the features of 'tensor<1x3x4xf32>'}}
  %y = onnx.node "Attention"(%x, %w, %b)
      domain "com.microsoft" opset 1
      attributes {num_heads = 3 : i64}
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_sizes(%x: tensor<1x3x4xf32>, %w: tensor<4x12xf32>,
                           %b: tensor<12xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'qkv_hidden_sizes' does not divide the 12 columns of the weights}}
  %y = onnx.node "Attention"(%x, %w, %b)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, qkv_hidden_sizes = array<i64: 4, 4, 6>}
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_rotary(%x: tensor<1x3x4xf32>, %w: tensor<4x12xf32>,
                            %b: tensor<12xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'do_rotary' must be 0, found 1}}
  %y = onnx.node "Attention"(%x, %w, %b)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, do_rotary = 1 : i64}
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_shared_buffer(%x: tensor<1x3x4xf32>, %w: tensor<4x12xf32>,
                                   %b: tensor<12xf32>, %n: tensor<1xi32>)
    -> !onnx.unknown {
  %none = onnx.none
  // expected-error@+1 {{input 'past_sequence_length' is not supported}}
  %y = onnx.node "Attention"(%x, %w, %b, %none, %none, %none, %n)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>, none, none, none,
         tensor<1xi32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_mask(%x: tensor<1x3x4xf32>, %w: tensor<4x12xf32>,
                          %b: tensor<12xf32>, %m: tensor<5xi32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'mask_index' of type 'tensor<5xi32>' is not supported; for 1 batches, 3 queries and 3 keys it must be 1, 2, 1x3 or 1x3x3}}
  %y = onnx.node "Attention"(%x, %w, %b, %m)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>, tensor<5xi32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_past_rank(%x: tensor<1x3x4xf32>, %w: tensor<4x12xf32>,
                               %b: tensor<12xf32>, %p: tensor<2x1x2x2xf32>)
    -> !onnx.unknown {
  %none = onnx.none
  // expected-error@+1 {{input 'past' must have 5 dimensions, found 4}}
  %y = onnx.node "Attention"(%x, %w, %b, %none, %p)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x4xf32>, tensor<4x12xf32>, tensor<12xf32>, none,
         tensor<2x1x2x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @multihead_query_is_not_packed(%q: tensor<1x3x8xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'query' must pack 3 parts as [batch, tokens, 2, 3, features], found 'tensor<1x3x8xf32>'}}
  %y = onnx.node "MultiHeadAttention"(%q)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @multihead_key_is_not_packed(%q: tensor<1x3x8xf32>) -> !onnx.unknown {
  // expected-error@+1 {{input 'key' must pack 2 parts as [batch, tokens, 2, 2, features], found 'tensor<1x3x8xf32>'}}
  %y = onnx.node "MultiHeadAttention"(%q, %q)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @multihead_key_rank(%q: tensor<1x3x8xf32>, %k: tensor<3x8xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'key' must have 3 or 4 dimensions, found 2}}
  %y = onnx.node "MultiHeadAttention"(%q, %k, %k)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<3x8xf32>, tensor<3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @multihead_bias(%q: tensor<1x3x8xf32>, %b: tensor<20xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'bias' must have a number for each feature of query, key and value, found 'tensor<20xf32>'}}
  %y = onnx.node "MultiHeadAttention"(%q, %q, %q, %b)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x8xf32>, tensor<1x3x8xf32>,
         tensor<20xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @multihead_beam_search(%q: tensor<1x3x8xf32>, %n: tensor<1xi32>)
    -> !onnx.unknown {
  %none = onnx.none
  // expected-error@+1 {{input 'past_sequence_length' is not supported}}
  %y = onnx.node "MultiHeadAttention"(%q, %q, %q, %none, %none, %none, %none, %none, %n)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x8xf32>, tensor<1x3x8xf32>, none, none,
         none, none, none, tensor<1xi32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @grouped_value(%q: tensor<1x3x8xf32>, %k: tensor<1x3x4xf32>)
    -> !onnx.unknown {
  %none = onnx.none
  %l = onnx.initializer "l" dense<2> : tensor<1xi32>
  %t = onnx.initializer "t" dense<3> : tensor<i32>
  // expected-error@+1 {{input 'value' (2) is missing}}
  %y = onnx.node "GroupQueryAttention"(%q, %k, %none, %none, %none, %l, %t)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, kv_num_heads = 1 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x4xf32>, none, none, none, tensor<1xi32>,
         tensor<i32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @grouped_total(%q: tensor<1x3x8xf32>, %k: tensor<1x3x4xf32>)
    -> !onnx.unknown {
  %none = onnx.none
  %l = onnx.initializer "l" dense<2> : tensor<1xi32>
  %t = onnx.initializer "t" dense<5> : tensor<i32>
  // expected-error@+1 {{input 'total_sequence_length' is 5, but cache and node have 3 tokens; a cache with unused room is not supported}}
  %y = onnx.node "GroupQueryAttention"(%q, %k, %k, %none, %none, %l, %t)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, kv_num_heads = 1 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x4xf32>, tensor<1x3x4xf32>, none, none,
         tensor<1xi32>, tensor<i32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @grouped_window(%q: tensor<1x3x8xf32>, %k: tensor<1x3x4xf32>)
    -> !onnx.unknown {
  %none = onnx.none
  %l = onnx.initializer "l" dense<2> : tensor<1xi32>
  %t = onnx.initializer "t" dense<3> : tensor<i32>
  // expected-error@+1 {{attribute 'local_window_size' must be -1, found 2}}
  %y = onnx.node "GroupQueryAttention"(%q, %k, %k, %none, %none, %l, %t)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, kv_num_heads = 1 : i64,
                  local_window_size = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x4xf32>, tensor<1x3x4xf32>, none, none,
         tensor<1xi32>, tensor<i32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @grouped_smooth(%q: tensor<1x3x8xf32>, %k: tensor<1x3x4xf32>)
    -> !onnx.unknown {
  %none = onnx.none
  %l = onnx.initializer "l" dense<2> : tensor<1xi32>
  %t = onnx.initializer "t" dense<3> : tensor<i32>
  // expected-error@+1 {{attribute 'smooth_softmax' must be 0, found 1}}
  %y = onnx.node "GroupQueryAttention"(%q, %k, %k, %none, %none, %l, %t)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, kv_num_heads = 1 : i64,
                  smooth_softmax = 1 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x4xf32>, tensor<1x3x4xf32>, none, none,
         tensor<1xi32>, tensor<i32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @grouped_lengths(%q: tensor<2x3x8xf32>, %k: tensor<2x3x4xf32>)
    -> !onnx.unknown {
  %none = onnx.none
  %l = onnx.initializer "l" dense<[2, 1]> : tensor<2xi32>
  %t = onnx.initializer "t" dense<3> : tensor<i32>
  // expected-error@+1 {{input 'seqlens_k' must be 2 for each batch, found 1; batches of different lengths are not supported}}
  %y = onnx.node "GroupQueryAttention"(%q, %k, %k, %none, %none, %l, %t)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, kv_num_heads = 1 : i64}
      : (tensor<2x3x8xf32>, tensor<2x3x4xf32>, tensor<2x3x4xf32>, none, none,
         tensor<2xi32>, tensor<i32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @fused_activation(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{activation 'Selu' is not supported}}
  %y = onnx.node "FusedGemm"(%a, %b)
      domain "com.microsoft" opset 1
      attributes {activation = "Selu"}
      : (tensor<2x3xf32>, tensor<3x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_present_of_two_sizes(%x: tensor<1x3x4xf32>,
                                          %w: tensor<4x14xf32>,
                                          %b: tensor<14xf32>) -> !onnx.unknown {
  // expected-error@+1 {{keys 'tensor<1x2x3x2xf32>' and values 'tensor<1x2x3x3xf32>' cannot be one output; they must have one type}}
  %y, %p = onnx.node "Attention"(%x, %w, %b)
      domain "com.microsoft" opset 1
      attributes {num_heads = 2 : i64, qkv_hidden_sizes = array<i64: 4, 4, 6>}
      : (tensor<1x3x4xf32>, tensor<4x14xf32>, tensor<14xf32>)
      -> (!onnx.unknown, !onnx.unknown)
  return %p : !onnx.unknown
}
