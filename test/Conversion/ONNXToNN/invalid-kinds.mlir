// Operands of single operators that are refused, and more attributes.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @one_integer(%x: tensor<6xf32>) -> !onnx.unknown {
  %k = onnx.initializer "k" dense<[1, 2]> : tensor<2xi64>
  // expected-error@+1 {{input 'axis' must be one integer, found 2}}
  %y = onnx.node "CumSum"(%x, %k) opset 14
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @one_number(%x: tensor<6xf32>) -> !onnx.unknown {
  %p = onnx.initializer "p" dense<[1, 2]> : tensor<2xi64>
  %v = onnx.initializer "v" dense<[1.0, 2.0]> : tensor<2xf32>
  // expected-error@+1 {{input 'constant_value' must be one number, found 'tensor<2xf32>'}}
  %y = onnx.node "Pad"(%x, %p, %v) opset 13
      : (tensor<6xf32>, tensor<2xi64>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @groups(%x: tensor<1x4x2xf32>, %s: tensor<2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'num_groups' is 3, which does not divide the channels of 'tensor<1x4x2xf32>'}}
  %y = onnx.node "GroupNormalization"(%x, %s, %s) opset 18
      attributes {num_groups = 3 : i64}
      : (tensor<1x4x2xf32>, tensor<2xf32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @not_spatial(%x: tensor<1x4xf32>, %s: tensor<4xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'spatial' must be 1, found 0}}
  %y = onnx.node "BatchNormalization"(%x, %s, %s, %s, %s) opset 7
      attributes {spatial = 0 : i64}
      : (tensor<1x4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>,
         tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @channels(%x: tensor<4xf32>, %s: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{input 'X' must have 2 dimensions or more, found 1}}
  %y = onnx.node "BatchNormalization"(%x, %s, %s, %s, %s) opset 15
      : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>,
         tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @instances(%x: tensor<4x4xf32>, %s: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{input 'input' must have 3 dimensions or more, found 2}}
  %y = onnx.node "InstanceNormalization"(%x, %s, %s) opset 13
      : (tensor<4x4xf32>, tensor<4xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @scalar_product(%x: tensor<f32>, %z: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{operands must have 1 dimension or more, found 0 and 1}}
  %y = onnx.node "MatMul"(%x, %z) opset 13
      : (tensor<f32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @fused_product(%x: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{operands must have 2 dimensions or more, found 1 and 1}}
  %y = onnx.node "FusedMatMul"(%x, %x) domain "com.microsoft" opset 1
      : (tensor<4xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @negative_stride(%x: tensor<1x1x4x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<1.0> : tensor<1x1x2x2xf32>
  // expected-error@+1 {{strides must be from 1 to 2^30, found [0, 1]}}
  %y = onnx.node "Conv"(%x, %w) opset 13 attributes {strides = array<i64: 0, 1>}
      : (tensor<1x1x4x4xf32>, tensor<1x1x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @missing_attribute(%x: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'to' is missing}}
  %y = onnx.node "Cast"(%x) opset 13
      : (tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @value_type() -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[2]> : tensor<1xi64>
  // expected-error@+1 {{attribute 'value' must have 1 element, found 'tensor<2xf32>'}}
  %y = onnx.node "ConstantOfShape"(%s) opset 13
      attributes {value = dense<1.0> : tensor<2xf32>}
      : (tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_tensor() -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[2]> : tensor<1xi64>
  // expected-error@+1 {{attribute 'value' must be a tensor, found "one"}}
  %y = onnx.node "ConstantOfShape"(%s) opset 13 attributes {value = "one"}
      : (tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @narrow_constant() -> !onnx.unknown {
  // expected-error@+1 {{element type 'f8E5M2' is not supported}}
  %y = onnx.node "Constant"() opset 19
      attributes {value = dense<1.0> : tensor<2xf8E5M2>}
      : () -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @types_of_range() -> !onnx.unknown {
  %a = onnx.initializer "a" dense<0> : tensor<i64>
  %b = onnx.initializer "b" dense<1.0> : tensor<f32>
  // expected-error@+1 {{start, limit and delta must be numbers of one type, found 'tensor<i64>', 'tensor<f32>' and 'tensor<i64>'}}
  %y = onnx.node "Range"(%a, %b, %a) opset 11
      : (tensor<i64>, tensor<f32>, tensor<i64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @half_range() -> !onnx.unknown {
  %a = onnx.initializer "a" dense<1.0> : tensor<f16>
  // expected-error@+1 {{element type 'f16' is not supported}}
  %y = onnx.node "Range"(%a, %a, %a) opset 11
      : (tensor<f16>, tensor<f16>, tensor<f16>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @reduction() -> !onnx.unknown {
  %x = onnx.initializer "x" dense<0.0> : tensor<2xf32>
  %i = onnx.initializer "i" dense<[[0]]> : tensor<1x1xi64>
  %u = onnx.initializer "u" dense<1.0> : tensor<1xf32>
  // expected-error@+1 {{attribute 'reduction' must be 'none', 'add', 'mul', 'max' or 'min', found 'mean'}}
  %y = onnx.node "ScatterND"(%x, %i, %u) opset 16 attributes {reduction = "mean"}
      : (tensor<2xf32>, tensor<1x1xi64>, tensor<1xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
