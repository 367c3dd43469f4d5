// RUN: atleus-opt %s -split-input-file -verify-diagnostics

// The types that every op of the dialect refuses.

func.func @dynamic_shape(%x: tensor<?xf32>) {
  // expected-error@+1 {{'nn.abs' op operand #0 must be statically shaped tensor of at most 2^40 elements of floating-point or integer of at most 64 bits values, but got 'tensor<?xf32>'}}
  %0 = nn.abs %x : tensor<?xf32>
  return
}

// -----

func.func @unranked(%x: tensor<*xf32>) {
  // expected-error@+1 {{invalid kind of type specified: expected builtin.tensor, but found 'tensor<*xf32>'}}
  %0 = nn.abs %x : tensor<*xf32>
  return
}

// -----

func.func @not_a_tensor(%x: vector<4xf32>) {
  // expected-error@+1 {{invalid kind of type specified: expected builtin.tensor, but found 'vector<4xf32>'}}
  %0 = nn.abs %x : vector<4xf32>
  return
}

// -----

func.func @element_count_overflows(
    %x: tensor<9223372036854775807x9223372036854775807xf32>) {
  // expected-error@+1 {{'nn.abs' op operand #0 must be statically shaped tensor of at most 2^40 elements}}
  %0 = nn.abs %x : tensor<9223372036854775807x9223372036854775807xf32>
  return
}

// -----

func.func @too_many_elements(%x: tensor<1048577x1048576xf32>) {
  // expected-error@+1 {{'nn.abs' op operand #0 must be statically shaped tensor of at most 2^40 elements}}
  %0 = nn.abs %x : tensor<1048577x1048576xf32>
  return
}

// -----

func.func @huge_dimension_of_no_elements(
    %x: tensor<0x9223372036854775807xf32>) {
  // expected-error@+1 {{'nn.abs' op operand #0 must be statically shaped tensor of at most 2^40 elements}}
  %0 = nn.abs %x : tensor<0x9223372036854775807xf32>
  return
}

// -----

func.func @integer_of_128_bits(%x: tensor<4xi128>) {
  // expected-error@+1 {{'nn.abs' op operand #0 must be statically shaped tensor of at most 2^40 elements of floating-point or integer of at most 64 bits values, but got 'tensor<4xi128>'}}
  %0 = nn.abs %x : tensor<4xi128>
  return
}

// -----

func.func @index_elements(%x: tensor<4xindex>) {
  // expected-error@+1 {{but got 'tensor<4xindex>'}}
  %0 = nn.abs %x : tensor<4xindex>
  return
}

// -----

func.func @integers_have_no_exponential(%x: tensor<4xi32>) {
  // expected-error@+1 {{'nn.exp' op operand #0 must be statically shaped tensor of at most 2^40 elements of floating-point values, but got 'tensor<4xi32>'}}
  %0 = nn.exp %x : tensor<4xi32>
  return
}

// -----

func.func @not_of_numbers(%x: tensor<4xi32>) {
  // expected-error@+1 {{'nn.not' op operand #0 must be statically shaped tensor of at most 2^40 elements of 1-bit signless integer values, but got 'tensor<4xi32>'}}
  %0 = nn.not %x : tensor<4xi32>
  return
}

// -----

func.func @quantized_type_without_expressed_type(%x: tensor<4x!quant.any<i8>>) {
  // expected-error@+1 {{'nn.dequantize' op operand #0 must be statically shaped tensor of at most 2^40 elements of floating-point or quantized type with storage and expressed type or codes of a codebook values, but got 'tensor<4x!quant.any<i8>>'}}
  %0 = nn.dequantize %x : tensor<4x!quant.any<i8>> to tensor<4xf32>
  return
}

// -----

func.func @quantized_type_without_storage(
    %x: tensor<4x!quant.calibrated<f32<-1.0:1.0>>>) {
  // expected-error@+1 {{'nn.reshape' op operand #0 must be statically shaped tensor of at most 2^40 elements}}
  %0 = nn.reshape %x : tensor<4x!quant.calibrated<f32<-1.0:1.0>>>
      to tensor<2x2x!quant.calibrated<f32<-1.0:1.0>>>
  return
}

// -----

func.func @constant_of_a_vector() {
  // expected-error@+1 {{'nn.constant' op result #0 must be statically shaped tensor of at most 2^40 elements}}
  %0 = "nn.constant"() <{value = dense<1.0> : vector<2xf32>}>
      : () -> vector<2xf32>
  return
}
