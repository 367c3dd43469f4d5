// Nodes that cannot be converted.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

func.func @computed_shape(%x: tensor<6xf32> {onnx.name = "x"},
                          %s: tensor<2xi64> {onnx.name = "s"})
    -> !onnx.unknown {
  %zero = onnx.initializer "zero" dense<0> : tensor<i64>
  %t = onnx.node "Add"(%s, %zero) opset 17
      : (tensor<2xi64>, tensor<i64>) -> !onnx.unknown
  // expected-error@+1 {{node '/Reshape' (Reshape): input 'shape' must be computable when compiling; it depends on input 's' of the model}}
  %y = onnx.node "Reshape"(%x, %t) opset 17 {name = "/Reshape"}
      : (tensor<6xf32>, !onnx.unknown) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @types_differ(%x: tensor<6xf32>, %z: tensor<6xi64>)
    -> !onnx.unknown {
  // expected-error@+1 {{node '/Add' (Add): operands have element types 'f32' and 'i64', which must be equal}}
  %y = onnx.node "Add"(%x, %z) opset 17 {name = "/Add"}
      : (tensor<6xf32>, tensor<6xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @shapes_differ(%x: tensor<6xf32>, %z: tensor<5xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{node Mul that makes 'y': operands have shapes 6 and 5, which do not broadcast}}
  %y = onnx.node "Mul"(%x, %z) opset 17 {output_names = ["y"]}
      : (tensor<6xf32>, tensor<5xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @integers_where_floats_belong(%x: tensor<6xi64>) -> !onnx.unknown {
  // expected-error@+1 {{node Sqrt: operand #0 must be statically shaped tensor}}
  %y = onnx.node "Sqrt"(%x) opset 17 : (tensor<6xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @missing_input(%x: tensor<6xf32>) -> !onnx.unknown {
  // expected-error@+1 {{node Add: input 'B' (1) is missing}}
  %y = onnx.node "Add"(%x) opset 17 : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @no_input() -> !onnx.unknown {
  // expected-error@+1 {{node Max: needs at least one input}}
  %y = onnx.node "Max"() opset 17 : () -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @inner_dimensions(%x: tensor<4x6xf32>, %z: tensor<5x4xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{node MatMul: inner dimensions are 6 and 5, which must be equal}}
  %y = onnx.node "MatMul"(%x, %z) opset 17
      : (tensor<4x6xf32>, tensor<5x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @rank(%x: tensor<4x6x1xf32>, %z: tensor<6x4xf32>)
    -> !onnx.unknown {
  // expected-error@+1 {{node Gemm: input 'A' must have 2 dimensions, found 3}}
  %y = onnx.node "Gemm"(%x, %z) opset 17
      : (tensor<4x6x1xf32>, tensor<6x4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @attribute_type(%x: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{node Softmax: attribute 'axis' must be an integer, found "last"}}
  %y = onnx.node "Softmax"(%x) opset 17 attributes {axis = "last"}
      : (tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @axis(%x: tensor<4x5xf32>) -> !onnx.unknown {
  // expected-error@+1 {{node Softmax: axis must be from -2 to 1, found 2}}
  %y = onnx.node "Softmax"(%x) opset 17 attributes {axis = 2 : i64}
      : (tensor<4x5xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @repeated_axis(%x: tensor<4x5xf32>) -> !onnx.unknown {
  // expected-error@+1 {{node ReduceSum: axis 1 stands twice in the axes}}
  %y = onnx.node "ReduceSum"(%x) opset 11
      attributes {axes = array<i64: 1, -1>}
      : (tensor<4x5xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @declared_type(%x: tensor<4xf32>) -> tensor<4xi64> {
  // expected-error@+1 {{node Relu that makes 'y': output 0 is declared as 'tensor<4xi64>', but it is 'tensor<4xf32>'}}
  %y = onnx.node "Relu"(%x) opset 17 {output_names = ["y"]}
      : (tensor<4xf32>) -> tensor<4xi64>
  return %y : tensor<4xi64>
}

// -----

func.func @declared_shape(%x: tensor<4xf32>) -> tensor<5xf32> {
  // expected-warning@+1 {{node Relu that makes 'y': output 0 is declared as 'tensor<5xf32>', but it is 'tensor<4xf32>'}}
  %y = onnx.node "Relu"(%x) opset 17 {output_names = ["y"]}
      : (tensor<4xf32>) -> tensor<5xf32>
  return %y : tensor<5xf32>
}

// -----

func.func @unknown_output(%x: tensor<4x2xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // expected-error@+1 {{node Relu: output 1 is not supported}}
  %y, %mask = onnx.node "Relu"(%x) opset 17
      : (tensor<4x2xf32>) -> (!onnx.unknown, !onnx.unknown)
  return %y, %mask : !onnx.unknown, !onnx.unknown
}

// -----

// expected-error@+1 {{element type 'complex<f32>' of input 'x' is not supported}}
func.func @complex_input(%x: tensor<4xcomplex<f32>> {onnx.name = "x"})
    -> !onnx.unknown {
  %y = onnx.node "Relu"(%x) opset 17
      : (tensor<4xcomplex<f32>>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// -----

func.func @narrow_float() -> tensor<2xf8E5M2> {
  // expected-error@+1 {{element type 'f8E5M2' of initializer 'w' is not supported}}
  %w = onnx.initializer "w" dense<1.0> : tensor<2xf8E5M2>
  return %w : tensor<2xf8E5M2>
}

// -----

func.func @cast_to_string(%x: tensor<4xf32>) -> !onnx.unknown {
  // expected-error@+1 {{node Cast: attribute 'to' is 8, an element type that is not supported}}
  %y = onnx.node "Cast"(%x) opset 17 attributes {to = 8 : i64}
      : (tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
