// Sizes that a file may claim, but nothing can hold, are refused; what takes
// much to compute stays an op. No memory is asked for.
// RUN: %python %inputs/peak_memory.py 120 atleus-opt %s \
// RUN:   --convert-onnx-to-nn -split-input-file -verify-diagnostics -o /dev/null

func.func @range(%x: tensor<1xf32>) -> !onnx.unknown {
  %start = onnx.initializer "start" dense<0> : tensor<i64>
  %limit = onnx.initializer "limit" dense<1099511627776> : tensor<i64>
  %delta = onnx.initializer "delta" dense<1> : tensor<i64>
  // expected-error@+1 {{the range from 0.000000e+00 to 1.099512e+12 in steps of 1.000000e+00 has 1.099512e+12 elements; limit is 8388608}}
  %y = onnx.node "Range"(%start, %limit, %delta) opset 17
      : (tensor<i64>, tensor<i64>, tensor<i64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// Adding up what would overflow is no overflow.
func.func @range_of_extremes(%x: tensor<1xf32>) -> !onnx.unknown {
  %start = onnx.initializer "start" dense<-9223372036854775808> : tensor<i64>
  %limit = onnx.initializer "limit" dense<9223372036854775807> : tensor<i64>
  %delta = onnx.initializer "delta" dense<4611686018427387904> : tensor<i64>
  %y = onnx.node "Range"(%start, %limit, %delta) opset 17
      : (tensor<i64>, tensor<i64>, tensor<i64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @constant(%x: tensor<1xf32>) -> !onnx.unknown {
  %shape = onnx.initializer "shape" dense<1048577> : tensor<2xi64>
  // expected-error@+1 {{a constant of type 'tensor<1048577x1048577xf32>' is too large: limit is 1099511627776 elements}}
  %y = onnx.node "ConstantOfShape"(%shape) opset 17
      : (tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @read(%x: tensor<1xf32>) -> !onnx.unknown {
  %size = onnx.initializer "size" dense<1099511627776> : tensor<1xi64>
  %shape = onnx.node "ConstantOfShape"(%size) opset 17
      : (tensor<1xi64>) -> !onnx.unknown
  %shape_i64 = onnx.node "Cast"(%shape) opset 17 attributes {to = 7 : i64}
      : (!onnx.unknown) -> !onnx.unknown
  // expected-error@+1 {{input 'shape' must be computable when compiling; it takes too much computation or memory}}
  %y = onnx.node "Reshape"(%x, %shape_i64) opset 17
      : (tensor<1xf32>, !onnx.unknown) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

// A constant of many equal elements takes nothing, also when it is used.
func.func @splat(%x: tensor<1xf32>) -> !onnx.unknown {
  %size = onnx.initializer "size" dense<1099511627776> : tensor<1xi64>
  %ones = onnx.node "ConstantOfShape"(%size) opset 17
      : (tensor<1xi64>) -> !onnx.unknown
  %sum = onnx.node "ReduceSum"(%ones) opset 17
      : (!onnx.unknown) -> !onnx.unknown
  %y = onnx.node "Add"(%x, %sum) opset 17
      : (tensor<1xf32>, !onnx.unknown) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @expand(%x: tensor<1xf32>) -> !onnx.unknown {
  %shape = onnx.initializer "shape" dense<1048577> : tensor<2xi64>
  // expected-error@+1 {{node}}
  %y = onnx.node "Expand"(%x, %shape) opset 17
      : (tensor<1xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @tile(%x: tensor<3xf32>) -> !onnx.unknown {
  %repeats = onnx.initializer "repeats" dense<1099511627775> : tensor<1xi64>
  // expected-error@+1 {{1099511627775 times 3 elements are too many}}
  %y = onnx.node "Tile"(%x, %repeats) opset 17
      : (tensor<3xf32>, tensor<1xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @flatten(%x: tensor<0x1048577x1048577xf32>) -> !onnx.unknown {
  // expected-error@+1 {{input of shape [0, 1048577, 1048577] is too large}}
  %y = onnx.node "Flatten"(%x) opset 17
      : (tensor<0x1048577x1048577xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @pad(%x: tensor<3xf32>) -> !onnx.unknown {
  %pads = onnx.initializer "pads" dense<[-9223372036854775808, 0]> : tensor<2xi64>
  // expected-error@+1 {{pads must be from -2^40 to 2^40, found [-9223372036854775808, 0]}}
  %y = onnx.node "Pad"(%x, %pads) opset 17
      : (tensor<3xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @pad_away(%x: tensor<3xf32>) -> !onnx.unknown {
  %pads = onnx.initializer "pads" dense<[0, -4]> : tensor<2xi64>
  // expected-error@+1 {{pads 0 and -4 take away more than the 3 elements of a dimension}}
  %y = onnx.node "Pad"(%x, %pads) opset 17
      : (tensor<3xf32>, tensor<2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}
