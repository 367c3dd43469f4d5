// RUN: atleus-opt %s | atleus-opt | FileCheck %s
// RUN: atleus-opt %s --emit-bytecode | atleus-opt | FileCheck %s

// CHECK: module attributes {onnx.graph = "g", onnx.ir_version = 8 : i64
// CHECK-SAME: onnx.metadata = {author = "us"}
// CHECK-SAME: onnx.opsets = {ai.onnx = 17 : i64, com.microsoft = 1 : i64}
// CHECK-SAME: onnx.producer = "by hand"
module attributes {
  onnx.ir_version = 8 : i64, onnx.producer = "by hand", onnx.graph = "g",
  onnx.opsets = {ai.onnx = 17 : i64, com.microsoft = 1 : i64},
  onnx.metadata = {author = "us"}
} {

// CHECK-LABEL: func.func @model(
// CHECK-SAME: %[[X:.*]]: tensor<?x4xf32> {onnx.dims = ["batch", ""], onnx.name = "x"}
// CHECK-SAME: -> (tensor<?x2xf32> {onnx.name = "y"})
func.func @model(%x: tensor<?x4xf32> {onnx.name = "x",
                                      onnx.dims = ["batch", ""]})
    -> (tensor<?x2xf32> {onnx.name = "y"}) {
  // CHECK: %[[W:.*]] = onnx.initializer "w" dense<1.000000e+00> : tensor<4x2xf32>
  %w = onnx.initializer "w" dense<1.0> : tensor<4x2xf32>
  // CHECK: onnx.node "MatMul"(%[[X]], %[[W]]) opset 17 {name = "fc"} : (tensor<?x4xf32>, tensor<4x2xf32>) -> tensor<?x2xf32>
  %y = onnx.node "MatMul"(%x, %w) opset 17 {name = "fc"}
      : (tensor<?x4xf32>, tensor<4x2xf32>) -> tensor<?x2xf32>
  return %y : tensor<?x2xf32>
}

// CHECK-LABEL: func.func @resource
func.func @resource() -> tensor<4xf16> {
  // CHECK: %layer.0_weight = onnx.initializer "/layer.0:weight" dense_resource<half> : tensor<4xf16>
  %0 = onnx.initializer "/layer.0:weight" dense_resource<half> : tensor<4xf16>
  return %0 : tensor<4xf16>
}

// CHECK-LABEL: func.func @packed_resource
func.func @packed_resource() -> tensor<3xi4> {
  // CHECK: onnx.initializer "q" dense_resource<nibbles> : tensor<3xi4>
  %0 = onnx.initializer "q" dense_resource<nibbles> : tensor<3xi4>
  return %0 : tensor<3xi4>
}

// CHECK-LABEL: func.func @domain
func.func @domain(%x: tensor<4xf32>) {
  // CHECK: onnx.node "BiasGelu"(%{{.*}}, %{{.*}}) domain "com.microsoft" opset 1 : (tensor<4xf32>, tensor<4xf32>) -> !onnx.unknown
  %y = onnx.node "BiasGelu"(%x, %x) domain "com.microsoft" opset 1
      : (tensor<4xf32>, tensor<4xf32>) -> !onnx.unknown
  return
}

// CHECK-LABEL: func.func @attributes
func.func @attributes(%x: tensor<4xf32>) {
  // CHECK: onnx.node "Thing"(%{{.*}}) opset 17 attributes {
  // CHECK-SAME: axis = -1 : i64
  // CHECK-SAME: eps = 9.99999974E-6 : f32
  // CHECK-SAME: mode = "linear"
  // CHECK-SAME: perm = array<i64: 0, 2, 1>
  // CHECK-SAME: value = dense<3> : tensor<1xi64>
  %y = onnx.node "Thing"(%x) opset 17
      attributes {axis = -1 : i64, eps = 1.0e-5 : f32, mode = "linear",
                  perm = array<i64: 0, 2, 1>, value = dense<3> : tensor<1xi64>}
      : (tensor<4xf32>) -> tensor<*xf32>
  return
}

// CHECK-LABEL: func.func @absent_values
func.func @absent_values(%x: tensor<4xf32>) {
  // CHECK: %[[NONE:.*]] = onnx.none
  %none = onnx.none
  // CHECK: %first:2, %layer.0_third = onnx.node "Split"(%{{.*}}, %[[NONE]])
  // CHECK-SAME: {output_names = ["first", "", "/layer.0/third"]}
  // CHECK-SAME: (tensor<4xf32>, none) -> (tensor<2xf32>, none, tensor<2xf32>)
  %0:3 = onnx.node "Split"(%x, %none) opset 17
      {output_names = ["first", "", "/layer.0/third"]}
      : (tensor<4xf32>, none) -> (tensor<2xf32>, none, tensor<2xf32>)
  return
}

// CHECK-LABEL: func.func @subgraphs
func.func @subgraphs(%c: tensor<i1>, %x: tensor<4xf32>) {
  // CHECK: onnx.node "If"(%{{.*}}) opset 17 graphs ["then_branch", "else_branch"] {
  // CHECK-NEXT: onnx.yield %{{.*}} : tensor<4xf32>
  // CHECK-NEXT: }, {
  // CHECK: onnx.yield %{{.*}} : tensor<4xf32>
  // CHECK-NEXT: } {name = "choice"} : (tensor<i1>) -> tensor<4xf32>
  %y = onnx.node "If"(%c) opset 17 graphs ["then_branch", "else_branch"] {
    onnx.yield %x : tensor<4xf32>
  }, {
    %n = onnx.node "Neg"(%x) opset 17 : (tensor<4xf32>) -> tensor<4xf32>
    onnx.yield %n : tensor<4xf32>
  } {name = "choice"} : (tensor<i1>) -> tensor<4xf32>
  return
}
}

{-#
  dialect_resources: {
    builtin: {
      half: "0x02000000003C00400042003C",
      nibbles: "0x010000002103"
    }
  }
#-}
