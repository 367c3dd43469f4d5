// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-LABEL: func @reads
func.func @reads(%x: tensor<4x5x6xf32>, %i: tensor<4x2x6xi32>,
                 %t: tensor<4x3x1xi64>)
    -> (tensor<4x2x6xf32>, tensor<4x3x6xf32>) {
  // CHECK: nn.gather_elements %{{.*}}, %{{.*}} axis 1 : (tensor<4x5x6xf32>, tensor<4x2x6xi32>) -> tensor<4x2x6xf32>
  %0 = nn.gather_elements %x, %i axis 1
      : (tensor<4x5x6xf32>, tensor<4x2x6xi32>) -> tensor<4x2x6xf32>
  // CHECK: nn.gather_nd %{{.*}}, %{{.*}} batch_dims 1 : (tensor<4x5x6xf32>, tensor<4x3x1xi64>) -> tensor<4x3x6xf32>
  %1 = nn.gather_nd %x, %t batch_dims 1
      : (tensor<4x5x6xf32>, tensor<4x3x1xi64>) -> tensor<4x3x6xf32>
  return %0, %1 : tensor<4x2x6xf32>, tensor<4x3x6xf32>
}

// CHECK-LABEL: func @writes
func.func @writes(%x: tensor<4x6xf32>, %i: tensor<2x6xi64>,
                  %u: tensor<2x6xf32>, %t: tensor<2x1xi64>)
    -> tensor<4x6xf32> {
  // CHECK: nn.scatter_elements %{{.*}}, %{{.*}}, %{{.*}} axis 0 replace : (tensor<4x6xf32>, tensor<2x6xi64>, tensor<2x6xf32>) -> tensor<4x6xf32>
  %0 = nn.scatter_elements %x, %i, %u axis 0 replace
      : (tensor<4x6xf32>, tensor<2x6xi64>, tensor<2x6xf32>) -> tensor<4x6xf32>
  // CHECK: axis 0 multiply :
  %1 = nn.scatter_elements %0, %i, %u axis 0 multiply
      : (tensor<4x6xf32>, tensor<2x6xi64>, tensor<2x6xf32>) -> tensor<4x6xf32>
  // CHECK: axis 0 maximum :
  %2 = nn.scatter_elements %1, %i, %u axis 0 maximum
      : (tensor<4x6xf32>, tensor<2x6xi64>, tensor<2x6xf32>) -> tensor<4x6xf32>
  // CHECK: axis 0 minimum :
  %3 = nn.scatter_elements %2, %i, %u axis 0 minimum
      : (tensor<4x6xf32>, tensor<2x6xi64>, tensor<2x6xf32>) -> tensor<4x6xf32>
  // CHECK: nn.scatter_nd %{{.*}}, %{{.*}}, %{{.*}} add {nn.name = "update"} : (tensor<4x6xf32>, tensor<2x1xi64>, tensor<2x6xf32>) -> tensor<4x6xf32>
  %4 = nn.scatter_nd %3, %t, %u add {nn.name = "update"}
      : (tensor<4x6xf32>, tensor<2x1xi64>, tensor<2x6xf32>) -> tensor<4x6xf32>
  return %4 : tensor<4x6xf32>
}

// CHECK-LABEL: func @top_k
func.func @top_k(%x: tensor<2x5xi32>) -> (tensor<2x3xi64>, tensor<0x5xi64>) {
  // CHECK: nn.top_k %{{.*}} axis 1 count 3 : tensor<2x5xi32> -> tensor<2x3xi64>
  %0 = nn.top_k %x axis 1 count 3 : tensor<2x5xi32> -> tensor<2x3xi64>
  // CHECK: nn.top_k %{{.*}} axis 0 count 0 {smallest} : tensor<2x5xi32> -> tensor<0x5xi64>
  %1 = nn.top_k %x axis 0 count 0 {smallest}
      : tensor<2x5xi32> -> tensor<0x5xi64>
  return %0, %1 : tensor<2x3xi64>, tensor<0x5xi64>
}
