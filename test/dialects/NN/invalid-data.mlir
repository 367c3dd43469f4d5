// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @constant_c1_blob_is_short() {
  // expected-error@+1 {{'nn.constant' op blob 'short' must have 12 bytes for 'tensor<3xf32>', found 8}}
  %0 = nn.constant dense_resource<short> : tensor<3xf32>
  return
}

{-#
  dialect_resources: {
    builtin: {
      short: "0x040000000000803F00000040"
    }
  }
#-}

// -----

func.func @gather_c1_axis_beyond_the_rank(%x: tensor<5x6xf32>,
                                          %i: tensor<3xi64>) {
  // expected-error@+2 {{'nn.gather' op axis must be from 0 to 1, found 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather %x, %i axis 2
      : (tensor<5x6xf32>, tensor<3xi64>) -> tensor<5x6x3xf32>
  return
}

// -----

func.func @gather_c1_scalar(%x: tensor<f32>, %i: tensor<3xi64>) {
  // expected-error@+2 {{'nn.gather' op operand must have a dimension number 0, found a scalar}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.gather %x, %i axis 0
      : (tensor<f32>, tensor<3xi64>) -> tensor<3xf32>
  return
}

// -----

func.func @gather_indices_are_floats(%x: tensor<5x6xf32>, %i: tensor<3xf32>) {
  // expected-error@+1 {{'nn.gather' op operand #1 must be statically shaped tensor of at most 2^40 elements of 32-bit signless integer or 64-bit signless integer values, but got 'tensor<3xf32>'}}
  %0 = nn.gather %x, %i axis 0
      : (tensor<5x6xf32>, tensor<3xf32>) -> tensor<3x6xf32>
  return
}

// -----

func.func @embedding_c1_table_has_3_dimensions(%t: tensor<2x3x4xf32>,
                                               %i: tensor<3xi64>) {
  // expected-error@+2 {{'nn.embedding' op table must have 2 dimensions, found 3}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.embedding %t, %i
      : (tensor<2x3x4xf32>, tensor<3xi64>) -> tensor<3x3x4xf32>
  return
}

// -----

func.func @reduce_sum_c1_axis_beyond_the_rank(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.reduce_sum' op axes must be ascending and below the rank 2, found 2 after 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.reduce_sum %x axes [0, 2] : tensor<2x3xf32> -> tensor<f32>
  return
}

// -----

func.func @reduce_mean_c1_axis_is_negative(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.reduce_mean' op axes must be ascending and below the rank 2, found -1 after -1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.reduce_mean %x axes [-1] : tensor<2x3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @reduce_max_c1_axis_twice(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.reduce_max' op axes must be ascending and below the rank 2, found 1 after 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.reduce_max %x axes [1, 1] : tensor<2x3xf32> -> tensor<2xf32>
  return
}

// -----

func.func @reduce_min_c1_axes_descend(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.reduce_min' op axes must be ascending and below the rank 2, found 0 after 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.reduce_min %x axes [1, 0] : tensor<2x3xf32> -> tensor<f32>
  return
}

// -----

func.func @reduce_prod_c1_scalar(%x: tensor<f32>) {
  // expected-error@+2 {{'nn.reduce_prod' op axes must be ascending and below the rank 0, found 0 after -1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.reduce_prod %x axes [0] : tensor<f32> -> tensor<f32>
  return
}

// -----

func.func @arg_max_c1_axis_is_negative(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.arg_max' op axis must be from 0 to 1, found -1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.arg_max %x axis -1 : tensor<2x3xf32> -> tensor<2xi64>
  return
}

// -----

func.func @cum_sum_c1_axis_beyond_the_rank(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{'nn.cum_sum' op axis must be from 0 to 1, found 5}}
  %0 = nn.cum_sum %x axis 5 : tensor<2x3xf32>
  return
}
