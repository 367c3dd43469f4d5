// RUN: atleus-opt %s --atleus-lower-convolution --verify-roundtrip | FileCheck %s

// CHECK-LABEL: func.func @pads_and_strides
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x8x6xf32>, %[[B:.*]]: tensor<16xf32>)
func.func @pads_and_strides(%x: tensor<2x3x8x6xf32>, %b: tensor<16xf32>)
    -> tensor<2x16x4x3xf32> {
  // CHECK: %[[W:.*]] = nn.constant dense<5.000000e-01> : tensor<16x18xf32>
  // CHECK: %[[PATCHES:.*]] = nn.patches %[[X]] kernel [3, 2] strides [2, 2] pads [1, 0, 0, 1] dilations [1, 1]
  // CHECK-SAME: -> tensor<2x12x18xf32>
  // CHECK: %[[Y:.*]] = nn.linear %[[PATCHES]], %[[W]] bias %[[B]] {nn.name = "stem", transposed}
  // CHECK: %[[T:.*]] = nn.transpose %[[Y]] [0, 2, 1] : tensor<2x12x16xf32> -> tensor<2x16x12xf32>
  // CHECK: %[[R:.*]] = nn.reshape %[[T]] {nn.name = "stem"} : tensor<2x16x12xf32> to tensor<2x16x4x3xf32>
  %w = nn.constant dense<0.5> : tensor<16x3x3x2xf32>
  %y = nn.conv %x, %w bias %b strides [2, 2] pads [1, 0, 0, 1] dilations [1, 1]
      groups 1 {nn.name = "stem"}
      : (tensor<2x3x8x6xf32>, tensor<16x3x3x2xf32>, tensor<16xf32>)
      -> tensor<2x16x4x3xf32>
  return %y : tensor<2x16x4x3xf32>
}

// Tokens first, as the encoder takes them: the way back to an image cancels.
// CHECK-LABEL: func.func @patch_embedding
func.func @patch_embedding(%x: tensor<1x1x8x8xf32>) -> tensor<1x16x64xf32> {
  // CHECK: %[[PATCHES:.*]] = nn.patches
  // CHECK-NEXT: %[[Y:.*]] = nn.linear %[[PATCHES]], %{{.*}} {transposed}
  // CHECK-NEXT: return %[[Y]] : tensor<1x16x64xf32>
  %w = nn.constant dense<0.5> : tensor<64x1x2x2xf32>
  %y = nn.conv %x, %w strides [2, 2] pads [0, 0, 0, 0] dilations [1, 1] groups 1
      : (tensor<1x1x8x8xf32>, tensor<64x1x2x2xf32>) -> tensor<1x64x4x4xf32>
  %r = nn.reshape %y : tensor<1x64x4x4xf32> to tensor<1x64x16xf32>
  %t = nn.transpose %r [0, 2, 1] : tensor<1x64x16xf32> -> tensor<1x16x64xf32>
  return %t : tensor<1x16x64xf32>
}

// CHECK-LABEL: func.func @shares_the_blob
func.func @shares_the_blob(%x: tensor<1x1x2x2xf32>) -> tensor<1x1x1x1xf32> {
  // CHECK: nn.constant dense_resource<filter> : tensor<1x4xf32>
  %w = nn.constant dense_resource<filter> : tensor<1x1x2x2xf32>
  %y = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0] dilations [1, 1] groups 1
      : (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) -> tensor<1x1x1x1xf32>
  return %y : tensor<1x1x1x1xf32>
}

// CHECK-LABEL: func.func @groups
func.func @groups(%x: tensor<1x6x4x4xf32>, %b: tensor<4xf32>)
    -> tensor<1x4x2x2xf32> {
  // CHECK: %[[W:.*]] = nn.constant dense<5.000000e-01> : tensor<2x2x12xf32>
  // CHECK: %[[PATCHES:.*]] = nn.patches %{{.*}} -> tensor<1x4x24xf32>
  // CHECK: %[[SPLIT:.*]] = nn.reshape %[[PATCHES]] : {{.*}} to tensor<1x4x2x12xf32>
  // CHECK: %[[GROUPS:.*]] = nn.transpose %[[SPLIT]] [0, 2, 1, 3]
  // CHECK: %[[Y:.*]] = nn.matmul %[[GROUPS]], %[[W]] {nn.name = "grouped", transpose_rhs}
  // CHECK-SAME: -> tensor<1x2x4x2xf32>
  // CHECK: %[[T:.*]] = nn.transpose %[[Y]] [0, 1, 3, 2]
  // CHECK: %[[R:.*]] = nn.reshape %[[T]] : {{.*}} to tensor<1x4x4xf32>
  // CHECK: %[[BIAS:.*]] = nn.reshape %{{.*}} : tensor<4xf32> to tensor<4x1xf32>
  // CHECK: nn.add %[[R]], %[[BIAS]]
  %w = nn.constant dense<0.5> : tensor<4x3x2x2xf32>
  %y = nn.conv %x, %w bias %b strides [2, 2] pads [0, 0, 0, 0] dilations [1, 1]
      groups 2 {nn.name = "grouped"}
      : (tensor<1x6x4x4xf32>, tensor<4x3x2x2xf32>, tensor<4xf32>)
      -> tensor<1x4x2x2xf32>
  return %y : tensor<1x4x2x2xf32>
}

// Scales of features that lie in different groups are no scales of a matrix.
!features = !quant.uniform<i8:f32:0, {0.5, 0.25, 1.0, 2.0}>
// CHECK-LABEL: func.func @groups_with_scales
func.func @groups_with_scales(%x: tensor<1x2x4x4x!quant.uniform<u8:f32, 0.5:3>>)
    -> tensor<1x4x2x2xf32> {
  // CHECK-DAG: %[[X:.*]] = nn.dequantize %arg0
  // CHECK-DAG: %[[W:.*]] = nn.dequantize %{{.*}} to tensor<4x1x2x2xf32>
  // CHECK: nn.matmul {{.*}} : (tensor<1x2x4x4xf32>, tensor<2x2x4xf32>)
  %c = nn.constant dense<3> : tensor<4x1x2x2xi8>
  %w = nn.storage_cast %c : tensor<4x1x2x2xi8> to tensor<4x1x2x2x!features>
  %y = nn.conv %x, %w strides [2, 2] pads [0, 0, 0, 0] dilations [1, 1] groups 2
      : (tensor<1x2x4x4x!quant.uniform<u8:f32, 0.5:3>>,
         tensor<4x1x2x2x!features>) -> tensor<1x4x2x2xf32>
  return %y : tensor<1x4x2x2xf32>
}

{-#
  dialect_resources: {
    builtin: {
      filter: "0x040000000000803f000000400000404000008040"
    }
  }
#-}
