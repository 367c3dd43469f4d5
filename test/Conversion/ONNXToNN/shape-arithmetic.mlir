// Constants and the arithmetic on shapes are computed when compiling.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// [batch, -1, 4] of [batch, 6, 2], as an exporter writes it.
// CHECK-LABEL: func.func @computed_shape
func.func @computed_shape(%x: tensor<2x6x2xf32>) -> !onnx.unknown {
  %zero = onnx.node "Constant"() opset 17 attributes {value_int = 0 : i64}
      : () -> !onnx.unknown
  %shape = onnx.node "Shape"(%x) opset 17
      : (tensor<2x6x2xf32>) -> !onnx.unknown
  %batch = onnx.node "Gather"(%shape, %zero) opset 17
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %axes = onnx.node "Constant"() opset 17
      attributes {value = dense<[0]> : tensor<1xi64>} : () -> !onnx.unknown
  %list = onnx.node "Unsqueeze"(%batch, %axes) opset 17
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %rest = onnx.node "Constant"() opset 17
      attributes {value_ints = array<i64: -1, 4>} : () -> !onnx.unknown
  %target = onnx.node "Concat"(%list, %rest) opset 17
      attributes {axis = 0 : i64}
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  // CHECK-NEXT: %[[Y:.*]] = nn.reshape %{{.*}} to tensor<2x3x4xf32>
  %y = onnx.node "Reshape"(%x, %target) opset 17
      : (tensor<2x6x2xf32>, !onnx.unknown) -> !onnx.unknown
  // CHECK-NEXT: return %[[Y]]
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @parts_of_shapes
func.func @parts_of_shapes(%x: tensor<2x6x3xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK-DAG: nn.constant dense<[6, 3]> : tensor<2xi64>
  %a = onnx.node "Shape"(%x) opset 15 attributes {start = -2 : i64}
      : (tensor<2x6x3xf32>) -> !onnx.unknown
  // CHECK-DAG: nn.constant dense<36> : tensor<i64>
  %b = onnx.node "Size"(%x) opset 13 : (tensor<2x6x3xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @filled
func.func @filled() -> (!onnx.unknown, !onnx.unknown) {
  %shape = onnx.initializer "shape" dense<[2, 3]> : tensor<2xi64>
  // CHECK-DAG: nn.constant dense<0.000000e+00> : tensor<2x3xf32>
  %a = onnx.node "ConstantOfShape"(%shape) opset 9
      : (tensor<2xi64>) -> !onnx.unknown
  // CHECK-DAG: nn.constant dense<7> : tensor<2x3xi64>
  %b = onnx.node "ConstantOfShape"(%shape) opset 9
      attributes {value = dense<7> : tensor<1xi64>}
      : (tensor<2xi64>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @ranges
func.func @ranges() -> (!onnx.unknown, !onnx.unknown) {
  %a = onnx.initializer "a" dense<1> : tensor<i64>
  %b = onnx.initializer "b" dense<8> : tensor<i64>
  %c = onnx.initializer "c" dense<3> : tensor<i64>
  // CHECK-DAG: nn.constant dense<[1, 4, 7]> : tensor<3xi64>
  %d = onnx.node "Range"(%a, %b, %c) opset 11
      : (tensor<i64>, tensor<i64>, tensor<i64>) -> !onnx.unknown
  // CHECK-DAG: nn.constant dense<> : tensor<0xi64>
  %e = onnx.node "Range"(%b, %a, %c) opset 11
      : (tensor<i64>, tensor<i64>, tensor<i64>) -> !onnx.unknown
  return %d, %e : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @positions
func.func @positions() -> !onnx.unknown {
  %x = onnx.initializer "x" dense<[[1, 0], [1, 1]]> : tensor<2x2xi64>
  // CHECK: nn.constant dense<{{\[\[}}0, 1, 1], [0, 0, 1]]> : tensor<2x3xi64>
  %y = onnx.node "NonZero"(%x) opset 13 : (tensor<2x2xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// A condition that is known selects when compiling.
// CHECK-LABEL: func.func @selection
func.func @selection() -> !onnx.unknown {
  %x = onnx.initializer "x" dense<[1, -1, 3]> : tensor<3xi64>
  %m = onnx.initializer "m" dense<-1> : tensor<i64>
  %o = onnx.initializer "o" dense<1> : tensor<i64>
  %c = onnx.node "Equal"(%x, %m) opset 13
      : (tensor<3xi64>, tensor<i64>) -> !onnx.unknown
  // CHECK-NEXT: nn.constant dense<[1, 1, 3]> : tensor<3xi64>
  %y = onnx.node "Where"(%c, %o, %x) opset 13
      : (!onnx.unknown, tensor<i64>, tensor<3xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @written_rows
func.func @written_rows() -> !onnx.unknown {
  %x = onnx.initializer "x" dense<0.0> : tensor<3x2xf32>
  %i = onnx.initializer "i" dense<[[2], [0]]> : tensor<2x1xi64>
  %u = onnx.initializer "u" dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  // CHECK: nn.constant {{.*}}dense<{{\[\[}}3.000000e+00, 4.000000e+00], [0.000000e+00, 0.000000e+00], [1.000000e+00, 2.000000e+00]]>
  %y = onnx.node "ScatterND"(%x, %i, %u) opset 16
      : (tensor<3x2xf32>, tensor<2x1xi64>, tensor<2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
