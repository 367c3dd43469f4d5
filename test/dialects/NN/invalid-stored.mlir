// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @storage_cast_c1_width_differs(%x: tensor<4xi8>) {
  // expected-error@+1 {{'nn.storage_cast' op needs integers of equal width and sign, found 'i8' and '!quant.uniform<i4:f32, 5.000000e-01>'}}
  %0 = nn.storage_cast %x
      : tensor<4xi8> to tensor<4x!quant.uniform<i4:f32, 0.5>>
  return
}

// -----

func.func @storage_cast_c1_sign_differs(%x: tensor<4xi8>) {
  // expected-error@+1 {{'nn.storage_cast' op needs integers of equal width and sign, found 'i8' and '!quant.uniform<u8:f32, 5.000000e-01>'}}
  %0 = nn.storage_cast %x
      : tensor<4xi8> to tensor<4x!quant.uniform<u8:f32, 0.5>>
  return
}

// -----

func.func @storage_cast_c1_float(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.storage_cast' op needs integers of equal width and sign, found 'f32' and 'f32'}}
  %0 = nn.storage_cast %x : tensor<4xf32> to tensor<4xf32>
  return
}

// -----

func.func @storage_cast_c2_one_scale_of_two(%x: tensor<4x2xi8>) {
  // expected-error@+1 {{'nn.storage_cast' op type has 2 scales along axis 0 of 'tensor<4x2x!quant.uniform<i8:f32:0, {5.000000e-01,2.500000e-01}>>'}}
  %0 = nn.storage_cast %x : tensor<4x2xi8>
      to tensor<4x2x!quant.uniform<i8:f32:0, {0.5, 0.25}>>
  return
}

// -----

func.func @storage_cast_c3_no_scale(%x: tensor<4xi8>) {
  // expected-error@+1 {{'nn.storage_cast' op cannot give integers the type '!quant.any<i8:f32>', which has no scale}}
  %0 = nn.storage_cast %x : tensor<4xi8> to tensor<4x!quant.any<i8:f32>>
  return
}

// -----

func.func @scale_c1_known_scale(%x: tensor<4x!quant.uniform<i8:f32, 0.5>>) {
  // expected-error@+2 {{'nn.scale' op needs a value of type '!quant.any', found '!quant.uniform<i8:f32, 5.000000e-01>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.scale %x : tensor<4x!quant.uniform<i8:f32, 0.5>> -> tensor<f32>
  return
}

// -----

func.func @zero_point_c1_float(%x: tensor<4xf32>) {
  // expected-error@+2 {{'nn.zero_point' op needs a value of type '!quant.any', found 'f32'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.zero_point %x : tensor<4xf32> -> tensor<ui8>
  return
}

// -----

func.func @integer_matmul_c1_vector(%a: tensor<8xi8>, %b: tensor<8x2xi8>) {
  // expected-error@+2 {{'nn.integer_matmul' op operands must have 2 dimensions or more, found 1 and 2}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.integer_matmul %a, %b
      : (tensor<8xi8>, tensor<8x2xi8>) -> tensor<2xi32>
  return
}

// -----

func.func @integer_matmul_c2_inner(%a: tensor<3x8xi8>, %b: tensor<7x2xi8>) {
  // expected-error@+2 {{'nn.integer_matmul' op inner dimensions are 8 and 7, which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.integer_matmul %a, %b
      : (tensor<3x8xi8>, tensor<7x2xi8>) -> tensor<3x2xi32>
  return
}

// -----

func.func @integer_matmul_c3_batch(%a: tensor<2x3x8xi8>,
                                   %b: tensor<3x8x2xi8>) {
  // expected-error@+2 {{'nn.integer_matmul' op leading dimensions of 2x3x8 and 3x8x2 do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.integer_matmul %a, %b
      : (tensor<2x3x8xi8>, tensor<3x8x2xi8>) -> tensor<2x3x2xi32>
  return
}

// -----

func.func @integer_matmul_c4_wide(%a: tensor<3x8xi8>, %b: tensor<8x2xi32>) {
  // expected-error@+2 {{'nn.integer_matmul' op operands must be integers of 2 to 16 bits, found 'i32'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.integer_matmul %a, %b
      : (tensor<3x8xi8>, tensor<8x2xi32>) -> tensor<3x2xi32>
  return
}

// -----

func.func @integer_matmul_c5_zero_point_type(%a: tensor<3x8xi8>,
                                             %b: tensor<8x2xi8>,
                                             %z: tensor<ui8>) {
  // expected-error@+2 {{'nn.integer_matmul' op zero point must be one 'i8', found 'tensor<ui8>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.integer_matmul %a zero_point %z, %b
      : (tensor<3x8xi8>, tensor<8x2xi8>, tensor<ui8>) -> tensor<3x2xi32>
  return
}

// -----

func.func @integer_matmul_c5_zero_points_of_rows(%a: tensor<3x8xi8>,
                                                 %b: tensor<8x2xi8>,
                                                 %z: tensor<3xi8>) {
  // expected-error@+2 {{'nn.integer_matmul' op zero point must be one 'i8' or one for each column, found 'tensor<3xi8>'}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.integer_matmul %a, %b zero_point %z
      : (tensor<3x8xi8>, tensor<8x2xi8>, tensor<3xi8>) -> tensor<3x2xi32>
  return
}
