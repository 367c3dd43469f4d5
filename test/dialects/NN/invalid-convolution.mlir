// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @conv_c1_input_has_3_dimensions(%x: tensor<3x8x8xf32>,
                                          %w: tensor<6x3x3x3xf32>) {
  // expected-error@+2 {{'nn.conv' op input and weight must have 4 dimensions, found 3 and 4}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1] groups 1
      : (tensor<3x8x8xf32>, tensor<6x3x3x3xf32>) -> tensor<1x6x6x6xf32>
  return
}

// -----

func.func @conv_c2_groups_do_not_divide(%x: tensor<1x3x8x8xf32>,
                                        %w: tensor<6x1x3x3xf32>) {
  // expected-error@+2 {{'nn.conv' op 2 groups do not go with 3 channels, 6 features and 1 channels of the weight}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1] groups 2
      : (tensor<1x3x8x8xf32>, tensor<6x1x3x3xf32>) -> tensor<1x6x6x6xf32>
  return
}

// -----

func.func @conv_c2_no_groups(%x: tensor<1x3x8x8xf32>,
                             %w: tensor<6x3x3x3xf32>) {
  // expected-error@+2 {{'nn.conv' op 0 groups do not go with 3 channels, 6 features and 3 channels of the weight}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1] groups 0
      : (tensor<1x3x8x8xf32>, tensor<6x3x3x3xf32>) -> tensor<1x6x6x6xf32>
  return
}

// -----

func.func @conv_c3_stride_is_zero(%x: tensor<1x3x8x8xf32>,
                                  %w: tensor<6x3x3x3xf32>) {
  // expected-error@+2 {{'nn.conv' op needs 2 strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 0] pads [0, 0, 0, 0] dilations [1, 1] groups 1
      : (tensor<1x3x8x8xf32>, tensor<6x3x3x3xf32>) -> tensor<1x6x6x6xf32>
  return
}

// -----

func.func @conv_c3_two_pads(%x: tensor<1x3x8x8xf32>, %w: tensor<6x3x3x3xf32>) {
  // expected-error@+2 {{'nn.conv' op needs 2 strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0] dilations [1, 1] groups 1
      : (tensor<1x3x8x8xf32>, tensor<6x3x3x3xf32>) -> tensor<1x6x6x6xf32>
  return
}

// -----

func.func @conv_c3_pads_overflow(%x: tensor<1x3x8x8xf32>,
                                 %w: tensor<6x3x3x3xf32>) {
  // expected-error@+2 {{'nn.conv' op needs 2 strides and dilations from 1 to 2^40 and 4 pads from 0 to 2^40}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1]
      pads [9223372036854775807, 0, 9223372036854775807, 0] dilations [1, 1]
      groups 1
      : (tensor<1x3x8x8xf32>, tensor<6x3x3x3xf32>) -> tensor<1x6x6x6xf32>
  return
}

// -----

func.func @conv_c4_kernel_is_too_large(%x: tensor<1x3x8x8xf32>,
                                       %w: tensor<6x3x3x3xf32>) {
  // expected-error@+2 {{'nn.conv' op kernel reaches over 11 elements of dimension 3, the padded input has 10}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 1, 0, 1] dilations [1, 5] groups 1
      : (tensor<1x3x8x8xf32>, tensor<6x3x3x3xf32>) -> tensor<1x6x6x1xf32>
  return
}

// -----

func.func @conv_c4_reach_overflows(%x: tensor<1x1x8x8xf32>,
                                   %w: tensor<1x1x1099511627776x1xf32>) {
  // expected-error@+2 {{'nn.conv' op kernel reaches over 18446744073709551615 elements of dimension 2, the padded input has 8}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0]
      dilations [1099511627776, 1] groups 1
      : (tensor<1x1x8x8xf32>, tensor<1x1x1099511627776x1xf32>)
      -> tensor<1x1x1x8xf32>
  return
}

// -----

func.func @conv_c4_kernel_is_empty(%x: tensor<1x3x8x8xf32>,
                                   %w: tensor<6x3x0x3xf32>) {
  // expected-error@+2 {{'nn.conv' op kernel is empty in dimension 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1] groups 1
      : (tensor<1x3x8x8xf32>, tensor<6x3x0x3xf32>) -> tensor<1x6x9x6xf32>
  return
}

// -----

func.func @conv_c4_windows_beyond_all_memory(%x: tensor<1x1x8x8xf32>,
    %w: tensor<1x1x1048576x1048576xf32>) {
  // expected-error@+2 {{'nn.conv' op windows of 1048576x1048576 at 9x9 positions have more than 2^40 elements}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [1048576, 1048576, 0, 0]
      dilations [1, 1] groups 1
      : (tensor<1x1x8x8xf32>, tensor<1x1x1048576x1048576xf32>)
      -> tensor<1x1x9x9xf32>
  return
}

// -----

func.func @conv_c5_bias_is_long(%x: tensor<1x3x8x8xf32>,
    %w: tensor<6x3x3x3xf32>, %b: tensor<7xf32>) {
  // expected-error@+2 {{'nn.conv' op bias must be 'tensor<6xf32>', found 'tensor<7xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w bias %b strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1]
      groups 1 : (tensor<1x3x8x8xf32>, tensor<6x3x3x3xf32>, tensor<7xf32>)
      -> tensor<1x6x6x6xf32>
  return
}

// -----

func.func @conv_c6_types_differ(%x: tensor<1x3x8x8xf32>,
                                %w: tensor<6x3x3x3xf16>) {
  // expected-error@+2 {{'nn.conv' op operands have element types 'f32' and 'f16'; they must be equal, or quantized and express one type}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1] groups 1
      : (tensor<1x3x8x8xf32>, tensor<6x3x3x3xf16>) -> tensor<1x6x6x6xf32>
  return
}
