// Attributes and operands of single operators that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @remainder(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'fmod' must be 1 for floats, found 0}}
  %y = onnx.node "Mod"(%x, %x) opset 13
      : (tensor<6xf32>, tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @approximation(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'approximate' must be 'none' or 'tanh', found 'fast'}}
  %y = onnx.node "Gelu"(%x) opset 20 attributes {approximate = "fast"}
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @global_pool(%x: tensor<6x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{input 'X' must have 3 dimensions or more, found 2}}
  %y = onnx.node "GlobalAveragePool"(%x) opset 13
      : (tensor<6x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @flatten(%x: tensor<6x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{axis must be from -2 to 2, found 3}}
  %y = onnx.node "Flatten"(%x) opset 13 attributes {axis = 3 : i64}
      : (tensor<6x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @permutation(%x: tensor<6x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{permutation must hold each of the 2 dimensions once, found [0, 0]}}
  %y = onnx.node "Transpose"(%x) opset 13 attributes {perm = array<i64: 0, 0>}
      : (tensor<6x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @repeats(%x: tensor<6xf32>) -> !onnx.unknown {
  %r = onnx.initializer "r" dense<[1, 2]> : tensor<2xi64>
  // expected-error@+1 {{needs 1 repeats from 0 to 2^40, found [1, 2]}}
  %y = onnx.node "Tile"(%x, %r) opset 13
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @block_size(%x: tensor<1x4x2x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'blocksize' must be from 1 to 2^20, found 0}}
  %y = onnx.node "DepthToSpace"(%x) opset 13
      : (tensor<1x4x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @blocks(%x: tensor<1x3x2x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{mode 'DCR' with block size 2 does not go with 'tensor<1x3x2x2xf32>'}}
  %y = onnx.node "DepthToSpace"(%x) opset 13 attributes {blocksize = 2 : i64}
      : (tensor<1x3x2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @block_of_space(%x: tensor<1x3x3x2xf32>) -> !onnx.unknown {
  // expected-error@+1 {{block size 2 does not divide 'tensor<1x3x3x2xf32>'}}
  %y = onnx.node "SpaceToDepth"(%x) opset 13 attributes {blocksize = 2 : i64}
      : (tensor<1x3x3x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @unsqueeze(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'axes' is missing}}
  %y = onnx.node "Unsqueeze"(%x) opset 11
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @concat(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'axis' is missing}}
  %y = onnx.node "Concat"(%x) opset 13
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @starts(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attributes 'starts' and 'ends' are missing}}
  %y = onnx.node "Slice"(%x) opset 9
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @pads(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'pads' is missing}}
  %y = onnx.node "Pad"(%x) opset 9
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @number_of_pads(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{needs 2 pads, found 3}}
  %y = onnx.node "Pad"(%x) opset 9 attributes {pads = array<i64: 1, 1, 1>}
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @slice_lists(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{starts, ends, axes and steps have 1, 2, 1 and 1 numbers, which must be equal}}
  %y = onnx.node "Slice"(%x) opset 9
      attributes {ends = array<i64: 1, 2>, starts = array<i64: 0>}
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
