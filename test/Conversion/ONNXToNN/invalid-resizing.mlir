// Resizing and padding that is refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @mode(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32>
  // expected-error@+1 {{attribute 'mode' must be 'nearest', 'linear' or 'cubic', found 'area'}}
  %y = onnx.node "Upsample"(%x, %s) opset 9
      attributes {mode = "area"}
      : (tensor<1x2x4x4xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @coordinates(%x: tensor<1x2x4x4xf32>, %r: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32>
  // expected-error@+1 {{attribute 'coordinate_transformation_mode' must be 'half_pixel', 'half_pixel_symmetric', 'pytorch_half_pixel', 'align_corners', 'asymmetric', 'tf_half_pixel_for_nn' or 'tf_crop_and_resize', found 'polar'}}
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      attributes {coordinate_transformation_mode = "polar"}
      : (tensor<1x2x4x4xf32>, tensor<0xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rounding(%x: tensor<1x2x4x4xf32>, %r: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32>
  // expected-error@+1 {{attribute 'nearest_mode' must be 'round_prefer_floor', 'round_prefer_ceil', 'floor' or 'ceil', found 'even'}}
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      attributes {nearest_mode = "even"}
      : (tensor<1x2x4x4xf32>, tensor<0xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @antialias(%x: tensor<1x2x4x4xf32>, %r: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32>
  // expected-error@+1 {{attribute 'antialias' must be 0, found 1}}
  %y = onnx.node "Resize"(%x, %r, %s) opset 18
      attributes {antialias = 1 : i64}
      : (tensor<1x2x4x4xf32>, tensor<0xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @policy(%x: tensor<1x2x4x4xf32>, %r: tensor<0xf32>, %t: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1, 2, 8, 8]> : tensor<4xi64>
  // expected-error@+1 {{attribute 'keep_aspect_ratio_policy' must be 'stretch', 'not_larger' or 'not_smaller', found 'fit'}}
  %y = onnx.node "Resize"(%x, %r, %t, %s) opset 18
      attributes {keep_aspect_ratio_policy = "fit"}
      : (tensor<1x2x4x4xf32>, tensor<0xf32>, tensor<0xf32>, tensor<4xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @large_by_ratio(%x: tensor<1x100000xf32>, %r: tensor<0xf32>,
    %t: tensor<0xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1000000, 1]> : tensor<2xi64>
  // expected-error@+1 {{a dimension of 100000000000 elements is too long for this operator, which takes at most 67108864}}
  %y = onnx.node "Resize"(%x, %r, %t, %s) opset 18
      attributes {keep_aspect_ratio_policy = "not_smaller"}
      : (tensor<1x100000xf32>, tensor<0xf32>, tensor<0xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @too_few_scales(%x: tensor<1x2x4x4xf32>, %r: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[2.0, 2.0]> : tensor<2xf32>
  // expected-error@+1 {{input 'scales' must have 4 numbers, found 2}}
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      : (tensor<1x2x4x4xf32>, tensor<0xf32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_scales(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'scales' must have 4 numbers, found 0}}
  %y = onnx.node "Upsample"(%x) opset 7
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_region(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  %r = onnx.initializer "r" dense<[1.0]> : tensor<1xf32>
  %s = onnx.initializer "s" dense<[1.0, 1.0, 2.0, 2.0]> : tensor<4xf32>
  // expected-error@+1 {{input 'roi' must have 8 numbers, found 1}}
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      attributes {coordinate_transformation_mode = "tf_crop_and_resize"}
      : (tensor<1x2x4x4xf32>, tensor<1xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @far_region(%x: tensor<1x2xf32>) -> !onnx.unknown {
  %r = onnx.initializer "r" dense<[0.0, 0.0, 1.0, 1.0e30]> : tensor<4xf32>
  %s = onnx.initializer "s" dense<[1.0, 2.0]> : tensor<2xf32>
  // expected-error@+1 {{input 'roi' must be from -2^20 to 2^20, found 1.0}}
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      attributes {coordinate_transformation_mode = "tf_crop_and_resize"}
      : (tensor<1x2xf32>, tensor<4xf32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @negative_scale(%x: tensor<1x2x4x4xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1.0, 1.0, -2.0, 2.0]> : tensor<4xf32>
  // expected-error@+1 {{cannot resize a dimension of size 4 by -2.000000e+00}}
  %y = onnx.node "Upsample"(%x, %s) opset 9
      : (tensor<1x2x4x4xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @something_of_nothing(%x: tensor<0xf32>, %r: tensor<0xf32>, %t: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[3]> : tensor<1xi64>
  // expected-error@+1 {{cannot resize a dimension of size 0 to 3.000000e+00}}
  %y = onnx.node "Resize"(%x, %r, %t, %s) opset 13
      : (tensor<0xf32>, tensor<0xf32>, tensor<0xf32>, tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @fraction_with_aligned_corners(%x: tensor<4xf32>, %r: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[0.625]> : tensor<1xf32>
  // expected-error@+1 {{with 'align_corners' a scale must give a whole size, found 4 times 6.250000e-01}}
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      attributes {coordinate_transformation_mode = "align_corners"}
      : (tensor<4xf32>, tensor<0xf32>, tensor<1xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @border_of_nothing(%x: tensor<0xf32>) -> !onnx.unknown {
  %p = onnx.initializer "p" dense<[1, 1]> : tensor<2xi64>
  // expected-error@+1 {{cannot pad dimension 0 of size 0 by 1 and 1 in mode 'edge'}}
  %y = onnx.node "Pad"(%x, %p) opset 13
      attributes {mode = "edge"}
      : (tensor<0xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @long_dimension(%x: tensor<1xf32>) -> !onnx.unknown {
  %p = onnx.initializer "p" dense<[0, 67108864]> : tensor<2xi64>
  // expected-error@+1 {{a dimension of 67108865 elements is too long for this operator, which takes at most 67108864}}
  %y = onnx.node "Pad"(%x, %p) opset 13
      attributes {mode = "edge"}
      : (tensor<1xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @pads_beyond_all_memory(%x: tensor<1xf32>) -> !onnx.unknown {
  %p = onnx.initializer "p" dense<[0, -9223372036854775808]> : tensor<2xi64>
  // expected-error@+1 {{pads must be from -2^40 to 2^40, found [0, -9223372036854775808]}}
  %y = onnx.node "Pad"(%x, %p) opset 13
      : (tensor<1xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}
