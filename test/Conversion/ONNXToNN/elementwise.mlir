// Operators that work element by element.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @unary
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32> {nn.name = "x"}) -> (tensor<2x3xf32> {nn.name = "y"})
func.func @unary(%x: tensor<2x3xf32> {onnx.name = "x"})
    -> (!onnx.unknown {onnx.name = "y"}) {
  // CHECK-NEXT: %[[A:.*]] = nn.abs %[[X]] {nn.name = "abs"}
  %a = onnx.node "Abs"(%x) opset 17 : (tensor<2x3xf32>) -> !onnx.unknown
  // CHECK-NEXT: %[[B:.*]] = nn.tanh %[[A]]
  %b = onnx.node "Tanh"(%a) opset 17 : (!onnx.unknown) -> !onnx.unknown
  // CHECK-NEXT: %[[C:.*]] = nn.erf %[[B]]
  %c = onnx.node "Erf"(%b) opset 17 : (!onnx.unknown) -> !onnx.unknown
  // CHECK-NEXT: return %[[C]] : tensor<2x3xf32>
  return %c : !onnx.unknown
}

// CHECK-LABEL: func.func @broadcast
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>, %[[Y:.*]]: tensor<3xf32>)
func.func @broadcast(%x: tensor<2x3xf32>, %y: tensor<3xf32>) -> !onnx.unknown {
  // CHECK: nn.sub %[[X]], %[[Y]]
  // CHECK-SAME: (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %a = onnx.node "Sub"(%x, %y) opset 17
      : (tensor<2x3xf32>, tensor<3xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @powers
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[N:.*]]: tensor<4xi64>)
func.func @powers(%x: tensor<4xf32>, %n: tensor<4xi64>) -> !onnx.unknown {
  %two = onnx.initializer "two" dense<2.0> : tensor<f32>
  // CHECK: %[[A:.*]] = nn.mul %[[X]], %[[X]]
  %a = onnx.node "Pow"(%x, %two) opset 17
      : (tensor<4xf32>, tensor<f32>) -> !onnx.unknown
  // CHECK: %[[E:.*]] = nn.cast %[[N]]
  // CHECK: nn.pow %[[A]], %[[E]]
  %b = onnx.node "Pow"(%a, %n) opset 17
      : (!onnx.unknown, tensor<4xi64>) -> !onnx.unknown
  return %b : !onnx.unknown
}

// CHECK-LABEL: func.func @variadic
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @variadic(%x: tensor<4xf32>) -> !onnx.unknown {
  %y = onnx.node "Neg"(%x) opset 17 : (tensor<4xf32>) -> !onnx.unknown
  // CHECK: %[[SUM:.*]] = nn.add %[[X]], %[[Y:.*]] {
  // CHECK: %[[ALL:.*]] = nn.add %[[SUM]], %[[X]] {
  // CHECK: nn.div %[[ALL]], %{{.*}} {
  %a = onnx.node "Mean"(%x, %y, %x) opset 17
      : (tensor<4xf32>, !onnx.unknown, tensor<4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @clip_by_attributes
func.func @clip_by_attributes(%x: tensor<4xf32>) -> !onnx.unknown {
  // CHECK: nn.clip %{{.*}} {maximum = 6.000000e+00 : f64, minimum = -1.000000e+00 : f64
  %a = onnx.node "Clip"(%x) opset 9
      attributes {max = 6.0 : f32, min = -1.0 : f32}
      : (tensor<4xf32>) -> !onnx.unknown
  return %a : !onnx.unknown
}

// CHECK-LABEL: func.func @clip_by_inputs
func.func @clip_by_inputs(%x: tensor<4xf32>, %h: tensor<f32>)
    -> (!onnx.unknown, !onnx.unknown) {
  %zero = onnx.initializer "zero" dense<0.0> : tensor<f32>
  %none = onnx.none
  // CHECK-DAG: nn.relu
  %a = onnx.node "Clip"(%x, %zero) opset 13
      : (tensor<4xf32>, tensor<f32>) -> !onnx.unknown
  // CHECK-DAG: nn.min
  %b = onnx.node "Clip"(%x, %none, %h) opset 13
      : (tensor<4xf32>, none, tensor<f32>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @cast_and_where
// CHECK-SAME: (%[[X:.*]]: tensor<4xi64>, %[[Y:.*]]: tensor<4xf32>)
func.func @cast_and_where(%x: tensor<4xi64>, %y: tensor<4xf32>)
    -> !onnx.unknown {
  // CHECK: %[[C:.*]] = nn.cast %[[X]] {{.*}} to tensor<4xi1>
  %c = onnx.node "Cast"(%x) opset 17 attributes {to = 9 : i64}
      : (tensor<4xi64>) -> !onnx.unknown
  // CHECK: nn.select %[[C]], %[[Y]], %[[Y]]
  %w = onnx.node "Where"(%c, %y, %y) opset 17
      : (!onnx.unknown, tensor<4xf32>, tensor<4xf32>) -> !onnx.unknown
  return %w : !onnx.unknown
}

// CHECK-LABEL: func.func @dropout
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>
func.func @dropout(%x: tensor<4xf32>) -> (!onnx.unknown, !onnx.unknown) {
  %y, %mask = onnx.node "Dropout"(%x) opset 13
      : (tensor<4xf32>) -> (!onnx.unknown, !onnx.unknown)
  // CHECK-NEXT: %[[M:.*]] = nn.constant dense<true> : tensor<4xi1>
  // CHECK-NEXT: return %[[X]], %[[M]]
  return %y, %mask : !onnx.unknown, !onnx.unknown
}

// A dropout of nothing is none, even while training.
// CHECK-LABEL: func.func @dropout_of_nothing
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>
func.func @dropout_of_nothing(%x: tensor<4xf32>) -> !onnx.unknown {
  %r = onnx.initializer "r" dense<0.0> : tensor<f32>
  %t = onnx.initializer "t" dense<true> : tensor<i1>
  %y = onnx.node "Dropout"(%x, %r, %t) opset 13
      : (tensor<4xf32>, tensor<f32>, tensor<i1>) -> !onnx.unknown
  // CHECK-NEXT: return %[[X]]
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @remainder
func.func @remainder(%x: tensor<4xi64>, %y: tensor<4xi64>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: nn.mod
  %a = onnx.node "Mod"(%x, %y) opset 13
      : (tensor<4xi64>, tensor<4xi64>) -> !onnx.unknown
  // CHECK: nn.div
  // CHECK: nn.mul
  // CHECK: nn.sub
  %b = onnx.node "Mod"(%x, %y) opset 13 attributes {fmod = 1 : i64}
      : (tensor<4xi64>, tensor<4xi64>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @infinite
func.func @infinite(%x: tensor<6xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK-DAG: nn.constant {{.*}}dense<0x7F800000> : tensor<f32>
  // CHECK-DAG: nn.constant {{.*}}dense<0xFF800000> : tensor<f32>
  // CHECK-DAG: nn.constant {{.*}}dense<false> : tensor<6xi1>
  // CHECK-DAG: %[[A:.*]] = nn.abs
  // CHECK-DAG: nn.equal %[[A]]
  %a = onnx.node "IsInf"(%x) opset 10 : (tensor<6xf32>) -> !onnx.unknown
  %b = onnx.node "IsInf"(%x) opset 10 attributes {detect_positive = 0 : i64}
      : (tensor<6xf32>) -> !onnx.unknown
  %c = onnx.node "IsInf"(%x) opset 10
      attributes {detect_positive = 0 : i64, detect_negative = 0 : i64}
      : (tensor<6xf32>) -> !onnx.unknown
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @shift
func.func @shift(%x: tensor<3xui8>, %n: tensor<3xui8>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: %[[P:.*]] = nn.pow
  // CHECK: nn.mul %{{.*}}, %[[P]]
  %a = onnx.node "BitShift"(%x, %n) opset 11 attributes {direction = "LEFT"}
      : (tensor<3xui8>, tensor<3xui8>) -> !onnx.unknown
  // CHECK: nn.div
  %b = onnx.node "BitShift"(%x, %n) opset 11 attributes {direction = "RIGHT"}
      : (tensor<3xui8>, tensor<3xui8>) -> !onnx.unknown
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// Before opset 7 the second operand stood at an axis of the first one.
// CHECK-LABEL: func.func @broadcast_along_an_axis
func.func @broadcast_along_an_axis(%x: tensor<2x3x4xf32>, %b: tensor<3xf32>,
                                   %t: tensor<3x4xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: %[[B:.*]] = nn.reshape %{{.*}} : tensor<3xf32> to tensor<3x1xf32>
  // CHECK: nn.add %{{.*}}, %[[B]]
  %a = onnx.node "Add"(%x, %b) opset 6
      attributes {axis = 1 : i64, broadcast = 1 : i64}
      : (tensor<2x3x4xf32>, tensor<3xf32>) -> !onnx.unknown
  // CHECK: nn.mul %{{.*}} : (tensor<2x3x4xf32>, tensor<3x4xf32>)
  %c = onnx.node "Mul"(%x, %t) opset 6 attributes {broadcast = 1 : i64}
      : (tensor<2x3x4xf32>, tensor<3x4xf32>) -> !onnx.unknown
  return %a, %c : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @trigonometry
func.func @trigonometry(%x: tensor<6xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  // CHECK: nn.tan
  %a = onnx.node "Tan"(%x) opset 7 : (tensor<6xf32>) -> !onnx.unknown
  // CHECK: nn.acosh
  %b = onnx.node "Acosh"(%x) opset 9 : (tensor<6xf32>) -> !onnx.unknown
  // CHECK: nn.sinh
  %c = onnx.node "Sinh"(%x) opset 9 : (tensor<6xf32>) -> !onnx.unknown
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}
