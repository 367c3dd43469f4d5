// Values of attributes and of constant operands that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @automatic_padding(%x: tensor<1x1x4x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<1x1x2x2xf32>
  // expected-error@+1 {{attribute 'auto_pad' must be 'NOTSET', 'VALID', 'SAME_UPPER' or 'SAME_LOWER', found 'SOME'}}
  %y = onnx.node "Conv"(%x, %w) opset 17 attributes {auto_pad = "SOME"}
      : (tensor<1x1x4x4xf32>, tensor<1x1x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @kernel_shape(%x: tensor<1x1x4x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<1x1x2x2xf32>
  // expected-error@+1 {{attribute 'kernel_shape' is [3, 3], but the weight has [2, 2]}}
  %y = onnx.node "Conv"(%x, %w) opset 17
      attributes {kernel_shape = array<i64: 3, 3>}
      : (tensor<1x1x4x4xf32>, tensor<1x1x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @three_dimensions(%x: tensor<1x1x4x4x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<1x1x2x2x2xf32>
  // expected-error@+1 {{convolutions of 1 or 2 dimensions are supported, found an input of 5 dimensions}}
  %y = onnx.node "Conv"(%x, %w) opset 17
      : (tensor<1x1x4x4x4xf32>, tensor<1x1x2x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @strides(%x: tensor<1x1x4x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<1x1x2x2xf32>
  // expected-error@+1 {{attribute 'strides' must have 2 numbers, found 1}}
  %y = onnx.node "Conv"(%x, %w) opset 17 attributes {strides = array<i64: 2>}
      : (tensor<1x1x4x4xf32>, tensor<1x1x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @elements(%x: tensor<6xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[4, -1]> : tensor<2xi64>
  // expected-error@+1 {{6 elements cannot take the shape [4, -1]}}
  %y = onnx.node "Reshape"(%x, %s) opset 17
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @two_open_sizes(%x: tensor<6xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[-1, -1]> : tensor<2xi64>
  // expected-error@+1 {{shape [-1, -1] must have one -1 at most and no other negative number}}
  %y = onnx.node "Reshape"(%x, %s) opset 17
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @float_shape(%x: tensor<6xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[3.0, 2.0]> : tensor<2xf32>
  // expected-error@+1 {{input 'shape' must be a list of integers, found 'tensor<2xf32>'}}
  %y = onnx.node "Reshape"(%x, %s) opset 17
      : (tensor<6xf32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @squeeze(%x: tensor<6x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{dimension 1 must have size 1, found 2}}
  %y = onnx.node "Squeeze"(%x) opset 11 attributes {axes = array<i64: 1>}
      : (tensor<6x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @expand(%x: tensor<6xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[2, 4]> : tensor<2xi64>
  // expected-error@+1 {{input of shape [6] does not broadcast to [2, 4]}}
  %y = onnx.node "Expand"(%x, %s) opset 17
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @parts(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{parts [2, 3] do not add up to 6 elements in 2 outputs}}
  %y, %z = onnx.node "Split"(%x) opset 11 attributes {split = array<i64: 2, 3>}
      : (tensor<6xf32>) -> (!onnx.unknown, !onnx.unknown)
  return %y : !onnx.unknown
}

// -----

func.func @step(%x: tensor<6xf32>) -> !onnx.unknown {
  %zero = onnx.initializer "zero" dense<[0]> : tensor<1xi64>
  // expected-error@+1 {{the step of axis 0 is zero}}
  %y = onnx.node "Slice"(%x, %zero, %zero, %zero, %zero) opset 13
      : (tensor<6xf32>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>,
         tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @index(%x: tensor<6xf32>) -> !onnx.unknown {
  %i = onnx.initializer "i" dense<6> : tensor<i64>
  // expected-error@+1 {{index 6 is out of range for dimension 0 of size 6}}
  %y = onnx.node "Gather"(%x, %i) opset 13
      : (tensor<6xf32>, tensor<i64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @padding_mode(%x: tensor<6xf32>) -> !onnx.unknown {
  %p = onnx.initializer "p" dense<[1, 1]> : tensor<2xi64>
  // expected-error@+1 {{attribute 'mode' must be 'constant', 'edge', 'reflect' or 'wrap', found 'mirror'}}
  %y = onnx.node "Pad"(%x, %p) opset 13 attributes {mode = "mirror"}
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @training(%x: tensor<6xf32>) -> !onnx.unknown {
  %r = onnx.initializer "r" dense<0.5> : tensor<f32>
  %t = onnx.initializer "t" dense<true> : tensor<i1>
  // expected-error@+1 {{dropout in training mode is not supported}}
  %y = onnx.node "Dropout"(%x, %r, %t) opset 13
      : (tensor<6xf32>, tensor<f32>, tensor<i1>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @negative_shape() -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[2, -3]> : tensor<2xi64>
  // expected-error@+1 {{[2, -3] is no shape}}
  %y = onnx.node "ConstantOfShape"(%s) opset 9
      : (tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @endless() -> !onnx.unknown {
  %zero = onnx.initializer "zero" dense<0> : tensor<i64>
  %one = onnx.initializer "one" dense<1> : tensor<i64>
  // expected-error@+1 {{the range from 0.000000e+00 to 1.000000e+00 in steps of 0.000000e+00 has no end}}
  %y = onnx.node "Range"(%zero, %one, %zero) opset 11
      : (tensor<i64>, tensor<i64>, tensor<i64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @empty_constant() -> !onnx.unknown {
  // expected-error@+1 {{needs one of the attributes 'value', 'value_int', 'value_ints', 'value_float' and 'value_floats'}}
  %y = onnx.node "Constant"() opset 13 attributes {value_string = "text"}
      : () -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @scattered_rows() -> !onnx.unknown {
  %x = onnx.initializer "x" dense<0.0> : tensor<4x2xf32>
  %i = onnx.initializer "i" dense<[[4]]> : tensor<1x1xi64>
  %u = onnx.initializer "u" dense<1.0> : tensor<1x2xf32>
  // expected-error@+1 {{index 4 is out of range for dimension 0 of size 4}}
  %y = onnx.node "ScatterND"(%x, %i, %u) opset 16
      : (tensor<4x2xf32>, tensor<1x1xi64>, tensor<1x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @scattered_size() -> !onnx.unknown {
  %x = onnx.initializer "x" dense<0.0> : tensor<4x2xf32>
  %i = onnx.initializer "i" dense<[[3]]> : tensor<1x1xi64>
  %u = onnx.initializer "u" dense<1.0> : tensor<1x3xf32>
  // expected-error@+1 {{updates must be 'tensor<1x2xf32>', found 'tensor<1x3xf32>'}}
  %y = onnx.node "ScatterND"(%x, %i, %u) opset 16
      : (tensor<4x2xf32>, tensor<1x1xi64>, tensor<1x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
