// Activation functions, composed where nn has none.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @leaky_relu
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @leaky_relu(%x: tensor<4xf32>) -> !onnx.unknown {
  // CHECK-DAG: %[[SLOPE:.*]] = nn.constant dense<2.000000e-01>
  // CHECK-DAG: %[[LOW:.*]] = nn.mul %[[X]], %[[SLOPE]]
  // CHECK-DAG: %[[POSITIVE:.*]] = nn.greater %[[X]],
  // CHECK: nn.select %[[POSITIVE]], %[[X]], %[[LOW]]
  %a = onnx.node "LeakyRelu"(%x) opset 16 attributes {alpha = 0.2 : f32}
      : (tensor<4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @hard_sigmoid
func.func @hard_sigmoid(%x: tensor<4xf32>) -> !onnx.unknown {
  // CHECK: %[[LINE:.*]] = nn.add
  // CHECK: nn.clip %[[LINE]] {maximum = 1.000000e+00 : f64, minimum = 0.000000e+00 : f64
  %a = onnx.node "HardSigmoid"(%x) opset 13 : (tensor<4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @hard_swish
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @hard_swish(%x: tensor<4xf32>) -> !onnx.unknown {
  // CHECK: %[[GATE:.*]] = nn.clip
  // CHECK: nn.mul %[[X]], %[[GATE]]
  %a = onnx.node "HardSwish"(%x) opset 14 : (tensor<4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @elu
func.func @elu(%x: tensor<4xf32>) -> !onnx.unknown {
  // CHECK: nn.exp
  // CHECK: nn.select
  %a = onnx.node "Elu"(%x) opset 13 : (tensor<4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @softplus
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @softplus(%x: tensor<4xf32>) -> !onnx.unknown {
  // The exponential is of a number that is not positive: it cannot overflow.
  // CHECK: %[[ABS:.*]] = nn.abs %[[X]]
  // CHECK: %[[NEG:.*]] = nn.neg %[[ABS]]
  // CHECK: nn.exp %[[NEG]]
  %a = onnx.node "Softplus"(%x) opset 13 : (tensor<4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @gelu
func.func @gelu(%x: tensor<4xf32>) -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.gelu %{{[a-z0-9]+}} {nn.name = "gelu"}
  %a = onnx.node "Gelu"(%x) opset 20 : (tensor<4xf32>) -> !onnx.unknown
  // CHECK: nn.gelu %{{[a-z0-9]+}} approximation tanh {nn.name = "gelu_2"}
  %b = onnx.node "Gelu"(%x) opset 20 attributes {approximate = "tanh"}
      : (tensor<4xf32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @shrink
func.func @shrink(%x: tensor<6xf32>) -> !onnx.unknown {
  // CHECK: nn.less
  // CHECK: nn.greater
  // CHECK: nn.select
  // CHECK: nn.select
  %y = onnx.node "Shrink"(%x) opset 9
      attributes {bias = 1.0 : f32, lambd = 1.5 : f32}
      : (tensor<6xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
