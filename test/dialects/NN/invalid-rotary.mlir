// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @rotary_embedding_c1_tables_differ(
    %x: tensor<3x8xf32>, %c: tensor<3x4xf32>, %s: tensor<4xf32>) {
  // expected-error@+2 {{'nn.rotary_embedding' op cosine 'tensor<3x4xf32>' and sine 'tensor<4xf32>' must have one type, and the input's element type, 'f32'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rotary_embedding %x, %c, %s
      : (tensor<3x8xf32>, tensor<3x4xf32>, tensor<4xf32>) -> tensor<3x8xf32>
  return
}

// -----

func.func @rotary_embedding_c1_element_types_differ(
    %x: tensor<3x8xf16>, %c: tensor<3x4xf32>, %s: tensor<3x4xf32>) {
  // expected-error@+2 {{'nn.rotary_embedding' op cosine 'tensor<3x4xf32>' and sine 'tensor<3x4xf32>' must have one type, and the input's element type, 'f16'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rotary_embedding %x, %c, %s
      : (tensor<3x8xf16>, tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x8xf16>
  return
}

// -----

func.func @rotary_embedding_c2_too_many_pairs(
    %x: tensor<3x8xf32>, %c: tensor<3x5xf32>, %s: tensor<3x5xf32>) {
  // expected-error@+2 {{'nn.rotary_embedding' op tables 3x5 must end in at most half as many elements as the input, 3x8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rotary_embedding %x, %c, %s
      : (tensor<3x8xf32>, tensor<3x5xf32>, tensor<3x5xf32>) -> tensor<3x8xf32>
  return
}

// -----

func.func @rotary_embedding_c2_scalar(
    %x: tensor<f32>, %c: tensor<f32>, %s: tensor<f32>) {
  // expected-error@+2 {{'nn.rotary_embedding' op tables [] must end in at most half as many elements as the input, []}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rotary_embedding %x, %c, %s
      : (tensor<f32>, tensor<f32>, tensor<f32>) -> tensor<f32>
  return
}

// -----

func.func @rotary_embedding_c3_tables_do_not_broadcast(
    %x: tensor<3x8xf32>, %c: tensor<2x4xf32>, %s: tensor<2x4xf32>) {
  // expected-error@+2 {{'nn.rotary_embedding' op tables 2x4 do not broadcast to the input, 3x8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rotary_embedding %x, %c, %s
      : (tensor<3x8xf32>, tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<3x8xf32>
  return
}

// -----

func.func @rotary_embedding_c3_tables_are_larger(
    %x: tensor<3x8xf32>, %c: tensor<2x3x4xf32>, %s: tensor<2x3x4xf32>) {
  // expected-error@+2 {{'nn.rotary_embedding' op tables 2x3x4 do not broadcast to the input, 3x8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rotary_embedding %x, %c, %s
      : (tensor<3x8xf32>, tensor<2x3x4xf32>, tensor<2x3x4xf32>)
      -> tensor<3x8xf32>
  return
}
