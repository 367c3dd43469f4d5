// RUN: atleus-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func @cast_to_the_same_type_is_dropped
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @cast_to_the_same_type_is_dropped(%x: tensor<4xf32>)
    -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = nn.cast %x : tensor<4xf32> to tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @reshape_to_the_same_shape_is_dropped
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @reshape_to_the_same_shape_is_dropped(%x: tensor<4xf32>)
    -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = nn.reshape %x : tensor<4xf32> to tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @reshape_of_reshape
// CHECK-SAME: (%[[X:.*]]: tensor<4x6xf32>)
func.func @reshape_of_reshape(%x: tensor<4x6xf32>) -> tensor<2x12xf32> {
  // CHECK-NEXT: %[[Y:.*]] = nn.reshape %[[X]] : tensor<4x6xf32> to tensor<2x12xf32>
  // CHECK-NEXT: return %[[Y]]
  %0 = nn.reshape %x : tensor<4x6xf32> to tensor<24xf32>
  %1 = nn.reshape %0 : tensor<24xf32> to tensor<2x12xf32>
  return %1 : tensor<2x12xf32>
}

// CHECK-LABEL: func @reshape_of_a_constant
func.func @reshape_of_a_constant() -> tensor<2x2xi32> {
  // CHECK-NEXT: nn.constant dense<{{\[}}[1, 2], [3, 4]]> : tensor<2x2xi32>
  // CHECK-NEXT: return
  %0 = nn.constant dense<[1, 2, 3, 4]> : tensor<4xi32>
  %1 = nn.reshape %0 : tensor<4xi32> to tensor<2x2xi32>
  return %1 : tensor<2x2xi32>
}

// CHECK-LABEL: func @reshape_of_a_parameter_shares_its_blob
func.func @reshape_of_a_parameter_shares_its_blob()
    -> (tensor<2xf32>, tensor<2x1xf32>) {
  // CHECK-DAG: nn.constant dense_resource<weight> : tensor<2xf32>
  // CHECK-DAG: nn.constant dense_resource<weight> : tensor<2x1xf32>
  // CHECK-NOT: nn.reshape
  %0 = nn.constant dense_resource<weight> : tensor<2xf32>
  %1 = nn.reshape %0 : tensor<2xf32> to tensor<2x1xf32>
  return %0, %1 : tensor<2xf32>, tensor<2x1xf32>
}

// CHECK-LABEL: func @transpose_in_order_is_dropped
// CHECK-SAME: (%[[X:.*]]: tensor<2x3xf32>)
func.func @transpose_in_order_is_dropped(%x: tensor<2x3xf32>)
    -> tensor<2x3xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = nn.transpose %x [0, 1] : tensor<2x3xf32> -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func @transpose_of_transpose
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x4xf32>)
func.func @transpose_of_transpose(%x: tensor<2x3x4xf32>) -> tensor<4x3x2xf32> {
  // CHECK-NEXT: %[[Y:.*]] = nn.transpose %[[X]] [2, 1, 0] : tensor<2x3x4xf32> -> tensor<4x3x2xf32>
  // CHECK-NEXT: return %[[Y]]
  %0 = nn.transpose %x [1, 2, 0] : tensor<2x3x4xf32> -> tensor<3x4x2xf32>
  %1 = nn.transpose %0 [1, 0, 2] : tensor<3x4x2xf32> -> tensor<4x3x2xf32>
  return %1 : tensor<4x3x2xf32>
}

// CHECK-LABEL: func @transpose_and_its_inverse_are_dropped
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x4xf32>)
func.func @transpose_and_its_inverse_are_dropped(%x: tensor<2x3x4xf32>)
    -> tensor<2x3x4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = nn.transpose %x [1, 2, 0] : tensor<2x3x4xf32> -> tensor<3x4x2xf32>
  %1 = nn.transpose %0 [2, 0, 1] : tensor<3x4x2xf32> -> tensor<2x3x4xf32>
  return %1 : tensor<2x3x4xf32>
}

// CHECK-LABEL: func @slice_of_everything_is_dropped
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @slice_of_everything_is_dropped(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = nn.slice %x offsets [0] sizes [4] strides [1]
      : tensor<4xf32> -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @slice_that_reverses_is_kept
func.func @slice_that_reverses_is_kept(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.slice
  %0 = nn.slice %x offsets [3] sizes [4] strides [-1]
      : tensor<4xf32> -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @concat_of_one_is_dropped
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @concat_of_one_is_dropped(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = nn.concat %x axis 0 : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @expand_to_the_same_shape_is_dropped
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @expand_to_the_same_shape_is_dropped(%x: tensor<4xf32>)
    -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = nn.expand %x : tensor<4xf32> to tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @dead_ops_are_erased
func.func @dead_ops_are_erased(%x: tensor<2x2xf32>) {
  // CHECK-NEXT: return
  %0 = nn.softmax %x axis 1 : tensor<2x2xf32>
  %1 = nn.matmul %0, %x
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return
}

{-#
  dialect_resources: {
    builtin: {
      weight: "0x040000000000803F00000040"
    }
  }
#-}
