// Linear layers that the exporter took apart.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @bias
func.func @bias(%x: tensor<1x4x2xf32>) -> tensor<1x4x3xf32> {
  // CHECK: %[[W:.*]] = nn.constant
  // CHECK: %[[B:.*]] = nn.constant dense<2.0
  // CHECK-NEXT: nn.linear %{{.*}}, %[[W]] bias %[[B]]
  // CHECK-NEXT: return
  %w = nn.constant dense<1.0> : tensor<2x3xf32>
  %b = nn.constant dense<2.0> : tensor<3xf32>
  %y = nn.linear %x, %w
      : (tensor<1x4x2xf32>, tensor<2x3xf32>) -> tensor<1x4x3xf32>
  %z = nn.add %b, %y
      : (tensor<3xf32>, tensor<1x4x3xf32>) -> tensor<1x4x3xf32>
  return %z : tensor<1x4x3xf32>
}

// A number for each token is no bias.
// CHECK-LABEL: func.func @number_per_token
// CHECK: nn.linear %{{[^ ]*}}, %{{[^ ]*}} {
// CHECK: nn.add
func.func @number_per_token(%x: tensor<4x2xf32>) -> tensor<4x3xf32> {
  %w = nn.constant dense<1.0> : tensor<2x3xf32>
  %b = nn.constant dense<2.0> : tensor<4x1xf32>
  %y = nn.linear %x, %w : (tensor<4x2xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  %z = nn.add %y, %b : (tensor<4x3xf32>, tensor<4x1xf32>) -> tensor<4x3xf32>
  return %z : tensor<4x3xf32>
}

// The product without the bias is used too.
// CHECK-LABEL: func.func @used_without_bias
// CHECK: nn.linear %{{[^ ]*}}, %{{[^ ]*}} {
// CHECK: nn.add
func.func @used_without_bias(%x: tensor<4x2xf32>)
    -> (tensor<4x3xf32>, tensor<4x3xf32>) {
  %w = nn.constant dense<1.0> : tensor<2x3xf32>
  %b = nn.constant dense<2.0> : tensor<3xf32>
  %y = nn.linear %x, %w : (tensor<4x2xf32>, tensor<2x3xf32>) -> tensor<4x3xf32>
  %z = nn.add %y, %b : (tensor<4x3xf32>, tensor<3xf32>) -> tensor<4x3xf32>
  return %y, %z : tensor<4x3xf32>, tensor<4x3xf32>
}

// CHECK-LABEL: func.func @merged_dimensions
// CHECK-SAME: (%[[X:.*]]: tensor<2x4x3xf32>)
func.func @merged_dimensions(%x: tensor<2x4x3xf32>) -> tensor<2x4x5xf32> {
  // CHECK: %[[Y:.*]] = nn.linear %[[X]], %{{.*}} -> tensor<2x4x5xf32>
  // CHECK-NEXT: return %[[Y]]
  %w = nn.constant dense<1.0> : tensor<3x5xf32>
  %m = nn.reshape %x : tensor<2x4x3xf32> to tensor<8x3xf32>
  %y = nn.linear %m, %w : (tensor<8x3xf32>, tensor<3x5xf32>) -> tensor<8x5xf32>
  %z = nn.reshape %y : tensor<8x5xf32> to tensor<2x4x5xf32>
  return %z : tensor<2x4x5xf32>
}

// The weight is read transposed, not moved.
// CHECK-LABEL: func.func @transposed_weight
func.func @transposed_weight(%x: tensor<2x3xf32>) -> tensor<2x5xf32> {
  // CHECK-NOT: nn.transpose
  // CHECK: nn.linear %{{.*}}, %{{.*}} {nn.name = "linear", transposed}
  // CHECK-SAME: tensor<5x3xf32>
  %w = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0],
                          [1.5, 2.5, 3.5], [4.5, 5.5, 6.5]]> : tensor<5x3xf32>
  %t = nn.transpose %w [1, 0] : tensor<5x3xf32> -> tensor<3x5xf32>
  %y = nn.linear %x, %t : (tensor<2x3xf32>, tensor<3x5xf32>) -> tensor<2x5xf32>
  return %y : tensor<2x5xf32>
}

// Queries, keys and values of one product are slices of it.
// CHECK-LABEL: func.func @packed_projection
// CHECK-SAME: (%[[X:.*]]: tensor<4x2x6xf32>)
func.func @packed_projection(%x: tensor<4x2x6xf32>) -> tensor<4x2x2xf32> {
  // CHECK-NEXT: %[[S:.*]] = nn.slice %[[X]] offsets [0, 0, 2] sizes [4, 2, 2] strides [1, 1, 1]
  // CHECK-NEXT: return %[[S]]
  %a = nn.reshape %x : tensor<4x2x6xf32> to tensor<4x2x3x2xf32>
  %b = nn.transpose %a [2, 0, 1, 3]
      : tensor<4x2x3x2xf32> -> tensor<3x4x2x2xf32>
  %c = nn.slice %b offsets [1, 0, 0, 0] sizes [1, 4, 2, 2] strides [1, 1, 1, 1]
      : tensor<3x4x2x2xf32> -> tensor<1x4x2x2xf32>
  %d = nn.reshape %c : tensor<1x4x2x2xf32> to tensor<4x2x2xf32>
  return %d : tensor<4x2x2xf32>
}
