// Quantized operators that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @float_of_8_bits(%x: tensor<2xf32>, %s: tensor<f32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'output_dtype' is 17, an element type that is not supported}}
  %y = onnx.node "QuantizeLinear"(%x, %s) opset 21
      attributes {output_dtype = 17 : i64}
      : (tensor<2xf32>, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_integers(%x: tensor<2xf32>, %s: tensor<f32>) -> !onnx.unknown {
  // expected-error@+1 {{quantized values must be integers of 2 to 32 bits, found 'f32'}}
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 13
      : (tensor<2xf32>, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @number_of_scales(%x: tensor<2x3xi8>, %s: tensor<2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'x_scale' must have shape [3], found [2]}}
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 13
      : (tensor<2x3xi8>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @number_of_blocks(%x: tensor<4x3xi8>, %s: tensor<3x3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'x_scale' must have shape [2, 3], found [3, 3]}}
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 21
      attributes {axis = 0 : i64, block_size = 2 : i64}
      : (tensor<4x3xi8>, tensor<3x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @negative_block(%x: tensor<4x3xi8>, %s: tensor<2x3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'block_size' must not be negative, found -2}}
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 21
      attributes {axis = 0 : i64, block_size = -2 : i64}
      : (tensor<4x3xi8>, tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @zero_points_differ(%x: tensor<2x3xi8>, %s: tensor<3xf32>,
                              %z: tensor<2xi8>) -> !onnx.unknown {
  // expected-error@+1 {{scale has shape [3], but the zero point has [2]}}
  %y = onnx.node "DequantizeLinear"(%x, %s, %z) opset 13
      : (tensor<2x3xi8>, tensor<3xf32>, tensor<2xi8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @zero_point_type(%x: tensor<2x3xi8>, %s: tensor<f32>,
                           %z: tensor<ui8>) -> !onnx.unknown {
  // expected-error@+1 {{zero point has element type 'ui8', but the integers have 'i8'}}
  %y = onnx.node "DequantizeLinear"(%x, %s, %z) opset 13
      : (tensor<2x3xi8>, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @integer_result(%x: tensor<2x3xi8>, %s: tensor<f32>)
    -> !onnx.unknown {
  // expected-error@+1 {{result must be of floats, found 'i32'}}
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 23
      attributes {output_dtype = 6 : i64}
      : (tensor<2x3xi8>, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @zero_point_of_each_row(%a: tensor<2x3xui8>, %b: tensor<3x4xui8>,
                                  %z: tensor<2xui8>) -> !onnx.unknown {
  // expected-error@+1 {{input 'a_zero_point' must be one number, found 'tensor<2xui8>'}}
  %y = onnx.node "MatMulInteger"(%a, %b, %z) opset 10
      : (tensor<2x3xui8>, tensor<3x4xui8>, tensor<2xui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @groups(%x: tensor<1x2x3x3xui8>, %w: tensor<2x1x2x2xui8>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'group' must be 1 for integers, found 2}}
  %y = onnx.node "ConvInteger"(%x, %w) opset 10 attributes {group = 2 : i64}
      : (tensor<1x2x3x3xui8>, tensor<2x1x2x2xui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @bits(%a: tensor<2x4xf32>, %w: tensor<1x1x2xui8>, %s: tensor<1xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{needs positive 'K', 'N' and 'block_size', and 'bits' of 2, 4 or 8, found 4, 1, 16 and 3}}
  %y = onnx.node "MatMulNBits"(%a, %w, %s) domain "com.microsoft" opset 1
      attributes {K = 4 : i64, N = 1 : i64, bits = 3 : i64, block_size = 16 : i64}
      : (tensor<2x4xf32>, tensor<1x1x2xui8>, tensor<1xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @bytes(%a: tensor<2x4xf32>, %w: tensor<1x1x3xui8>, %s: tensor<1xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'B' must be a parameter of 8 bytes for 1x16 weights of 4 bits, found 'tensor<1x1x3xui8>'}}
  %y = onnx.node "MatMulNBits"(%a, %w, %s) domain "com.microsoft" opset 1
      attributes {K = 4 : i64, N = 1 : i64, bits = 4 : i64, block_size = 16 : i64}
      : (tensor<2x4xf32>, tensor<1x1x3xui8>, tensor<1xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @integers(%a: tensor<2x4xui8>, %s: tensor<2xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<1x2x1xui8>
  // expected-error@+1 {{inputs 'A' and 'scales' must hold floats of one type, found 'tensor<2x4xui8>' and 'tensor<2xf32>'}}
  %y = onnx.node "MatMulNBits"(%a, %w, %s) domain "com.microsoft" opset 1
      attributes {K = 4 : i64, N = 1 : i64, bits = 4 : i64, block_size = 2 : i64}
      : (tensor<2x4xui8>, tensor<1x2x1xui8>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @scales(%a: tensor<2x4xf32>, %s: tensor<3xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<1x2x1xui8>
  // expected-error@+1 {{input 'scales' must have 2 numbers, found 'tensor<3xf32>'}}
  %y = onnx.node "MatMulNBits"(%a, %w, %s) domain "com.microsoft" opset 1
      attributes {K = 4 : i64, N = 1 : i64, bits = 4 : i64, block_size = 2 : i64}
      : (tensor<2x4xf32>, tensor<1x2x1xui8>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @zero_points(%a: tensor<2x4xf32>, %s: tensor<2xf32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<1x2x1xui8>
  %z = onnx.initializer "z" dense<3> : tensor<2xui8>
  // expected-error@+1 {{input 'zero_points' must have 1 bytes, found 'tensor<2xui8>'}}
  %y = onnx.node "MatMulNBits"(%a, %w, %s, %z) domain "com.microsoft" opset 1
      attributes {K = 4 : i64, N = 1 : i64, bits = 4 : i64, block_size = 2 : i64}
      : (tensor<2x4xf32>, tensor<1x2x1xui8>, tensor<2xf32>, tensor<2xui8>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @too_many_weights(%a: tensor<2x4xf32>, %s: tensor<2xf32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<1x2x1xui8>
  // expected-error@+1 {{1099511627776x4 weights are too many}}
  %y = onnx.node "MatMulNBits"(%a, %w, %s) domain "com.microsoft" opset 1
      attributes {K = 4 : i64, N = 1099511627776 : i64, bits = 4 : i64,
                  block_size = 2 : i64}
      : (tensor<2x4xf32>, tensor<1x2x1xui8>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @order_of_groups(%a: tensor<2x4xf32>, %s: tensor<2xf32>,
                           %g: tensor<4xi32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<1x2x1xui8>
  %n = onnx.none
  // expected-error@+1 {{input 'g_idx' is not supported}}
  %y = onnx.node "MatMulNBits"(%a, %w, %s, %n, %g) domain "com.microsoft"
      opset 1
      attributes {K = 4 : i64, N = 1 : i64, bits = 4 : i64, block_size = 2 : i64}
      : (tensor<2x4xf32>, tensor<1x2x1xui8>, tensor<2xf32>, none, tensor<4xi32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @zero_point_of_8_bits(%x: tensor<2xf32>, %s: tensor<f32>)
    -> !onnx.unknown {
  // expected-error@+1 {{element type 'f8E4M3FN' of initializer 'z' is not supported}}
  %z = onnx.initializer "z" dense<0.0> : tensor<f8E4M3FN>
  %y = onnx.node "QuantizeLinear"(%x, %s, %z) opset 19
      : (tensor<2xf32>, tensor<f32>, tensor<f8E4M3FN>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// expected-error@+1 {{element type 'f8E5M2' of input '' is not supported}}
func.func @input_of_8_bits(%x: tensor<2xf8E5M2>, %s: tensor<f32>)
    -> !onnx.unknown {
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 19
      : (tensor<2xf8E5M2>, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @scales_of_the_model(%x: tensor<2x3xf32>, %s: tensor<f32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<3x2xi8>
  // expected-error@+1 {{input 'B' must be integers with constant, positive scales, one or one for each column, found 'tensor<3x2xi8>' with scales 'tensor<f32>'}}
  %y = onnx.node "DynamicQuantizeMatMul"(%x, %w, %s) domain "com.microsoft"
      opset 1 : (tensor<2x3xf32>, tensor<3x2xi8>, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_image(%x: tensor<2x3xui8>, %s: tensor<f32>, %z: tensor<ui8>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<3x2xui8>
  // expected-error@+1 {{needs an image and filters, found 'tensor<2x3xui8>' and 'tensor<3x2xui8>'}}
  %y = onnx.node "QLinearConv"(%x, %s, %z, %w, %s, %z, %s, %z) opset 10
      : (tensor<2x3xui8>, tensor<f32>, tensor<ui8>, tensor<3x2xui8>,
         tensor<f32>, tensor<ui8>, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @bias_of_a_convolution(%x: tensor<1x2x3x3xui8>, %b: tensor<i32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<3x2x2x2xui8>
  %s = onnx.initializer "s" dense<1.0> : tensor<f32>
  %z = onnx.initializer "z" dense<1> : tensor<ui8>
  // expected-error@+1 {{input 'B' must have 1 dimensions, found 0}}
  %y = onnx.node "QLinearConv"(%x, %s, %z, %w, %s, %z, %s, %z, %b) opset 10
      : (tensor<1x2x3x3xui8>, tensor<f32>, tensor<ui8>, tensor<3x2x2x2xui8>,
         tensor<f32>, tensor<ui8>, tensor<f32>, tensor<ui8>, tensor<i32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @scales_of_a_convolution(%x: tensor<2x2x3x3xui8>, %b: tensor<3xi32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<3x2x2x2xui8>
  %s = onnx.initializer "s" dense<[1.0, 2.0]> : tensor<2xf32>
  %sz = onnx.initializer "sz" dense<0> : tensor<2xui8>
  %t = onnx.initializer "t" dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %tz = onnx.initializer "tz" dense<0> : tensor<3xui8>
  %u = onnx.initializer "u" dense<1.0> : tensor<f32>
  %uz = onnx.initializer "uz" dense<0> : tensor<ui8>
  // expected-error@+1 {{operands have shapes 2 and 3, which do not broadcast}}
  %y = onnx.node "QLinearConv"(%x, %s, %sz, %w, %t, %tz, %u, %uz, %b) opset 10
      : (tensor<2x2x3x3xui8>, tensor<2xf32>, tensor<2xui8>,
         tensor<3x2x2x2xui8>, tensor<3xf32>, tensor<3xui8>, tensor<f32>,
         tensor<ui8>, tensor<3xi32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @image_of_floats(%x: tensor<1x2x3x3xf32>, %w: tensor<2x2x2x2xui8>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'x' must be integers with a constant zero point, found 'tensor<1x2x3x3xf32>'}}
  %y = onnx.node "ConvInteger"(%x, %w) opset 10
      : (tensor<1x2x3x3xf32>, tensor<2x2x2x2xui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @channels(%x: tensor<1x2x3x3xui8>, %w: tensor<2x1x2x2xui8>)
    -> !onnx.unknown {
  // expected-error@+1 {{filters of 'tensor<2x1x2x2xui8>' do not fit windows of 8 elements}}
  %y = onnx.node "ConvInteger"(%x, %w) opset 10
      : (tensor<1x2x3x3xui8>, tensor<2x1x2x2xui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @result_of_floats(%a: tensor<2x3xui8>, %s: tensor<f32>,
                            %z: tensor<ui8>, %f: tensor<f32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<3x2xui8>
  // expected-error@+1 {{result must be of integers, found 'f32'}}
  %y = onnx.node "QLinearMatMul"(%a, %s, %z, %w, %s, %z, %s, %f) opset 10
      : (tensor<2x3xui8>, tensor<f32>, tensor<ui8>, tensor<3x2xui8>,
         tensor<f32>, tensor<ui8>, tensor<f32>, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
