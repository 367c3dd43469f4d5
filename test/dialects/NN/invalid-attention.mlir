// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @attention_c1_batches_differ(%q: tensor<2x4x8xf32>,
                                       %k: tensor<1x4x8xf32>) {
  // expected-error@+2 {{'nn.attention' op query 2x4x8, key 1x4x8 and value 1x4x8 must agree in their leading dimensions}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %k, %k heads 2 kv_heads 2 scale 0.5
      : (tensor<2x4x8xf32>, tensor<1x4x8xf32>, tensor<1x4x8xf32>)
      -> tensor<2x4x8xf32>
  return
}

// -----

func.func @attention_c1_query_is_a_vector(%q: tensor<8xf32>) {
  // expected-error@+2 {{'nn.attention' op query 8, key 8 and value 8 must agree in their leading dimensions}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q heads 2 kv_heads 2 scale 0.5
      : (tensor<8xf32>, tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  return
}

// -----

func.func @attention_c2_heads_do_not_divide(%q: tensor<4x8xf32>) {
  // expected-error@+2 {{'nn.attention' op 3 heads and 3 key heads do not divide 8 query, 8 key and 8 value features}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q heads 3 kv_heads 3 scale 0.5
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c2_no_heads(%q: tensor<4x8xf32>) {
  // expected-error@+2 {{'nn.attention' op 0 heads and 2 key heads do not divide 8 query, 8 key and 8 value features}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q heads 0 kv_heads 2 scale 0.5
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c2_negative_key_heads(%q: tensor<4x8xf32>) {
  // expected-error@+2 {{'nn.attention' op 2 heads and -2 key heads do not divide 8 query, 8 key and 8 value features}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q heads 2 kv_heads -2 scale 0.5
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c2_groups_are_uneven(%q: tensor<4x12xf32>,
                                          %k: tensor<4x8xf32>) {
  // expected-error@+2 {{'nn.attention' op 3 heads and 2 key heads do not divide 12 query, 8 key and 8 value features}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %k, %k heads 3 kv_heads 2 scale 0.5
      : (tensor<4x12xf32>, tensor<4x8xf32>, tensor<4x8xf32>)
      -> tensor<4x12xf32>
  return
}

// -----

func.func @attention_c3_head_sizes_differ(%q: tensor<4x8xf32>,
                                          %k: tensor<4x4xf32>) {
  // expected-error@+2 {{'nn.attention' op query and key heads have 4 and 2 features, key and value 4 and 4 tokens; they must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %k, %k heads 2 kv_heads 2 scale 0.5
      : (tensor<4x8xf32>, tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  return
}

// -----

func.func @attention_c3_token_counts_differ(%q: tensor<4x8xf32>,
                                            %v: tensor<5x8xf32>) {
  // expected-error@+2 {{'nn.attention' op query and key heads have 4 and 4 features, key and value 4 and 5 tokens; they must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %v heads 2 kv_heads 2 scale 0.5
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<5x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c4_mask_is_too_wide(%q: tensor<4x8xf32>,
                                         %m: tensor<4x5xf32>) {
  // expected-error@+2 {{'nn.attention' op mask 'tensor<4x5xf32>' does not broadcast to the scores, 'tensor<2x4x4xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q mask %m heads 2 kv_heads 2 scale 0.5
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x5xf32>)
      -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c4_mask_has_more_dimensions(%q: tensor<4x8xf32>,
                                                 %m: tensor<2x2x4x4xf32>) {
  // expected-error@+2 {{'nn.attention' op mask 'tensor<2x2x4x4xf32>' does not broadcast to the scores, 'tensor<2x4x4xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q mask %m heads 2 kv_heads 2 scale 0.5
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>,
         tensor<2x2x4x4xf32>) -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c4_mask_of_another_type(%q: tensor<4x8xf32>,
                                             %m: tensor<4x4xf16>) {
  // expected-error@+2 {{'nn.attention' op mask 'tensor<4x4xf16>' does not broadcast to the scores, 'tensor<2x4x4xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q mask %m heads 2 kv_heads 2 scale 0.5
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x4xf16>)
      -> tensor<4x8xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @attention_c5_value_is_not_quantized(%q: tensor<4x8x!q>,
                                               %v: tensor<4x8xf32>) {
  // expected-error@+2 {{'nn.attention' op operands have element types '!quant.uniform<i8:f32, 5.000000e-01>' and 'f32'; they must be equal, or quantized and express one type}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %v heads 2 kv_heads 2 scale 0.5 probabilities !q
      : (tensor<4x8x!q>, tensor<4x8x!q>, tensor<4x8xf32>) -> tensor<4x8xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @attention_c5_probabilities_missing(%q: tensor<4x8x!q>) {
  // expected-error@+2 {{'nn.attention' op 'probabilities' must be given if the operands are quantized}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q heads 2 kv_heads 2 scale 0.5
      : (tensor<4x8x!q>, tensor<4x8x!q>, tensor<4x8x!q>) -> tensor<4x8xf32>
  return
}

// -----

!q = !quant.uniform<i8:f32, 0.5>
func.func @attention_c5_probabilities_not_quantized(%q: tensor<4x8x!q>) {
  // expected-error@+2 {{'nn.attention' op 'probabilities' must be quantized and express 'f32', found 'index'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q heads 2 kv_heads 2 scale 0.5
      probabilities index
      : (tensor<4x8x!q>, tensor<4x8x!q>, tensor<4x8x!q>) -> tensor<4x8xf32>
  return
}

// -----

func.func @attention_c6_scores_beyond_all_memory(%q: tensor<2097152x1xf32>) {
  // expected-error@+2 {{'nn.attention' op scores 1x2097152x2097152 have more than 2^40 elements}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.attention %q, %q, %q heads 1 kv_heads 1 scale 0.5
      : (tensor<2097152x1xf32>, tensor<2097152x1xf32>, tensor<2097152x1xf32>)
      -> tensor<2097152x1xf32>
  return
}
