// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @concat_c1_no_operand() {
  // expected-error@+2 {{'nn.concat' op needs at least one operand}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.concat axis 0 : () -> tensor<2xf32>
  return
}

// -----

func.func @concat_c2_axis_beyond_the_rank(%x: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.concat' op axis must be from 0 to 1, found 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.concat %x, %x axis 2
      : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @concat_c3_other_dimension_differs(%x: tensor<2x3xf32>,
                                             %y: tensor<3x3xf32>) {
  // expected-error@+2 {{'nn.concat' op operands 'tensor<2x3xf32>' and 'tensor<3x3xf32>' differ in more than dimension 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.concat %x, %y axis 1
      : (tensor<2x3xf32>, tensor<3x3xf32>) -> tensor<2x6xf32>
  return
}

// -----

func.func @concat_c3_rank_differs(%x: tensor<2x3xf32>, %y: tensor<2xf32>) {
  // expected-error@+2 {{'nn.concat' op operands 'tensor<2x3xf32>' and 'tensor<2xf32>' differ in more than dimension 1}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.concat %x, %y axis 1
      : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @concat_c3_types_differ(%x: tensor<2xf32>, %y: tensor<2xf16>) {
  // expected-error@+2 {{'nn.concat' op operands 'tensor<2xf32>' and 'tensor<2xf16>' differ in more than dimension 0}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.concat %x, %y axis 0
      : (tensor<2xf32>, tensor<2xf16>) -> tensor<4xf32>
  return
}

// -----

func.func @expand_c1_types_differ(%x: tensor<1xf32>) {
  // expected-error@+1 {{'nn.expand' op operand has element type 'f32', result 'f16'}}
  %0 = nn.expand %x : tensor<1xf32> to tensor<4xf16>
  return
}

// -----

func.func @expand_c2_size_differs(%x: tensor<2xf32>) {
  // expected-error@+1 {{'nn.expand' op 'tensor<2xf32>' does not broadcast to 'tensor<4xf32>'}}
  %0 = nn.expand %x : tensor<2xf32> to tensor<4xf32>
  return
}

// -----

func.func @expand_c2_result_is_smaller(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.expand' op 'tensor<4xf32>' does not broadcast to 'tensor<1xf32>'}}
  %0 = nn.expand %x : tensor<4xf32> to tensor<1xf32>
  return
}

// -----

func.func @pad_c1_number_is_negative(%x: tensor<2x2xf32>) {
  // expected-error@+2 {{'nn.pad' op needs 2 low and high numbers from 0 to 2^40, found [0, -1] and [1, 1]}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.pad %x low [0, -1] high [1, 1] value 0.0
      : tensor<2x2xf32> -> tensor<3x2xf32>
  return
}

// -----

func.func @pad_c1_number_missing(%x: tensor<2x2xf32>) {
  // expected-error@+2 {{'nn.pad' op needs 2 low and high numbers from 0 to 2^40, found [0] and [1, 1]}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.pad %x low [0] high [1, 1] value 0.0
      : tensor<2x2xf32> -> tensor<3x3xf32>
  return
}

// -----

func.func @pad_c1_sum_overflows(%x: tensor<2xf32>) {
  // expected-error@+2 {{'nn.pad' op needs 1 low and high numbers from 0 to 2^40, found [9223372036854775807] and [0]}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.pad %x low [9223372036854775807] high [0] value 0.0
      : tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

func.func @trilu_c1_vector(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.trilu' op needs 2 dimensions or more, found 1}}
  %0 = nn.trilu %x diagonal 0 : tensor<4xf32>
  return
}
