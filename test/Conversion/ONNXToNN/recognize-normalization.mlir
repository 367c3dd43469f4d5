// Normalizations that the exporter took apart.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file | FileCheck %s

// As torch writes it at opset 13 to 16.
// CHECK-LABEL: func.func @layer_norm
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
func.func @layer_norm(%x: tensor<2x3xf32>) -> !onnx.unknown {
  %w = onnx.initializer "norm.weight" dense<2.0> : tensor<3xf32>
  %b = onnx.initializer "norm.bias" dense<3.0> : tensor<3xf32>
  %two = onnx.initializer "two" dense<2.0> : tensor<f32>
  %epsilon = onnx.initializer "epsilon" dense<0.125> : tensor<f32>
  %mean = onnx.node "ReduceMean"(%x) opset 13
      attributes {axes = array<i64: -1>}
      : (tensor<2x3xf32>) -> !onnx.unknown
  %centred = onnx.node "Sub"(%x, %mean) opset 13
      : (tensor<2x3xf32>, !onnx.unknown) -> !onnx.unknown
  %squared = onnx.node "Pow"(%centred, %two) opset 13
      : (!onnx.unknown, tensor<f32>) -> !onnx.unknown
  %variance = onnx.node "ReduceMean"(%squared) opset 13
      attributes {axes = array<i64: -1>}
      : (!onnx.unknown) -> !onnx.unknown
  %shifted = onnx.node "Add"(%variance, %epsilon) opset 13
      : (!onnx.unknown, tensor<f32>) -> !onnx.unknown
  %root = onnx.node "Sqrt"(%shifted) opset 13
      : (!onnx.unknown) -> !onnx.unknown
  %normal = onnx.node "Div"(%centred, %root) opset 13
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %scaled = onnx.node "Mul"(%normal, %w) opset 13
      : (!onnx.unknown, tensor<3xf32>) -> !onnx.unknown
  %y = onnx.node "Add"(%scaled, %b) opset 13 {name = "/norm/Add_1"}
      : (!onnx.unknown, tensor<3xf32>) -> !onnx.unknown
  // CHECK-DAG: %[[W:.*]] = nn.constant {nn.name = "norm.weight"} dense<2.0
  // CHECK-DAG: %[[B:.*]] = nn.constant {nn.name = "norm.bias"} dense<3.0
  // CHECK-NEXT: %[[Y:.*]] = nn.layer_norm %[[X]], %[[W]] bias %[[B]] epsilon 1.250000e-01 {nn.name = "norm"}
  // CHECK-NEXT: return %[[Y]]
  return %y : !onnx.unknown
}

// -----

// Two subtractions, a product, the reciprocal of the root, operands exchanged,
// and no weight.
// CHECK-LABEL: func.func @other_spelling
func.func @other_spelling(%x: tensor<2x3x4xf32>) -> tensor<2x3x4xf32> {
  // CHECK: %[[ONES:.*]] = nn.constant dense<1.000000e+00> : tensor<3x4xf32>
  // CHECK: nn.layer_norm %{{.*}}, %[[ONES]] epsilon
  // CHECK-NEXT: return
  %epsilon = nn.constant dense<1.0e-5> : tensor<1xf32>
  %mean = nn.reduce_mean %x axes [1, 2] {keep_dimensions}
      : tensor<2x3x4xf32> -> tensor<2x1x1xf32>
  %a = nn.sub %x, %mean
      : (tensor<2x3x4xf32>, tensor<2x1x1xf32>) -> tensor<2x3x4xf32>
  %b = nn.sub %x, %mean
      : (tensor<2x3x4xf32>, tensor<2x1x1xf32>) -> tensor<2x3x4xf32>
  %square = nn.mul %b, %b
      : (tensor<2x3x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %variance = nn.reduce_mean %square axes [1, 2] {keep_dimensions}
      : tensor<2x3x4xf32> -> tensor<2x1x1xf32>
  %shifted = nn.add %epsilon, %variance
      : (tensor<1xf32>, tensor<2x1x1xf32>) -> tensor<2x1x1xf32>
  %root = nn.sqrt %shifted : tensor<2x1x1xf32>
  %factor = nn.reciprocal %root : tensor<2x1x1xf32>
  %y = nn.mul %factor, %a
      : (tensor<2x1x1xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %y : tensor<2x3x4xf32>
}

// -----

// CHECK-LABEL: func.func @rms_norm
func.func @rms_norm(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: %[[W:.*]] = nn.constant dense<2.0
  // CHECK: nn.rms_norm %{{.*}}, %[[W]] epsilon
  // CHECK-NEXT: return
  %w = nn.constant dense<2.0> : tensor<3xf32>
  %one = nn.constant dense<1.0> : tensor<f32>
  %epsilon = nn.constant dense<1.0e-5> : tensor<f32>
  %square = nn.mul %x, %x
      : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %mean = nn.reduce_mean %square axes [1] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<2x1xf32>
  %shifted = nn.add %mean, %epsilon
      : (tensor<2x1xf32>, tensor<f32>) -> tensor<2x1xf32>
  %root = nn.sqrt %shifted : tensor<2x1xf32>
  %factor = nn.div %one, %root : (tensor<f32>, tensor<2x1xf32>) -> tensor<2x1xf32>
  %normal = nn.mul %x, %factor
      : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  %y = nn.mul %w, %normal
      : (tensor<3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// The mean is over the first dimension: no layer normalization.
// CHECK-LABEL: func.func @first_dimension
// CHECK-NOT: nn.layer_norm
// CHECK-NOT: nn.rms_norm
// CHECK: nn.sqrt
func.func @first_dimension(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  %epsilon = nn.constant dense<1.0e-5> : tensor<f32>
  %square = nn.mul %x, %x
      : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %mean = nn.reduce_mean %square axes [0] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<1x3xf32>
  %shifted = nn.add %mean, %epsilon
      : (tensor<1x3xf32>, tensor<f32>) -> tensor<1x3xf32>
  %root = nn.sqrt %shifted : tensor<1x3xf32>
  %y = nn.div %x, %root
      : (tensor<2x3xf32>, tensor<1x3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// The variance is of something else.
// CHECK-LABEL: func.func @other_variance
// CHECK-NOT: nn.rms_norm
// CHECK: nn.div
func.func @other_variance(%x: tensor<2x3xf32>, %z: tensor<2x3xf32>)
    -> tensor<2x3xf32> {
  %epsilon = nn.constant dense<1.0e-5> : tensor<f32>
  %square = nn.mul %z, %z
      : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xf32>
  %mean = nn.reduce_mean %square axes [1] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<2x1xf32>
  %shifted = nn.add %mean, %epsilon
      : (tensor<2x1xf32>, tensor<f32>) -> tensor<2x1xf32>
  %root = nn.sqrt %shifted : tensor<2x1xf32>
  %y = nn.div %x, %root
      : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// As ONNX Runtime's optimizer leaves it.
// CHECK-LABEL: func.func @centred_rms_norm
func.func @centred_rms_norm(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-DAG: %[[W:.*]] = nn.constant dense<2.000000e+00>
  // CHECK-DAG: %[[B:.*]] = nn.constant dense<3.000000e+00>
  // CHECK: nn.layer_norm %{{.*}}, %[[W]] bias %[[B]] epsilon 1.000000e-05
  // CHECK-NEXT: return
  %w = nn.constant dense<2.0> : tensor<3xf32>
  %b = nn.constant dense<3.0> : tensor<3xf32>
  %m = nn.reduce_mean %x axes [1] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<2x1xf32>
  %c = nn.sub %x, %m : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  %n = nn.rms_norm %c, %w epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %y = nn.add %n, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// -----

// The mean is that of another tensor.
// CHECK-LABEL: func.func @another_mean
func.func @another_mean(%x: tensor<2x3xf32>, %z: tensor<2x3xf32>)
    -> tensor<2x3xf32> {
  // CHECK: nn.rms_norm
  %w = nn.constant dense<2.0> : tensor<3xf32>
  %m = nn.reduce_mean %z axes [1] {keep_dimensions}
      : tensor<2x3xf32> -> tensor<2x1xf32>
  %c = nn.sub %x, %m : (tensor<2x3xf32>, tensor<2x1xf32>) -> tensor<2x3xf32>
  %n = nn.rms_norm %c, %w epsilon 1.0e-5
      : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return %n : tensor<2x3xf32>
}
