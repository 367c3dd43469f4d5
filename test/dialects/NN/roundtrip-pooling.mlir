// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-LABEL: func @pooling
func.func @pooling(%x: tensor<1x3x9xf32>, %y: tensor<2x4x8x6xui8>)
    -> (tensor<1x3x4xf32>, tensor<2x4x3x6xui8>, tensor<2x4x3x6xi64>) {
  // CHECK: nn.average_pool %{{.*}} kernel [3] strides [2] pads [0, 0] dilations [1] : tensor<1x3x9xf32> -> tensor<1x3x4xf32>
  %0 = nn.average_pool %x kernel [3] strides [2] pads [0, 0] dilations [1]
      : tensor<1x3x9xf32> -> tensor<1x3x4xf32>
  // CHECK: nn.max_pool %{{.*}} kernel [3, 2] strides [3, 1] pads [1, 1, 1, 0] dilations [1, 1] : tensor<2x4x8x6xui8> -> tensor<2x4x3x6xui8>
  %1 = nn.max_pool %y kernel [3, 2] strides [3, 1] pads [1, 1, 1, 0]
      dilations [1, 1] : tensor<2x4x8x6xui8> -> tensor<2x4x3x6xui8>
  // CHECK: nn.arg_max_pool %{{.*}} kernel [3, 2] strides [3, 1] pads [1, 1, 1, 0] dilations [1, 1] : tensor<2x4x8x6xui8> -> tensor<2x4x3x6xi64>
  %2 = nn.arg_max_pool %y kernel [3, 2] strides [3, 1] pads [1, 1, 1, 0]
      dilations [1, 1] : tensor<2x4x8x6xui8> -> tensor<2x4x3x6xi64>
  return %0, %1, %2
      : tensor<1x3x4xf32>, tensor<2x4x3x6xui8>, tensor<2x4x3x6xi64>
}
