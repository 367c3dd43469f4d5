// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-LABEL: func @constant
func.func @constant() -> (tensor<2xf32>, tensor<2xi1>, tensor<3xf32>) {
  // CHECK: nn.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
  %0 = nn.constant dense<[1.0, 2.0]> : tensor<2xf32>
  // CHECK: nn.constant {nn.name = "flags"} dense_resource<flags> : tensor<2xi1>
  %1 = nn.constant {nn.name = "flags"} dense_resource<flags> : tensor<2xi1>
  // CHECK: nn.constant dense_resource<absent> : tensor<3xf32>
  %2 = nn.constant dense_resource<absent> : tensor<3xf32>
  return %0, %1, %2 : tensor<2xf32>, tensor<2xi1>, tensor<3xf32>
}

// CHECK-LABEL: func @layout
// CHECK-SAME: (%[[X:.*]]: tensor<2x6xf32>)
func.func @layout(%x: tensor<2x6xf32>) -> tensor<3x2x6xf32> {
  // CHECK: %[[R:.*]] = nn.reshape %[[X]] : tensor<2x6xf32> to tensor<2x3x2xf32>
  %0 = nn.reshape %x : tensor<2x6xf32> to tensor<2x3x2xf32>
  // CHECK: %[[T:.*]] = nn.transpose %[[R]] [1, 0, 2] : tensor<2x3x2xf32> -> tensor<3x2x2xf32>
  %1 = nn.transpose %0 [1, 0, 2] : tensor<2x3x2xf32> -> tensor<3x2x2xf32>
  // CHECK: nn.slice %[[T]] offsets [2, 0, 1] sizes [2, 2, 1] strides [-2, 1, 1] : tensor<3x2x2xf32> -> tensor<2x2x1xf32>
  %2 = nn.slice %1 offsets [2, 0, 1] sizes [2, 2, 1] strides [-2, 1, 1]
      : tensor<3x2x2xf32> -> tensor<2x2x1xf32>
  // CHECK: nn.concat %[[T]], %[[P:.*]], %[[P]] axis 2 : (tensor<3x2x2xf32>, tensor<3x2x1xf32>, tensor<3x2x1xf32>) -> tensor<3x2x4xf32>
  %3 = nn.slice %1 offsets [0, 0, 0] sizes [3, 2, 1] strides [1, 1, 1]
      : tensor<3x2x2xf32> -> tensor<3x2x1xf32>
  %4 = nn.concat %1, %3, %3 axis 2
      : (tensor<3x2x2xf32>, tensor<3x2x1xf32>, tensor<3x2x1xf32>)
      -> tensor<3x2x4xf32>
  // CHECK: nn.expand %{{.*}} : tensor<3x2x1xf32> to tensor<3x2x6xf32>
  %5 = nn.expand %3 : tensor<3x2x1xf32> to tensor<3x2x6xf32>
  return %5 : tensor<3x2x6xf32>
}

// CHECK-LABEL: func @layout_of_quantized_values
func.func @layout_of_quantized_values(
    %x: tensor<2x6x!quant.uniform<i8:f32, 5.0e-01>>)
    -> tensor<12x!quant.uniform<i8:f32, 5.0e-01>> {
  // CHECK: nn.reshape %{{.*}} : tensor<2x6x!quant.uniform<i8:f32, 5.000000e-01>> to tensor<12x!quant.uniform<i8:f32, 5.000000e-01>>
  %0 = nn.reshape %x : tensor<2x6x!quant.uniform<i8:f32, 5.0e-01>>
      to tensor<12x!quant.uniform<i8:f32, 5.0e-01>>
  return %0 : tensor<12x!quant.uniform<i8:f32, 5.0e-01>>
}

// CHECK-LABEL: func @scalars_and_empty_tensors
func.func @scalars_and_empty_tensors(%x: tensor<f32>, %e: tensor<0x4xf32>)
    -> (tensor<1x1xf32>, tensor<4x0xf32>) {
  // CHECK: nn.reshape %{{.*}} : tensor<f32> to tensor<1x1xf32>
  %0 = nn.reshape %x : tensor<f32> to tensor<1x1xf32>
  // CHECK: nn.transpose %{{.*}} [1, 0] : tensor<0x4xf32> -> tensor<4x0xf32>
  %1 = nn.transpose %e [1, 0] : tensor<0x4xf32> -> tensor<4x0xf32>
  // CHECK: nn.slice %{{.*}} offsets [7, 0] sizes [0, 4] strides [1, 1] : tensor<0x4xf32> -> tensor<0x4xf32>
  %2 = nn.slice %e offsets [7, 0] sizes [0, 4] strides [1, 1]
      : tensor<0x4xf32> -> tensor<0x4xf32>
  return %0, %1 : tensor<1x1xf32>, tensor<4x0xf32>
}

// CHECK-LABEL: func @pad
func.func @pad(%x: tensor<2x2xi32>) -> tensor<3x4xi32> {
  // CHECK: nn.pad %{{.*}} low [0, 1] high [1, 1] value -1.000000e+00 : tensor<2x2xi32> -> tensor<3x4xi32>
  %0 = nn.pad %x low [0, 1] high [1, 1] value -1.0
      : tensor<2x2xi32> -> tensor<3x4xi32>
  return %0 : tensor<3x4xi32>
}

// CHECK-LABEL: func @trilu
func.func @trilu(%x: tensor<2x4x3xf32>) -> tensor<2x4x3xf32> {
  // CHECK: nn.trilu %{{.*}} diagonal -1 : tensor<2x4x3xf32>
  %0 = nn.trilu %x diagonal -1 : tensor<2x4x3xf32>
  // CHECK: nn.trilu %{{.*}} diagonal 1 {upper} : tensor<2x4x3xf32>
  %1 = nn.trilu %0 diagonal 1 {upper} : tensor<2x4x3xf32>
  return %1 : tensor<2x4x3xf32>
}

// CHECK-LABEL: func @selection
func.func @selection(%x: tensor<5x6xf32>, %i: tensor<2x3xi32>, %s: tensor<i64>)
    -> (tensor<5x2x3xf32>, tensor<6xf32>, tensor<2x3x6xf32>) {
  // CHECK: nn.gather %{{.*}}, %{{.*}} axis 1 : (tensor<5x6xf32>, tensor<2x3xi32>) -> tensor<5x2x3xf32>
  %0 = nn.gather %x, %i axis 1
      : (tensor<5x6xf32>, tensor<2x3xi32>) -> tensor<5x2x3xf32>
  // CHECK: nn.gather %{{.*}}, %{{.*}} axis 0 : (tensor<5x6xf32>, tensor<i64>) -> tensor<6xf32>
  %1 = nn.gather %x, %s axis 0
      : (tensor<5x6xf32>, tensor<i64>) -> tensor<6xf32>
  // CHECK: nn.embedding %{{.*}}, %{{.*}} : (tensor<5x6xf32>, tensor<2x3xi32>) -> tensor<2x3x6xf32>
  %2 = nn.embedding %x, %i
      : (tensor<5x6xf32>, tensor<2x3xi32>) -> tensor<2x3x6xf32>
  return %0, %1, %2 : tensor<5x2x3xf32>, tensor<6xf32>, tensor<2x3x6xf32>
}

// CHECK-LABEL: func @reductions
func.func @reductions(%x: tensor<2x3x4xf32>) -> tensor<f32> {
  // CHECK: nn.reduce_sum %{{.*}} axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  %0 = nn.reduce_sum %x axes [0, 2] : tensor<2x3x4xf32> -> tensor<3xf32>
  // CHECK: nn.reduce_mean %{{.*}} axes [2] {keep_dimensions} : tensor<2x3x4xf32> -> tensor<2x3x1xf32>
  %1 = nn.reduce_mean %x axes [2] {keep_dimensions}
      : tensor<2x3x4xf32> -> tensor<2x3x1xf32>
  // CHECK: nn.reduce_max %{{.*}} axes [] : tensor<3xf32> -> tensor<3xf32>
  %2 = nn.reduce_max %0 axes [] : tensor<3xf32> -> tensor<3xf32>
  // CHECK: nn.reduce_min %{{.*}} axes [1] : tensor<2x3x1xf32> -> tensor<2x1xf32>
  %3 = nn.reduce_min %1 axes [1] : tensor<2x3x1xf32> -> tensor<2x1xf32>
  // CHECK: nn.reduce_prod %{{.*}} axes [0] : tensor<3xf32> -> tensor<f32>
  %4 = nn.reduce_prod %2 axes [0] : tensor<3xf32> -> tensor<f32>
  return %4 : tensor<f32>
}

// CHECK-LABEL: func @arg_max
func.func @arg_max(%x: tensor<2x3xf32>) -> (tensor<2xi64>, tensor<1x3xi64>) {
  // CHECK: nn.arg_max %{{.*}} axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  %0 = nn.arg_max %x axis 1 : tensor<2x3xf32> -> tensor<2xi64>
  // CHECK: nn.arg_max %{{.*}} axis 0 {keep_dimension} : tensor<2x3xf32> -> tensor<1x3xi64>
  %1 = nn.arg_max %x axis 0 {keep_dimension}
      : tensor<2x3xf32> -> tensor<1x3xi64>
  return %0, %1 : tensor<2xi64>, tensor<1x3xi64>
}

// CHECK-LABEL: func @cum_sum
func.func @cum_sum(%x: tensor<2x3xi64>) -> tensor<2x3xi64> {
  // CHECK: nn.cum_sum %{{.*}} axis 0 : tensor<2x3xi64>
  %0 = nn.cum_sum %x axis 0 : tensor<2x3xi64>
  return %0 : tensor<2x3xi64>
}

{-#
  dialect_resources: {
    builtin: {
      flags: "0x010000000100"
    }
  }
#-}
