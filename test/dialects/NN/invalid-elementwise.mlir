// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @and_c1_numbers(%a: tensor<4xi1>, %b: tensor<4xi32>) {
  // expected-error@+1 {{'nn.and' op operand #1 must be statically shaped tensor of at most 2^40 elements of 1-bit signless integer values, but got 'tensor<4xi32>'}}
  %0 = nn.and %a, %b : (tensor<4xi1>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @and_c2_shapes_differ(%a: tensor<0xi1>, %b: tensor<3xi1>) {
  // expected-error@+2 {{'nn.and' op operands have shapes 0 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.and %a, %b : (tensor<0xi1>, tensor<3xi1>) -> tensor<3xi1>
  return
}

// -----

func.func @or_c1_numbers(%a: tensor<4xi1>, %b: tensor<4xi32>) {
  // expected-error@+1 {{'nn.or' op operand #1 must be statically shaped tensor of at most 2^40 elements of 1-bit signless integer values, but got 'tensor<4xi32>'}}
  %0 = nn.or %a, %b : (tensor<4xi1>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @or_c2_shapes_differ(%a: tensor<0xi1>, %b: tensor<3xi1>) {
  // expected-error@+2 {{'nn.or' op operands have shapes 0 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.or %a, %b : (tensor<0xi1>, tensor<3xi1>) -> tensor<3xi1>
  return
}

// -----

func.func @xor_c1_numbers(%a: tensor<4xi1>, %b: tensor<4xi32>) {
  // expected-error@+1 {{'nn.xor' op operand #1 must be statically shaped tensor of at most 2^40 elements of 1-bit signless integer values, but got 'tensor<4xi32>'}}
  %0 = nn.xor %a, %b : (tensor<4xi1>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @xor_c2_shapes_differ(%a: tensor<0xi1>, %b: tensor<3xi1>) {
  // expected-error@+2 {{'nn.xor' op operands have shapes 0 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.xor %a, %b : (tensor<0xi1>, tensor<3xi1>) -> tensor<3xi1>
  return
}

// -----

func.func @add_result_of_another_type(%a: tensor<4xf32>) {
  // expected-error@+2 {{'nn.add' op inferred type(s) 'tensor<4xf32>' are incompatible with return type(s) of operation 'tensor<4xf16>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.add %a, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf16>
  return
}

// -----

func.func @select_c1_types_differ(%c: tensor<4xi1>, %a: tensor<4xf32>,
                                  %b: tensor<4xf16>) {
  // expected-error@+2 {{'nn.select' op operands have element types 'f32' and 'f16', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.select %c, %a, %b
      : (tensor<4xi1>, tensor<4xf32>, tensor<4xf16>) -> tensor<4xf32>
  return
}

// -----

func.func @select_c2_values_do_not_broadcast(%c: tensor<4xi1>,
    %a: tensor<4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.select' op operands have shapes 4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.select %c, %a, %b
      : (tensor<4xi1>, tensor<4xf32>, tensor<3xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @select_c2_condition_does_not_broadcast(%c: tensor<3xi1>,
    %a: tensor<4xf32>, %b: tensor<f32>) {
  // expected-error@+2 {{'nn.select' op condition of shape 3 does not broadcast with 4}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.select %c, %a, %b
      : (tensor<3xi1>, tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return
}

// -----

func.func @clip_c1_empty_interval(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.clip' op minimum 1.000000e+00 is greater than maximum 0.000000e+00}}
  %0 = nn.clip %x {minimum = 1.0 : f64, maximum = 0.0 : f64} : tensor<4xf32>
  return
}

// -----

func.func @cast_shapes_differ(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.cast' op requires the same shape for all operands and results}}
  %0 = nn.cast %x : tensor<4xf32> to tensor<5xi32>
  return
}

// -----

func.func @gelu_approximation(%x: tensor<3xf32>) {
  // expected-error@+2 {{expected one of [none, tanh, sigmoid] for how the normal distribution is computed, got: fast}}
  // expected-error@+1 {{failed to parse NN_GeluApproximationAttr}}
  %0 = nn.gelu %x approximation fast : tensor<3xf32>
  return
}
