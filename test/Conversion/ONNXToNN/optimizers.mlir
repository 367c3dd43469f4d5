// Updates of parameters and of the states of optimizers.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// Two parameters: all parameters come first, then all states.
// CHECK-LABEL: func.func @adam
func.func @adam(%r: tensor<f32>, %t: tensor<i64>, %x: tensor<2xf32>,
                %y: tensor<3xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown, !onnx.unknown,
        !onnx.unknown, !onnx.unknown) {
  // CHECK: nn.pow
  // CHECK: nn.select {{.*}} -> tensor<f32>
  // CHECK: nn.sqrt %{{.*}} : tensor<2xf32>
  // CHECK: nn.sqrt %{{.*}} : tensor<3xf32>
  %u:6 = onnx.node "Adam"(%r, %t, %x, %y, %x, %y, %x, %y, %x, %y)
      domain "ai.onnx.preview.training" opset 1
      attributes {epsilon = 1.0e-6 : f32}
      : (tensor<f32>, tensor<i64>, tensor<2xf32>, tensor<3xf32>, tensor<2xf32>,
         tensor<3xf32>, tensor<2xf32>, tensor<3xf32>, tensor<2xf32>,
         tensor<3xf32>)
      -> (!onnx.unknown, !onnx.unknown, !onnx.unknown, !onnx.unknown,
          !onnx.unknown, !onnx.unknown)
  // CHECK: return {{.*}} : tensor<2xf32>, tensor<3xf32>, tensor<2xf32>, tensor<3xf32>, tensor<2xf32>, tensor<3xf32>
  return %u#0, %u#1, %u#2, %u#3, %u#4, %u#5
      : !onnx.unknown, !onnx.unknown, !onnx.unknown, !onnx.unknown,
        !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @momentum
func.func @momentum(%r: tensor<f32>, %t: tensor<i64>, %x: tensor<2xf32>,
                    %g: tensor<2xf32>, %v: tensor<2xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: %[[V:.*]] = nn.add
  // CHECK: nn.sub %{{.*}} : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  // CHECK: return %{{.*}}, %[[V]]
  %u:2 = onnx.node "Momentum"(%r, %t, %x, %g, %v)
      domain "ai.onnx.preview.training" opset 1
      attributes {alpha = 0.9 : f32, beta = 1.0 : f32, mode = "standard"}
      : (tensor<f32>, tensor<i64>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
      -> (!onnx.unknown, !onnx.unknown)
  return %u#0, %u#1 : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @adagrad
func.func @adagrad(%r: tensor<f32>, %t: tensor<i64>, %x: tensor<2xf32>,
                   %g: tensor<2xf32>, %h: tensor<2xf32>)
    -> (!onnx.unknown, !onnx.unknown) {
  // CHECK: %[[G:.*]] = nn.mul %[[X:.*]], %[[X]]
  // CHECK: %[[H:.*]] = nn.add %{{.*}}, %[[G]]
  // CHECK: nn.sqrt %[[H]]
  %u:2 = onnx.node "Adagrad"(%r, %t, %x, %g, %h)
      domain "ai.onnx.preview.training" opset 1
      : (tensor<f32>, tensor<i64>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
      -> (!onnx.unknown, !onnx.unknown)
  return %u#0, %u#1 : !onnx.unknown, !onnx.unknown
}
