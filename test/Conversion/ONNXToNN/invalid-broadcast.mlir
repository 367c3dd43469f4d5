// Elementwise operators of old sets and of few types that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @not_equal(%x: tensor<2x3xf32>, %w: tensor<3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{operands have shapes [2, 3] and [3], which must be equal without the attribute 'broadcast' before opset 7}}
  %y = onnx.node "Add"(%x, %w) opset 6
      : (tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @axis(%x: tensor<2x3xf32>, %w: tensor<3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'axis' must be from 0 to 1, found 2}}
  %y = onnx.node "Mul"(%x, %w) opset 6
      attributes {axis = 2 : i64, broadcast = 1 : i64}
      : (tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @largest_axis(%x: tensor<2x3xf32>, %w: tensor<3xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'axis' must be from 0 to 1, found 9223372036854775807}}
  %y = onnx.node "Mul"(%x, %w) opset 6
      attributes {axis = 9223372036854775807 : i64, broadcast = 1 : i64}
      : (tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @infinity_of_booleans(%x: tensor<3xi1>) -> !onnx.unknown {
  // expected-error@+1 {{input 'X' must hold floating-point numbers, found 'i1'}}
  %y = onnx.node "IsInf"(%x) opset 10 : (tensor<3xi1>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @shift_of_signed(%x: tensor<3xi32>, %w: tensor<3xi32>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'X' must hold unsigned integers, found 'i32'}}
  %y = onnx.node "BitShift"(%x, %w) opset 11
      attributes {direction = "LEFT"}
      : (tensor<3xi32>, tensor<3xi32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @shift_without_direction(%x: tensor<3xui8>, %w: tensor<3xui8>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'direction' must be 'LEFT' or 'RIGHT', found ''}}
  %y = onnx.node "BitShift"(%x, %w) opset 11
      : (tensor<3xui8>, tensor<3xui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}
