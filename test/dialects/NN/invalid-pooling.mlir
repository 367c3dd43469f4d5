// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @max_pool_c1_no_spatial_dimension(%x: tensor<3x8xf32>) {
  // expected-error@+2 {{'nn.max_pool' op input must have 3 dimensions or more, found 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max_pool %x kernel [] strides [] pads [] dilations []
      : tensor<3x8xf32> -> tensor<3x8xf32>
  return
}

// -----

func.func @max_pool_c2_one_stride(%x: tensor<1x3x8x8xf32>) {
  // expected-error@+2 {{'nn.max_pool' op needs 2 kernel sizes, strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max_pool %x kernel [2, 2] strides [2] pads [0, 0, 0, 0]
      dilations [1, 1]
      : tensor<1x3x8x8xf32> -> tensor<1x3x4x4xf32>
  return
}

// -----

func.func @max_pool_c3_kernel_is_too_large(%x: tensor<1x3x8xf32>) {
  // expected-error@+2 {{'nn.max_pool' op kernel reaches over 9 elements of dimension 2, the padded input has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max_pool %x kernel [5] strides [1] pads [0, 0] dilations [2]
      : tensor<1x3x8xf32> -> tensor<1x3x1xf32>
  return
}

// -----

func.func @arg_max_pool_c1_no_spatial_dimension(%x: tensor<3x8xf32>) {
  // expected-error@+2 {{'nn.arg_max_pool' op input must have 3 dimensions or more, found 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.arg_max_pool %x kernel [] strides [] pads [] dilations []
      : tensor<3x8xf32> -> tensor<3x8xi64>
  return
}

// -----

func.func @arg_max_pool_c2_one_stride(%x: tensor<1x3x8x8xf32>) {
  // expected-error@+2 {{'nn.arg_max_pool' op needs 2 kernel sizes, strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.arg_max_pool %x kernel [2, 2] strides [2] pads [0, 0, 0, 0]
      dilations [1, 1]
      : tensor<1x3x8x8xf32> -> tensor<1x3x4x4xi64>
  return
}

// -----

func.func @arg_max_pool_c3_kernel_is_too_large(%x: tensor<1x3x8xf32>) {
  // expected-error@+2 {{'nn.arg_max_pool' op kernel reaches over 9 elements of dimension 2, the padded input has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.arg_max_pool %x kernel [5] strides [1] pads [0, 0] dilations [2]
      : tensor<1x3x8xf32> -> tensor<1x3x1xi64>
  return
}

// -----

func.func @average_pool_c1_no_spatial_dimension(%x: tensor<3x8xf32>) {
  // expected-error@+2 {{'nn.average_pool' op input must have 3 dimensions or more, found 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.average_pool %x kernel [] strides [] pads [] dilations []
      : tensor<3x8xf32> -> tensor<3x8xf32>
  return
}

// -----

func.func @average_pool_c2_one_stride(%x: tensor<1x3x8x8xf32>) {
  // expected-error@+2 {{'nn.average_pool' op needs 2 kernel sizes, strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.average_pool %x kernel [2, 2] strides [2] pads [0, 0, 0, 0]
      dilations [1, 1]
      : tensor<1x3x8x8xf32> -> tensor<1x3x4x4xf32>
  return
}

// -----

func.func @average_pool_c3_kernel_is_too_large(%x: tensor<1x3x8xf32>) {
  // expected-error@+2 {{'nn.average_pool' op kernel reaches over 9 elements of dimension 2, the padded input has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.average_pool %x kernel [5] strides [1] pads [0, 0] dilations [2]
      : tensor<1x3x8xf32> -> tensor<1x3x1xf32>
  return
}

// -----

func.func @max_pool_c2_negative_pad(%x: tensor<1x3x8xf32>) {
  // expected-error@+2 {{'nn.max_pool' op needs 1 kernel sizes, strides and dilations from 1 to 2^40 and 2 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max_pool %x kernel [2] strides [2] pads [0, -1] dilations [1]
      : tensor<1x3x8xf32> -> tensor<1x3x4xf32>
  return
}

// -----

func.func @max_pool_c3_windows_beyond_all_memory(%x: tensor<1x1x549755813888x2xf32>) {
  // expected-error@+2 {{'nn.max_pool' op windows of 4x1 at 549755813885x2 positions have more than 2^40 elements}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max_pool %x kernel [4, 1] strides [1, 1] pads [0, 0, 0, 0]
      dilations [1, 1]
      : tensor<1x1x549755813888x2xf32> -> tensor<1x1x549755813885x2xf32>
  return
}

// -----

func.func @max_pool_c4_first_window(%x: tensor<1x3x8xf32>) {
  // expected-error@+2 {{'nn.max_pool' op a window of 2 elements in steps of 1 covers only padding of dimension 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max_pool %x kernel [2] strides [1] pads [2, 0] dilations [1]
      : tensor<1x3x8xf32> -> tensor<1x3x9xf32>
  return
}

// -----

func.func @average_pool_c4_last_window(%x: tensor<1x3x8xf32>) {
  // expected-error@+2 {{'nn.average_pool' op a window of 2 elements in steps of 1 covers only padding of dimension 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.average_pool %x kernel [2] strides [1] pads [0, 2] dilations [1]
      : tensor<1x3x8xf32> -> tensor<1x3x9xf32>
  return
}

// -----

func.func @arg_max_pool_c4_window_passes_over_the_input(%x: tensor<1x3x2xf32>) {
  // expected-error@+2 {{'nn.arg_max_pool' op a window of 2 elements in steps of 4 covers only padding of dimension 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.arg_max_pool %x kernel [2] strides [1] pads [2, 2] dilations [4]
      : tensor<1x3x2xf32> -> tensor<1x3x2xi64>
  return
}
