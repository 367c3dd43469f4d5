// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @reshape_c1_counts_differ(%x: tensor<2x6xf32>) {
  // expected-error@+1 {{'nn.reshape' op operand has 12 elements, result 10}}
  %0 = nn.reshape %x : tensor<2x6xf32> to tensor<10xf32>
  return
}

// -----

func.func @reshape_c2_types_differ(%x: tensor<2x6xf32>) {
  // expected-error@+1 {{'nn.reshape' op operand has element type 'f32', result 'i32'}}
  %0 = nn.reshape %x : tensor<2x6xf32> to tensor<12xi32>
  return
}

// -----

func.func @transpose_c1_dimension_twice(%x: tensor<2x6xf32>) {
  // expected-error@+2 {{'nn.transpose' op permutation must hold each of the 2 dimensions once, found [1, 1]}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.transpose %x [1, 1] : tensor<2x6xf32> -> tensor<6x6xf32>
  return
}

// -----

func.func @transpose_c1_dimension_missing(%x: tensor<2x6xf32>) {
  // expected-error@+2 {{'nn.transpose' op permutation must hold each of the 2 dimensions once, found [0]}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.transpose %x [0] : tensor<2x6xf32> -> tensor<2xf32>
  return
}

// -----

func.func @transpose_c1_dimension_is_negative(%x: tensor<2x6xf32>) {
  // expected-error@+2 {{'nn.transpose' op permutation must hold each of the 2 dimensions once, found [-1, 0]}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.transpose %x [-1, 0] : tensor<2x6xf32> -> tensor<6x2xf32>
  return
}

// -----

func.func @slice_c1_sizes_missing(%x: tensor<8x6xf32>) {
  // expected-error@+2 {{'nn.slice' op needs 2 offsets, sizes and strides, found 2, 1 and 3}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.slice %x offsets [0, 3] sizes [4] strides [2, 1, 1]
      : tensor<8x6xf32> -> tensor<4x3xf32>
  return
}

// -----

func.func @slice_c2_leaves_at_the_end(%x: tensor<8x6xf32>) {
  // expected-error@+2 {{'nn.slice' op 4 elements of dimension 0 from 2 with stride 2 leave the operand, which has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.slice %x offsets [2, 3] sizes [4, 3] strides [2, 1]
      : tensor<8x6xf32> -> tensor<4x3xf32>
  return
}

// -----

func.func @slice_c2_leaves_at_the_begin(%x: tensor<8xf32>) {
  // expected-error@+2 {{'nn.slice' op 3 elements of dimension 0 from 1 with stride -1 leave the operand, which has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.slice %x offsets [1] sizes [3] strides [-1]
      : tensor<8xf32> -> tensor<3xf32>
  return
}

// -----

func.func @slice_c2_last_element_overflows(%x: tensor<8xf32>) {
  // expected-error@+2 {{'nn.slice' op 3 elements of dimension 0 from 0 with stride 9223372036854775807 leave the operand, which has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.slice %x offsets [0] sizes [3] strides [9223372036854775807]
      : tensor<8xf32> -> tensor<3xf32>
  return
}

// -----

func.func @slice_c2_size_is_negative(%x: tensor<8xf32>) {
  // expected-error@+2 {{'nn.slice' op size of dimension 0 is negative, found -1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.slice %x offsets [0] sizes [-1] strides [1]
      : tensor<8xf32> -> tensor<1xf32>
  return
}

// -----

func.func @slice_c3_stride_is_zero(%x: tensor<8xf32>) {
  // expected-error@+2 {{'nn.slice' op stride of dimension 0 is zero}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.slice %x offsets [0] sizes [1] strides [0]
      : tensor<8xf32> -> tensor<1xf32>
  return
}
