// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @gather_elements_c1_axis(%x: tensor<2x5xf32>, %i: tensor<2x3xi64>) {
  // expected-error@+2 {{'nn.gather_elements' op axis must be from 0 to 1, found 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather_elements %x, %i axis 2
      : (tensor<2x5xf32>, tensor<2x3xi64>) -> tensor<2x3xf32>
  return
}

// -----

func.func @gather_elements_c2_ranks_differ(%x: tensor<2x5xf32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{'nn.gather_elements' op indices of shape 3 must lie within the input, 2x5, but for dimension 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather_elements %x, %i axis 1
      : (tensor<2x5xf32>, tensor<3xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @gather_elements_c2_indices_are_longer(%x: tensor<2x5xf32>, %i: tensor<3x3xi64>) {
  // expected-error@+2 {{'nn.gather_elements' op indices of shape 3x3 must lie within the input, 2x5, but for dimension 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather_elements %x, %i axis 1
      : (tensor<2x5xf32>, tensor<3x3xi64>) -> tensor<3x3xf32>
  return
}

// -----

func.func @gather_nd_c1_batches_differ(%x: tensor<4x5xf32>, %i: tensor<3x2xi64>) {
  // expected-error@+2 {{'nn.gather_nd' op indices of shape 3x2 and input of shape 4x5 must have 1 leading dimensions in common}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather_nd %x, %i batch_dims 1
      : (tensor<4x5xf32>, tensor<3x2xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @gather_nd_c1_no_tuples(%x: tensor<4x5xf32>, %i: tensor<4xi64>) {
  // expected-error@+2 {{'nn.gather_nd' op indices of shape 4 and input of shape 4x5 must have 1 leading dimensions in common}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather_nd %x, %i batch_dims 1
      : (tensor<4x5xf32>, tensor<4xi64>) -> tensor<4xf32>
  return
}

// -----

func.func @gather_nd_c2_tuple_is_too_long(%x: tensor<4x5xf32>, %i: tensor<3x3xi64>) {
  // expected-error@+2 {{'nn.gather_nd' op tuples must have from 1 to 2 indices, found 3}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather_nd %x, %i batch_dims 0
      : (tensor<4x5xf32>, tensor<3x3xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @scatter_elements_c1_axis(%x: tensor<2x5xf32>, %i: tensor<2x3xi64>, %u: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.scatter_elements' op axis must be from 0 to 1, found -1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.scatter_elements %x, %i, %u axis -1 add
      : (tensor<2x5xf32>, tensor<2x3xi64>, tensor<2x3xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @scatter_elements_c2_indices_are_longer(%x: tensor<2x5xf32>, %i: tensor<2x6xi64>, %u: tensor<2x6xf32>) {
  // expected-error@+2 {{'nn.scatter_elements' op indices of shape 2x6 must lie within the input, 2x5, but for dimension 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.scatter_elements %x, %i, %u axis 0 add
      : (tensor<2x5xf32>, tensor<2x6xi64>, tensor<2x6xf32>) -> tensor<2x5xf32>
  return
}

// -----

func.func @scatter_elements_c3_updates(%x: tensor<2x5xf32>, %i: tensor<2x3xi64>, %u: tensor<2x3xf16>) {
  // expected-error@+2 {{'nn.scatter_elements' op updates must be 'tensor<2x3xf32>', found 'tensor<2x3xf16>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.scatter_elements %x, %i, %u axis 1 add
      : (tensor<2x5xf32>, tensor<2x3xi64>, tensor<2x3xf16>) -> tensor<2x5xf32>
  return
}

// -----

func.func @scatter_nd_c1_tuple_is_too_long(%x: tensor<4x6xf32>, %i: tensor<2x3xi64>, %u: tensor<2xf32>) {
  // expected-error@+2 {{'nn.scatter_nd' op tuples must have from 1 to 2 indices, found 3}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.scatter_nd %x, %i, %u replace
      : (tensor<4x6xf32>, tensor<2x3xi64>, tensor<2xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @scatter_nd_c1_no_tuples(%x: tensor<4x6xf32>, %i: tensor<i64>, %u: tensor<6xf32>) {
  // expected-error@+2 {{'nn.scatter_nd' op tuples must have from 1 to 2 indices, found 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.scatter_nd %x, %i, %u replace
      : (tensor<4x6xf32>, tensor<i64>, tensor<6xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @scatter_nd_c2_updates(%x: tensor<4x6xf32>, %i: tensor<2x1xi64>, %u: tensor<2x5xf32>) {
  // expected-error@+2 {{'nn.scatter_nd' op updates must be 'tensor<2x6xf32>', found 'tensor<2x5xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.scatter_nd %x, %i, %u replace
      : (tensor<4x6xf32>, tensor<2x1xi64>, tensor<2x5xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @top_k_c1_axis(%x: tensor<2x5xf32>) {
  // expected-error@+2 {{'nn.top_k' op axis must be from 0 to 1, found 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.top_k %x axis 2 count 1
      : tensor<2x5xf32> -> tensor<2x1xi64>
  return
}

// -----

func.func @top_k_c2_count(%x: tensor<2x5xf32>) {
  // expected-error@+2 {{'nn.top_k' op count must be from 0 to 5, found 6}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.top_k %x axis 1 count 6
      : tensor<2x5xf32> -> tensor<2x6xi64>
  return
}
