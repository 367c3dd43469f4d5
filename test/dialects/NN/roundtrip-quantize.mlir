// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// Types with many scales are printed once.
// CHECK-DAG: !per_axis = !quant.uniform<i8:f32:1, {5.000000e-01,2.500000e-01:3}>
// CHECK-DAG: !per_block = !quant.uniform<i8:f32:{0:2, 1:1}, {{.*}}>

// CHECK-LABEL: func @quantize_per_tensor
func.func @quantize_per_tensor(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // CHECK: nn.quantize %{{.*}} : tensor<4x2xf32> to tensor<4x2x!quant.uniform<i8:f32, 5.000000e-02:7>>
  %0 = nn.quantize %x
      : tensor<4x2xf32> to tensor<4x2x!quant.uniform<i8:f32, 5.0e-02:7>>
  // CHECK: nn.dequantize %{{.*}} : tensor<4x2x!quant.uniform<i8:f32, 5.000000e-02:7>> to tensor<4x2xf32>
  %1 = nn.dequantize %0
      : tensor<4x2x!quant.uniform<i8:f32, 5.0e-02:7>> to tensor<4x2xf32>
  return %1 : tensor<4x2xf32>
}

// CHECK-LABEL: func @quantize_per_axis
func.func @quantize_per_axis(%x: tensor<4x2xf32>)
    -> tensor<4x2x!quant.uniform<i8:f32:1, {0.5, 0.25:3}>> {
  // CHECK: nn.quantize %{{.*}} : tensor<4x2xf32> to tensor<4x2x!per_axis>
  %0 = nn.quantize %x : tensor<4x2xf32>
      to tensor<4x2x!quant.uniform<i8:f32:1, {0.5, 0.25:3}>>
  return %0 : tensor<4x2x!quant.uniform<i8:f32:1, {0.5, 0.25:3}>>
}

// CHECK-LABEL: func @quantize_per_block
func.func @quantize_per_block(%x: tensor<4x2xf32>)
    -> tensor<4x2x!quant.uniform<i8:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>> {
  // CHECK: nn.quantize %{{.*}} : tensor<4x2xf32> to tensor<4x2x!per_block>
  %0 = nn.quantize %x : tensor<4x2xf32> to tensor<4x2x!quant.uniform<
      i8:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>>
  return %0 : tensor<4x2x!quant.uniform<
      i8:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>>
}

// CHECK-LABEL: func @quantize_when_running
func.func @quantize_when_running(%x: tensor<f16>)
    -> tensor<!quant.any<i4:f16>> {
  // CHECK: nn.quantize %{{.*}} : tensor<f16> to tensor<!quant.any<i4:f16>>
  %0 = nn.quantize %x : tensor<f16> to tensor<!quant.any<i4:f16>>
  return %0 : tensor<!quant.any<i4:f16>>
}

// CHECK-LABEL: func @scales_of_parts
func.func @scales_of_parts(%x: tensor<2x4x8xf32>)
    -> (tensor<2x4x8x!quant.any<i8:f32>>, tensor<2x4x8x!quant.any<u8:f32>>) {
  // CHECK: nn.quantize %{{.*}} scales<vector> : tensor<2x4x8xf32> to tensor<2x4x8x!quant.any<i8:f32>>
  %0 = nn.quantize %x scales<vector>
      : tensor<2x4x8xf32> to tensor<2x4x8x!quant.any<i8:f32>>
  // CHECK: nn.quantize %{{.*}} scales<matrix> : tensor<2x4x8xf32> to tensor<2x4x8x!quant.any<u8:f32>>
  %1 = nn.quantize %x scales<matrix>
      : tensor<2x4x8xf32> to tensor<2x4x8x!quant.any<u8:f32>>
  return %0, %1
      : tensor<2x4x8x!quant.any<i8:f32>>, tensor<2x4x8x!quant.any<u8:f32>>
}
