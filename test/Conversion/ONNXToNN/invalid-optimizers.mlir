// Optimizers that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @missing_state(%r: tensor<f32>, %t: tensor<i64>, %x: tensor<2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{needs 2 inputs and 3 for each parameter, found 4}}
  %u = onnx.node "Adagrad"(%r, %t, %x, %x)
      domain "ai.onnx.preview.training" opset 1
      : (tensor<f32>, tensor<i64>, tensor<2xf32>, tensor<2xf32>)
      -> !onnx.unknown
  return %u : !onnx.unknown
}

// -----

func.func @mode(%r: tensor<f32>, %t: tensor<i64>, %x: tensor<2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'mode' must be 'standard' or 'nesterov', found 'heavy'}}
  %u = onnx.node "Momentum"(%r, %t, %x, %x, %x)
      domain "ai.onnx.preview.training" opset 1 attributes {mode = "heavy"}
      : (tensor<f32>, tensor<i64>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
      -> !onnx.unknown
  return %u : !onnx.unknown
}

// -----

func.func @no_epsilon(%r: tensor<f32>, %t: tensor<i64>, %x: tensor<2xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'epsilon' is missing}}
  %u = onnx.node "Adam"(%r, %t, %x, %x, %x, %x)
      domain "ai.onnx.preview.training" opset 1
      : (tensor<f32>, tensor<i64>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>,
         tensor<2xf32>) -> !onnx.unknown
  return %u : !onnx.unknown
}
