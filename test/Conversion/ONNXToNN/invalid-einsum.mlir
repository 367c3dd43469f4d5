// Equations that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @two_terms(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{the equation has 2 terms, but there are 1 inputs}}
  %y = onnx.node "Einsum"(%x) opset 12
      attributes {equation = "ij,jk"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rank(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{term 'ijk' does not describe 'tensor<2x3xf32>'}}
  %y = onnx.node "Einsum"(%x) opset 12
      attributes {equation = "ijk->i"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @sign(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{term 'i.' does not describe 'tensor<2x3xf32>'}}
  %y = onnx.node "Einsum"(%x) opset 12
      attributes {equation = "i.->i"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @two_ellipses(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{term '......' does not describe 'tensor<2x3xf32>'}}
  %y = onnx.node "Einsum"(%x) opset 12
      attributes {equation = "......->"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @unknown_label(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{result 'ik' must hold labels of the terms, each once}}
  %y = onnx.node "Einsum"(%x) opset 12
      attributes {equation = "ij->ik"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @label_twice_in_result(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{result 'ii' must hold labels of the terms, each once}}
  %y = onnx.node "Einsum"(%x) opset 12
      attributes {equation = "ij->ii"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @diagonal_of_no_square(%x: tensor<2x3xf32>) -> !onnx.unknown {
  // expected-error@+1 {{label 'i' stands for dimensions of size 2 and 3}}
  %y = onnx.node "Einsum"(%x) opset 12
      attributes {equation = "ii->i"}
      : (tensor<2x3xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @sizes(%x: tensor<2x3xf32>, %w: tensor<4x5xf32>) -> !onnx.unknown {
  // expected-error@+1 {{label 'j' stands for dimensions of size 3 and 4}}
  %y = onnx.node "Einsum"(%x, %w) opset 12
      attributes {equation = "ij,jk->ik"}
      : (tensor<2x3xf32>, tensor<4x5xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @sizes_of_an_ellipsis(%x: tensor<2x4xf32>, %w: tensor<3x4xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{an ellipsis stands for dimensions of size 2 and 3}}
  %y = onnx.node "Einsum"(%x, %w) opset 12
      attributes {equation = "...i,...i->..."}
      : (tensor<2x4xf32>, tensor<3x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
