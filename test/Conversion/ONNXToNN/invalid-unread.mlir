// Attributes and operands that a rule does not read are refused: the result
// would not depend on them.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

// The axes are an input since opset 13.
func.func @attribute_of_another_opset(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{node '/ReduceSum' (ReduceSum): attribute 'axes' is not supported in operator set 13}}
  %y = onnx.node "ReduceSum"(%x) opset 13
      attributes {axes = array<i64: 1>} {name = "/ReduceSum"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @parts_of_another_opset(%x: tensor<6xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // expected-error@+1 {{attribute 'split' is not supported in operator set 13}}
  %y:2 = onnx.node "Split"(%x) opset 13 attributes {split = array<i64: 2, 4>}
      : (tensor<6xf32>) -> (!onnx.unknown, !onnx.unknown)
  return %y#0, %y#1 : !onnx.unknown, !onnx.unknown
}

// -----

func.func @number_of_parts(%x: tensor<6xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // expected-error@+1 {{attribute 'num_outputs' is 3, but the node has 2 outputs}}
  %y:2 = onnx.node "Split"(%x) opset 18 attributes {num_outputs = 3 : i64}
      : (tensor<6xf32>) -> (!onnx.unknown, !onnx.unknown)
  return %y#0, %y#1 : !onnx.unknown, !onnx.unknown
}

// -----

func.func @misspelt_attribute(%q: tensor<1x2x3x4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'is_casual' is not supported in operator set 23; did you mean 'is_causal'?}}
  %y = onnx.node "Attention"(%q, %q, %q) opset 23
      attributes {is_casual = 1 : i64}
      : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// The operator sets of other domains are not numbered by what they hold.
func.func @attribute_of_another_domain(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error-re@+1 {{attribute 'approximate' is not supported{{$}}}}
  %y = onnx.node "Gelu"(%x) domain "com.microsoft" opset 1
      attributes {approximate = "tanh"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @surplus_operand(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{node Relu: input 1 is not supported}}
  %y = onnx.node "Relu"(%x, %x) opset 13
      : (tensor<2x3xf32>, tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// The axes are an attribute before opset 13.
func.func @operand_of_another_opset(%x: tensor<2x3xf32>) -> !onnx.unknown {
  %axes = onnx.initializer "axes" dense<1> : tensor<1xi64>
  // expected-error@+1 {{input 1 is not supported}}
  %y = onnx.node "ReduceSum"(%x, %axes) opset 11
      : (tensor<2x3xf32>, tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// All of them are named.
func.func @several(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+3 {{attribute 'alpha' is not supported in operator set 13}}
  // expected-error@+2 {{attribute 'beta' is not supported in operator set 13}}
  // expected-error@+1 {{input 1 is not supported}}
  %y = onnx.node "Relu"(%x, %x) opset 13
      attributes {alpha = 1.0 : f32, beta = 1.0 : f32}
      : (tensor<2x3xf32>, tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// What a rule ignores on purpose is no error.
func.func @ignored(%x: tensor<2x3xf32>, %image: tensor<1x2x4x4xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  %ratio = onnx.initializer "ratio" dense<0.1> : tensor<f32>
  %scale = onnx.initializer "scale" dense<1.0> : tensor<2xf32>
  %a = onnx.node "Dropout"(%x, %ratio) opset 13 attributes {seed = 1 : i64}
      : (tensor<2x3xf32>, tensor<f32>) -> !onnx.unknown
  %b = onnx.node "BatchNormalization"(%image, %scale, %scale, %scale, %scale)
      opset 13 attributes {momentum = 0.9 : f32}
      : (tensor<1x2x4x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>,
         tensor<2xf32>) -> !onnx.unknown
  %c = onnx.node "MaxPool"(%image) opset 13
      attributes {kernel_shape = array<i64: 2, 2>, auto_pad = "VALID",
                  pads = array<i64: 0, 0, 0, 0>, storage_order = 1 : i64}
      : (tensor<1x2x4x4xf32>) -> !onnx.unknown
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}
