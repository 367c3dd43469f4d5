// RUN: atleus-opt %s --atleus-quantize --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize=weights=per-tensor | FileCheck %s --check-prefix=TENSOR
// RUN: atleus-opt %s --atleus-quantize="weight-bits=4 activation-bits=6" | FileCheck %s --check-prefix=BITS
// RUN: atleus-opt %s --atleus-quantize=activation-scales=per-tensor | FileCheck %s --check-prefix=ONE --implicit-check-not=scales

// CHECK-DAG: !per_axis = !quant.uniform<i8:f32:1, {1.000000e+00,2.000000e+00}>
// CHECK-DAG: !per_axis1 = !quant.uniform<i8:f32:0, {5.000000e-01,1.000000e+00,2.000000e+00}>
// BITS-DAG: !per_axis = !quant.uniform<i4:f32:1, {{.*}}>

// CHECK-LABEL: func.func @scale_of_each_column
// CHECK-SAME: %[[X:.*]]: tensor<1x3xf32>, %[[B:.*]]: tensor<2xf32>
// TENSOR-LABEL: func.func @scale_of_each_column
// BITS-LABEL: func.func @scale_of_each_column
func.func @scale_of_each_column(%x: tensor<1x3xf32>, %b: tensor<2xf32>)
    -> tensor<1x2xf32> {
  // CHECK-DAG: %[[XQ:.*]] = nn.quantize %[[X]] scales<vector> : tensor<1x3xf32> to tensor<1x3x!quant.any<i8:f32>>
  // CHECK-DAG: %[[W:.*]] = nn.constant
  // CHECK-DAG: %[[WQ:.*]] = nn.quantize %[[W]] : tensor<3x2xf32> to tensor<3x2x!per_axis>
  // CHECK: nn.linear %[[XQ]], %[[WQ]] bias %[[B]] {nn.name = "query"}
  // CHECK-SAME: -> tensor<1x2xf32>
  // TENSOR: nn.quantize %{{.*}} : tensor<3x2xf32> to tensor<3x2x!quant.uniform<i8:f32, 2.000000e+00>>
  // BITS: nn.quantize %{{.*}} scales<vector> : tensor<1x3xf32> to tensor<1x3x!quant.any<i6:f32>>
  // BITS: nn.quantize %{{.*}} : tensor<3x2xf32> to tensor<3x2x!per_axis>
  %w = nn.constant dense<[[127.0, 1.0], [-12.0, -254.0], [3.0, 7.0]]>
      : tensor<3x2xf32>
  %y = nn.linear %x, %w bias %b {nn.name = "query"}
      : (tensor<1x3xf32>, tensor<3x2xf32>, tensor<2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// A feature of zeros has the scale 1.
// CHECK-LABEL: func.func @transposed_weight
func.func @transposed_weight(%x: tensor<1x2xf32>) -> tensor<1x3xf32> {
  // CHECK: nn.quantize %{{.*}} : tensor<3x2xf32> to tensor<3x2x!per_axis1>
  %w = nn.constant dense<[[63.5, 1.0], [0.0, -0.0], [3.0, -254.0]]>
      : tensor<3x2xf32>
  %y = nn.linear %x, %w {transposed}
      : (tensor<1x2xf32>, tensor<3x2xf32>) -> tensor<1x3xf32>
  return %y : tensor<1x3xf32>
}

// CHECK-LABEL: func.func @shared_operand
func.func @shared_operand(%x: tensor<1x2xf32>)
    -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  // CHECK-COUNT-2: nn.quantize
  // CHECK-NOT: nn.quantize
  %w = nn.constant dense<127.0> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %z = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y, %z : tensor<1x2xf32>, tensor<1x2xf32>
}

// CHECK-LABEL: func.func @dynamic_product
func.func @dynamic_product(%a: tensor<2x3xf32>, %b: tensor<3x4xf32>)
    -> tensor<2x4xf32> {
  // CHECK-DAG: %[[B:.*]] = nn.quantize %{{.*}} scales<matrix> : tensor<3x4xf32> to tensor<3x4x!quant.any<i8:f32>>
  // CHECK-DAG: %[[A:.*]] = nn.quantize %{{.*}} scales<vector> : tensor<2x3xf32> to tensor<2x3x!quant.any<i8:f32>>
  // CHECK: nn.matmul %[[A]], %[[B]]
  %y = nn.matmul %a, %b
      : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
  return %y : tensor<2x4xf32>
}

// CHECK-LABEL: func.func @attention
// BITS-LABEL: func.func @attention
// ONE-LABEL: func.func @attention
func.func @attention(%q: tensor<1x4x8xf32>, %k: tensor<1x4x8xf32>)
    -> tensor<1x4x8xf32> {
  // A scale for the features of each head.
  // CHECK-DAG: %[[Q:.*]] = nn.quantize %arg0 scales<vector>
  // CHECK-DAG: %[[S:.*]] = nn.reshape %arg1 : tensor<1x4x8xf32> to tensor<1x4x2x4xf32>
  // CHECK-DAG: %[[T:.*]] = nn.transpose %[[S]] [0, 2, 1, 3]
  // CHECK-DAG: %[[H:.*]] = nn.quantize %[[T]] scales<matrix> : tensor<1x2x4x4xf32>
  // CHECK-DAG: %[[B:.*]] = nn.transpose %[[H]] [0, 2, 1, 3]
  // CHECK-DAG: %[[K:.*]] = nn.reshape %[[B]] : tensor<1x4x2x4x!quant.any<i8:f32>> to tensor<1x4x8x!quant.any<i8:f32>>
  // CHECK: nn.attention %[[Q]], %[[K]], %[[K]] heads 2 kv_heads 2 scale 5.000000e-01
  // CHECK-SAME: probabilities !quant.uniform<u8:f32, 0.0039215688593685627>
  // BITS: probabilities !quant.uniform<u6:f32, 0.01{{[0-9]+}}>
  // ONE-DAG: %[[Q:.*]] = nn.quantize %arg0 : tensor<1x4x8xf32>
  // ONE-DAG: %[[K:.*]] = nn.quantize %arg1 : tensor<1x4x8xf32>
  // ONE: nn.attention %[[Q]], %[[K]], %[[K]] heads 2
  %y = nn.attention %q, %k, %k heads 2 kv_heads 2 scale 0.5
      : (tensor<1x4x8xf32>, tensor<1x4x8xf32>, tensor<1x4x8xf32>)
      -> tensor<1x4x8xf32>
  return %y : tensor<1x4x8xf32>
}

// A weight that is computed from constants keeps its recipe.
// CHECK-LABEL: func.func @computed_weight
func.func @computed_weight(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // CHECK: %[[W:.*]] = nn.mul
  // CHECK: nn.quantize %[[W]] : tensor<2x2xf32> to tensor<2x2x!per_axis>
  %c = nn.constant dense<[[63.5, 0.0], [3.0, -127.0]]> : tensor<2x2xf32>
  %two = nn.constant dense<2.0> : tensor<1xf32>
  %w = nn.mul %c, %two : (tensor<2x2xf32>, tensor<1xf32>) -> tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// Weights that are not known when compiling are activations.
// CHECK-LABEL: func.func @weight_is_an_argument
func.func @weight_is_an_argument(%x: tensor<1x2xf32>, %w: tensor<2x2xf32>)
    -> tensor<1x2xf32> {
  // CHECK: nn.quantize %arg1 scales<matrix> : tensor<2x2xf32> to tensor<2x2x!quant.any<i8:f32>>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK-LABEL: func.func @blob_is_shared
func.func @blob_is_shared(%x: tensor<1x2xf16>) -> tensor<1x1xf16> {
  // CHECK: %[[W:.*]] = nn.constant dense_resource<halves> : tensor<2x1xf16>
  // CHECK: nn.quantize %[[W]] : tensor<2x1xf16> to tensor<2x1x!per_axis{{[0-9]*}}>
  %w = nn.constant dense_resource<halves> : tensor<2x1xf16>
  %y = nn.linear %x, %w : (tensor<1x2xf16>, tensor<2x1xf16>) -> tensor<1x1xf16>
  return %y : tensor<1x1xf16>
}

// A product of constants is computed when compiling, in floats.
// CHECK-LABEL: func.func @constant_product
func.func @constant_product() -> tensor<2x2xf32> {
  // CHECK-NOT: nn.quantize
  // CHECK: return
  %c = nn.constant dense<[[63.5, 0.0], [3.0, -127.0]]> : tensor<2x2xf32>
  %y = nn.matmul %c, %c
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// Integer products stay as they are.
// CHECK-LABEL: func.func @integers
func.func @integers(%a: tensor<2x2xi32>) -> tensor<2x2xi32> {
  // CHECK-NOT: nn.quantize
  %y = nn.matmul %a, %a
      : (tensor<2x2xi32>, tensor<2x2xi32>) -> tensor<2x2xi32>
  return %y : tensor<2x2xi32>
}

{-#
  dialect_resources: {
    builtin: {
      halves: "0x02000000003c0040"
    }
  }
#-}
