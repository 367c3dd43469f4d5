// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @softmax_c1_axis_is_negative(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{'nn.softmax' op axis must be from 0 to 1, found -1}}
  %0 = nn.softmax %x axis -1 : tensor<2x3xf32>
  return
}

// -----

func.func @softmax_c1_scalar(%x: tensor<f32>) {
  // expected-error@+1 {{'nn.softmax' op operand must have a dimension number 0, found a scalar}}
  %0 = nn.softmax %x axis 0 : tensor<f32>
  return
}

// -----

func.func @layer_norm_c1_weight_is_not_the_end(%x: tensor<2x3xf32>,
                                               %w: tensor<2xf32>) {
  // expected-error@+2 {{'nn.layer_norm' op weight 'tensor<2xf32>' must be the end of the input, 'tensor<2x3xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.layer_norm %x, %w epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<2xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @layer_norm_c1_weight_is_a_scalar(%x: tensor<2x3xf32>,
                                            %w: tensor<f32>) {
  // expected-error@+2 {{'nn.layer_norm' op weight 'tensor<f32>' must be the end of the input, 'tensor<2x3xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.layer_norm %x, %w epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @layer_norm_c1_weight_of_another_type(%x: tensor<2x3xf32>,
                                                %w: tensor<3xf16>) {
  // expected-error@+2 {{'nn.layer_norm' op weight 'tensor<3xf16>' must be the end of the input, 'tensor<2x3xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.layer_norm %x, %w epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<3xf16>) -> tensor<2x3xf32>
  return
}

// -----

func.func @layer_norm_c2_bias_of_another_shape(%x: tensor<2x3xf32>,
    %w: tensor<3xf32>, %b: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.layer_norm' op bias 'tensor<2x3xf32>' must have the weight's type, 'tensor<3xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.layer_norm %x, %w bias %b epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @layer_norm_c3_epsilon_is_negative(%x: tensor<2x3xf32>,
                                             %w: tensor<3xf32>) {
  // expected-error@+2 {{'nn.layer_norm' op epsilon must not be negative, found -1.000000e+00}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.layer_norm %x, %w epsilon -1.0
      : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// -----

func.func @rms_norm_c1_weight_has_more_dimensions(%x: tensor<3xf32>,
                                                  %w: tensor<2x3xf32>) {
  // expected-error@+2 {{'nn.rms_norm' op weight 'tensor<2x3xf32>' must be the end of the input, 'tensor<3xf32>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rms_norm %x, %w epsilon 1.0e-5
      : (tensor<3xf32>, tensor<2x3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @rms_norm_c2_epsilon_is_not_a_number(%x: tensor<2x3xf32>,
                                               %w: tensor<3xf32>) {
  // expected-error@+2 {{'nn.rms_norm' op epsilon must not be negative, found nan}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.rms_norm %x, %w epsilon 0x7FF8000000000000
      : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}
