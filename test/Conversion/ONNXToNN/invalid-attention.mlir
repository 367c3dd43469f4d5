// Attention and rotary embedding of the standard that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @attention_rank(%q: tensor<3x8xf32>) -> !onnx.unknown {
  // expected-error@+1 {{input 'Q' must have 3 or 4 dimensions, found 2}}
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      : (tensor<3x8xf32>, tensor<3x8xf32>, tensor<3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_key_rank(%q: tensor<1x3x8xf32>, %k: tensor<1x2x3x8xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'K' must have 3 dimensions, found 4}}
  %y = onnx.node "Attention"(%q, %k, %k) opset 23
      attributes {q_num_heads = 2 : i64, kv_num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_heads(%q: tensor<1x3x8xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'q_num_heads' is 3, which does not divide the features of 'tensor<1x3x8xf32>'}}
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      attributes {q_num_heads = 3 : i64, kv_num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x8xf32>, tensor<1x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_no_heads(%q: tensor<1x3x8xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'kv_num_heads' is 0, which does not divide the features of 'tensor<1x3x8xf32>'}}
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      attributes {q_num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x8xf32>, tensor<1x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_groups(%q: tensor<1x3x3x8xf32>, %k: tensor<1x2x3x8xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{3 heads and 2 key heads do not divide 24 query, 16 key and 16 value features}}
  %y = onnx.node "Attention"(%q, %k, %k) opset 23
      : (tensor<1x3x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_mask_rank(%q: tensor<1x2x3x8xf32>, %m: tensor<3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'attn_mask' must have 2 to 4 dimensions, found 1}}
  %y = onnx.node "Attention"(%q, %q, %q, %m) opset 23
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>,
         tensor<3xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_mask_shape(%q: tensor<1x2x3x8xf32>, %m: tensor<2x3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{mask 'tensor<2x3xf32>' does not broadcast to the scores, 'tensor<1x2x3x3xf32>'}}
  %y = onnx.node "Attention"(%q, %q, %q, %m) opset 23
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>,
         tensor<2x3xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_half_a_cache(%q: tensor<1x2x3x8xf32>,
                                  %p: tensor<1x2x3x8xf32>) -> !onnx.unknown {
  %none = onnx.none
  // expected-error@+1 {{inputs 'past_key' and 'past_value' must be given together}}
  %y = onnx.node "Attention"(%q, %q, %q, %none, %p) opset 23
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, none,
         tensor<1x2x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_cache_rank(%q: tensor<1x2x3x8xf32>, %p: tensor<1x3x8xf32>)
    -> !onnx.unknown {
  %none = onnx.none
  // expected-error@+1 {{input 'past_key' must have 4 dimensions, found 3}}
  %y = onnx.node "Attention"(%q, %q, %q, %none, %p, %p) opset 23
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, none,
         tensor<1x3x8xf32>, tensor<1x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_lengths(%q: tensor<1x2x3x8xf32>, %n: tensor<2xi64>)
    -> !onnx.unknown {
  %none = onnx.none
  // expected-error@+1 {{input 'nonpad_kv_seqlen' must have 1 elements, found 'tensor<2xi64>'}}
  %y = onnx.node "Attention"(%q, %q, %q, %none, %none, %none, %n) opset 24
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, none,
         none, none, tensor<2xi64>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_scores_mode(%q: tensor<1x2x3x8xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'qk_matmul_output_mode' must be from 0 to 3, found 4}}
  %y, %k, %v, %s = onnx.node "Attention"(%q, %q, %q) opset 23
      attributes {qk_matmul_output_mode = 4 : i64}
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>)
      -> (!onnx.unknown, !onnx.unknown, !onnx.unknown, !onnx.unknown)
  return %s : !onnx.unknown
}

// -----

func.func @attention_softmax_precision(%q: tensor<1x2x3x8xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'softmax_precision' must be a type of floats, found 7}}
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      attributes {softmax_precision = 7 : i64}
      : (tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rotary_rank(%x: tensor<3x8xf32>, %t: tensor<1x3x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{the input must have 3 or 4 dimensions, found 2}}
  %y = onnx.node "RotaryEmbedding"(%x, %t, %t) opset 23
      : (tensor<3x8xf32>, tensor<1x3x2xf32>, tensor<1x3x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rotary_heads(%x: tensor<1x3x8xf32>, %t: tensor<1x3x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'num_heads' is 3, which does not divide the features of 'tensor<1x3x8xf32>'}}
  %y = onnx.node "RotaryEmbedding"(%x, %t, %t) opset 23
      attributes {num_heads = 3 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x2xf32>, tensor<1x3x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rotary_features(%x: tensor<1x3x8xf32>, %t: tensor<1x3x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'rotary_embedding_dim' is 6, but the tables are for 4 features}}
  %y = onnx.node "RotaryEmbedding"(%x, %t, %t) opset 23
      attributes {num_heads = 1 : i64, rotary_embedding_dim = 6 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x2xf32>, tensor<1x3x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rotary_table_rank(%x: tensor<1x3x8xf32>, %t: tensor<9x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'cos_cache' must have 3 dimensions, found 2}}
  %y = onnx.node "RotaryEmbedding"(%x, %t, %t) opset 23
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<9x2xf32>, tensor<9x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rotary_cache_rank(%x: tensor<1x3x8xf32>, %t: tensor<1x3x2xf32>,
                             %p: tensor<1x3xi64>) -> !onnx.unknown {
  // expected-error@+1 {{input 'cos_cache' must have 2 dimensions, found 3}}
  %y = onnx.node "RotaryEmbedding"(%x, %t, %t, %p) opset 23
      attributes {num_heads = 2 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3x2xf32>, tensor<1x3x2xf32>,
         tensor<1x3xi64>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @contributed_rotary_scale(%x: tensor<1x3x8xf32>, %p: tensor<1x3xi64>,
                                    %t: tensor<9x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'scale' must be 1, found 2.000000e+00}}
  %y = onnx.node "RotaryEmbedding"(%x, %p, %t, %t) domain "com.microsoft" opset 1
      attributes {scale = 2.0 : f32}
      : (tensor<1x3x8xf32>, tensor<1x3xi64>, tensor<9x2xf32>, tensor<9x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @contributed_rotary_packing(%x: tensor<1x3x8xf32>,
                                      %p: tensor<1x3xi64>, %t: tensor<9x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'is_packed_batching' must be 0, found 1}}
  %y = onnx.node "RotaryEmbedding"(%x, %p, %t, %t) domain "com.microsoft" opset 1
      attributes {is_packed_batching = 1 : i64}
      : (tensor<1x3x8xf32>, tensor<1x3xi64>, tensor<9x2xf32>, tensor<9x2xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_of_integers(%q: tensor<1x2x3x8xi32>) -> !onnx.unknown {
  // expected-error@+1 {{input 'Q' must hold floats, found 'tensor<1x2x3x8xi32>'}}
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      attributes {is_causal = 1 : i64}
      : (tensor<1x2x3x8xi32>, tensor<1x2x3x8xi32>, tensor<1x2x3x8xi32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_without_heads(%q: tensor<1x0x3x8xf32>) -> !onnx.unknown {
  // expected-error@+1 {{there are no heads in 'tensor<1x0x3x8xf32>'}}
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      : (tensor<1x0x3x8xf32>, tensor<1x0x3x8xf32>, tensor<1x0x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_groups_with_softcap(%q: tensor<1x1x3x8xf32>,
                                         %k: tensor<1x2x3x8xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{2 key heads do not divide 1 heads}}
  %y = onnx.node "Attention"(%q, %k, %k) opset 23
      attributes {softcap = 2.0 : f32}
      : (tensor<1x1x3x8xf32>, tensor<1x2x3x8xf32>, tensor<1x2x3x8xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attention_of_too_many_tokens(%q: tensor<1x1x1x1xf32>,
                                        %k: tensor<1x1x33554432x1xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{a sequence of 33554432 tokens is too long; it may have 16777216}}
  %y = onnx.node "Attention"(%q, %k, %k) opset 23
      attributes {is_causal = 1 : i64}
      : (tensor<1x1x1x1xf32>, tensor<1x1x33554432x1xf32>,
         tensor<1x1x33554432x1xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
