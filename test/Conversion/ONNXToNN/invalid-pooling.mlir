// Pooling, convolution and normalization that is refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @no_image(%x: tensor<4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{input 'X' must have 3 dimensions or more, found 2}}
  %y = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 2>}
      : (tensor<4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_kernel(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'kernel_shape' is missing}}
  %y = onnx.node "MaxPool"(%x) opset 12
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @kernel_of_one_dimension(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'kernel_shape' must have 2 numbers, found 1}}
  %y = onnx.node "AveragePool"(%x) opset 11
      attributes {kernel_shape = array<i64: 2>}
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @empty_kernel(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{kernel sizes must be from 1 to 2^30, found [0, 2]}}
  %y = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 0, 2>}
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @large_dilation(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{dilations must be from 1 to 2^30, found [1, 4611686018427387904]}}
  %y = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 2, 2>,
                  dilations = array<i64: 1, 4611686018427387904>}
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @negative_pads(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{pads must be from 0 to 2^30, found [0, 0, -1, 0]}}
  %y = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 2, 2>,
                  pads = array<i64: 0, 0, -1, 0>}
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @only_padding(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{a window of 2 elements in steps of 1 covers only padding of dimension 2}}
  %y = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 2, 2>,
                  pads = array<i64: 2, 0, 0, 0>}
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @order_of_norm(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'p' must be positive, found 0}}
  %y = onnx.node "GlobalLpPool"(%x) opset 7
      attributes {p = 0 : i64}
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @large_image(%x: tensor<1x1x1073741825xf32>) -> !onnx.unknown {
  // expected-error@+1 {{image sizes must be from 0 to 2^30, found [1073741825]}}
  %y = onnx.node "MaxPool"(%x) opset 12
      attributes {kernel_shape = array<i64: 2>}
      : (tensor<1x1x1073741825xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @unpooled_to_less_than_nothing(%x: tensor<1x2x4x4xf32>, %i: tensor<1x2x4x4xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{the result would have the shape [1, 2, -2, 5]}}
  %y = onnx.node "MaxUnpool"(%x, %i) opset 11
      attributes {kernel_shape = array<i64: 2, 2>,
                  pads = array<i64: 3, 0, 4, 0>}
      : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @unpooled_shape(%x: tensor<1x2x4x4xf32>, %i: tensor<1x2x4x4xi64>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[8]> : tensor<1xi64>
  // expected-error@+1 {{input 'output_shape' must have 4 numbers, found 1}}
  %y = onnx.node "MaxUnpool"(%x, %i, %s) opset 11
      attributes {kernel_shape = array<i64: 2, 2>}
      : (tensor<1x2x4x4xf32>, tensor<1x2x4x4xi64>, tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @groups_of_a_computed_weight(%x: tensor<1x2x4x4xf32>, %w: tensor<4x2x3x3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{3 groups do not go with 2 channels, 4 features and 2 channels of the weight}}
  %y = onnx.node "Conv"(%x, %w) opset 11
      attributes {group = 3 : i64}
      : (tensor<1x2x4x4xf32>, tensor<4x2x3x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @groups_of_a_transposed_weight(%x: tensor<1x2x4x4xf32>, %w: tensor<2x4x3x3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{3 groups do not divide 2 channels}}
  %y = onnx.node "ConvTranspose"(%x, %w) opset 11
      attributes {group = 3 : i64}
      : (tensor<1x2x4x4xf32>, tensor<2x4x3x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @output_padding(%x: tensor<1x2x4xf32>, %w: tensor<2x2x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{output padding must be from 0 to 2^30, found [-1]}}
  %y = onnx.node "ConvTranspose"(%x, %w) opset 11
      attributes {output_padding = array<i64: -1>}
      : (tensor<1x2x4xf32>, tensor<2x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @output_shape(%x: tensor<1x2x4xf32>, %w: tensor<2x2x2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{output shape must be from 0 to 2^30, found [-1]}}
  %y = onnx.node "ConvTranspose"(%x, %w) opset 11
      attributes {output_shape = array<i64: -1>}
      : (tensor<1x2x4xf32>, tensor<2x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @numbers_of_the_output_shape(%x: tensor<1x2x4x4xf32>, %w: tensor<2x4x3x3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'output_shape' must have 2 numbers, found 3}}
  %y = onnx.node "ConvTranspose"(%x, %w) opset 11
      attributes {output_shape = array<i64: 8, 8, 8>}
      : (tensor<1x2x4x4xf32>, tensor<2x4x3x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @channels_of_a_response(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'size' is 0, which is no number of channels of 'tensor<1x2x4x4xf32>'}}
  %y = onnx.node "LRN"(%x) opset 13
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
