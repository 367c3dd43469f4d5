// Reading and writing by indices, and losses, that are refused.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @long_condition(%x: tensor<2xf32>) -> !onnx.unknown {
  %c = onnx.initializer "c" dense<[true, true, false]> : tensor<3xi1>
  // expected-error@+1 {{condition has 3 elements for the 2 of dimension 0}}
  %y = onnx.node "Compress"(%x, %c) opset 11
      attributes {axis = 0 : i64}
      : (tensor<2xf32>, tensor<3xi1>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @computed_condition(%x: tensor<2xf32>, %c: tensor<2xi1>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'condition' must be computable when compiling; it depends on input '?' of the model}}
  %y = onnx.node "Compress"(%x, %c) opset 11
      : (tensor<2xf32>, tensor<2xi1>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @sequence_lengths(%x: tensor<4x2xf32>, %l: tensor<3xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{lengths of 3 sequences along axis 0 do not go with axis 1 of 'tensor<4x2xf32>'}}
  %y = onnx.node "ReverseSequence"(%x, %l) opset 10
      : (tensor<4x2xf32>, tensor<3xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @same_axis_twice(%x: tensor<4x2xf32>, %l: tensor<2xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{lengths of 2 sequences along axis 1 do not go with axis 1 of 'tensor<4x2xf32>'}}
  %y = onnx.node "ReverseSequence"(%x, %l) opset 10
      attributes {time_axis = 1 : i64}
      : (tensor<4x2xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_count(%x: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{attribute 'k' is missing}}
  %y = onnx.node "TopK"(%x) opset 7
      : (tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @large_count(%x: tensor<4xf32>) -> !onnx.unknown {
  %k = onnx.initializer "k" dense<[5]> : tensor<1xi64>
  // expected-error@+1 {{count must be from 0 to 4, found 5}}
  %y = onnx.node "TopK"(%x, %k) opset 11
      : (tensor<4xf32>, tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @negative_depth(%i: tensor<3xi64>) -> !onnx.unknown {
  %d = onnx.initializer "d" dense<-1> : tensor<i64>
  %v = onnx.initializer "v" dense<[0.0, 1.0]> : tensor<2xf32>
  // expected-error@+1 {{needs a depth from 0 to 2^40 and 2 values, found 'tensor<i64>' and 'tensor<2xf32>'}}
  %y = onnx.node "OneHot"(%i, %d, %v) opset 11
      : (tensor<3xi64>, tensor<i64>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @tuples_of_nothing(%x: tensor<4xf32>, %i: tensor<2x0xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{tuples must have from 1 to 1 indices, found 0}}
  %y = onnx.node "GatherND"(%x, %i) opset 12
      : (tensor<4xf32>, tensor<2x0xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @loss_reduction(%x: tensor<4x3xf32>, %t: tensor<4xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{attribute 'reduction' must be 'none', 'sum' or 'mean', found 'max'}}
  %y = onnx.node "NegativeLogLikelihoodLoss"(%x, %t) opset 13
      attributes {reduction = "max"}
      : (tensor<4x3xf32>, tensor<4xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @loss_targets(%x: tensor<4x3xf32>, %t: tensor<4x2xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{targets 'tensor<4x2xi64>' do not go with scores 'tensor<4x3xf32>'}}
  %y = onnx.node "NegativeLogLikelihoodLoss"(%x, %t) opset 13
      : (tensor<4x3xf32>, tensor<4x2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @loss_without_classes(%x: tensor<4xf32>, %t: tensor<4xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{input 'scores' must have 2 dimensions or more, found 1}}
  %y = onnx.node "SoftmaxCrossEntropyLoss"(%x, %t) opset 13
      : (tensor<4xf32>, tensor<4xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}
