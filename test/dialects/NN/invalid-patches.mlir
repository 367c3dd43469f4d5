// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @patches_c1_input_has_3_dimensions(%x: tensor<3x8x8xf32>) {
  // expected-error@+2 {{'nn.patches' op input must have 4 dimensions, found 3}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.patches %x kernel [2, 2] strides [2, 2] pads [0, 0, 0, 0]
      dilations [1, 1] : tensor<3x8x8xf32> -> tensor<1x16x12xf32>
  return
}

// -----

func.func @patches_c2_kernel_is_empty(%x: tensor<1x3x8x8xf32>) {
  // expected-error@+2 {{'nn.patches' op needs 2 kernel sizes, strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.patches %x kernel [0, 2] strides [2, 2] pads [0, 0, 0, 0]
      dilations [1, 1] : tensor<1x3x8x8xf32> -> tensor<1x16x12xf32>
  return
}

// -----

func.func @patches_c2_one_stride(%x: tensor<1x3x8x8xf32>) {
  // expected-error@+2 {{'nn.patches' op needs 2 kernel sizes, strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.patches %x kernel [2, 2] strides [2] pads [0, 0, 0, 0]
      dilations [1, 1] : tensor<1x3x8x8xf32> -> tensor<1x16x12xf32>
  return
}

// -----

func.func @patches_c3_kernel_is_too_large(%x: tensor<1x3x8x8xf32>) {
  // expected-error@+2 {{'nn.patches' op kernel reaches over 9 elements of dimension 2, the padded input has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.patches %x kernel [9, 2] strides [2, 2] pads [0, 0, 0, 0]
      dilations [1, 1] : tensor<1x3x8x8xf32> -> tensor<1x16x12xf32>
  return
}

// -----

func.func @patches_c3_windows_beyond_all_memory(%x: tensor<1x1x8x8xf32>) {
  // expected-error@+2 {{'nn.patches' op windows of 1x1 at 1099511627776x8 positions have more than 2^40 elements}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.patches %x kernel [1, 1] strides [1, 1] pads [1099511627768, 0, 0, 0]
      dilations [1, 1] : tensor<1x1x8x8xf32> -> tensor<1x16x12xf32>
  return
}
