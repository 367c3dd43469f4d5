// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// Upstream prints zero points of blocks as signed numbers of their width, and
// reads both: -56 are the bits of 200.
// CHECK-DAG: ![[BLOCKS:.*]] = !quant.uniform<u8:f32:{0:2, 1:1}, {{.*}}1.000000e+00:-56{{.*}}2.000000e+00:3

// CHECK-LABEL: func @storage_cast
func.func @storage_cast(%x: tensor<2x3xui4>, %q: tensor<4x!quant.any<u8:f32>>)
    -> (tensor<2x3x!quant.uniform<u4:f32, 0.5:8>>, tensor<4xui8>) {
  // CHECK: nn.storage_cast %{{.*}} : tensor<2x3xui4> to tensor<2x3x!quant.uniform<u4:f32, 5.000000e-01:8>>
  %0 = nn.storage_cast %x
      : tensor<2x3xui4> to tensor<2x3x!quant.uniform<u4:f32, 0.5:8>>
  // CHECK: nn.storage_cast %{{.*}} : tensor<4x!quant.any<u8:f32>> to tensor<4xui8>
  %1 = nn.storage_cast %q : tensor<4x!quant.any<u8:f32>> to tensor<4xui8>
  return %0, %1 : tensor<2x3x!quant.uniform<u4:f32, 0.5:8>>, tensor<4xui8>
}

// CHECK-LABEL: func @storage_cast_to_unsigned_blocks
func.func @storage_cast_to_unsigned_blocks(%x: tensor<2x2xui8>)
    -> tensor<2x2x!quant.uniform<u8:f32:{0:2, 1:1}, {{1.0:200, 2.0:3}}>> {
  // CHECK: nn.storage_cast %{{.*}} : tensor<2x2xui8> to tensor<2x2x![[BLOCKS]]>
  %0 = nn.storage_cast %x : tensor<2x2xui8>
      to tensor<2x2x!quant.uniform<u8:f32:{0:2, 1:1}, {{1.0:200, 2.0:3}}>>
  return %0
      : tensor<2x2x!quant.uniform<u8:f32:{0:2, 1:1}, {{1.0:200, 2.0:3}}>>
}

// CHECK-LABEL: func @parameters_found_when_running
func.func @parameters_found_when_running(%q: tensor<4x!quant.any<i8:f16>>)
    -> (tensor<f16>, tensor<i8>) {
  // CHECK: nn.scale %{{.*}} : tensor<4x!quant.any<i8:f16>> -> tensor<f16>
  %0 = nn.scale %q : tensor<4x!quant.any<i8:f16>> -> tensor<f16>
  // CHECK: nn.zero_point %{{.*}} : tensor<4x!quant.any<i8:f16>> -> tensor<i8>
  %1 = nn.zero_point %q : tensor<4x!quant.any<i8:f16>> -> tensor<i8>
  return %0, %1 : tensor<f16>, tensor<i8>
}

// CHECK-LABEL: func @integer_matmul
func.func @integer_matmul(%a: tensor<2x4x8xui8>, %b: tensor<6x8xi8>,
                          %z: tensor<1xui8>, %c: tensor<6xi8>)
    -> (tensor<2x4x6xi32>, tensor<2x4x6xi32>) {
  // CHECK: nn.integer_matmul %{{.*}}, %{{.*}} {transpose_rhs} : (tensor<2x4x8xui8>, tensor<6x8xi8>) -> tensor<2x4x6xi32>
  %0 = nn.integer_matmul %a, %b {transpose_rhs}
      : (tensor<2x4x8xui8>, tensor<6x8xi8>) -> tensor<2x4x6xi32>
  // CHECK: nn.integer_matmul %{{.*}} zero_point %{{.*}}, %{{.*}} zero_point %{{.*}} {transpose_rhs}
  %1 = nn.integer_matmul %a zero_point %z, %b zero_point %c {transpose_rhs}
      : (tensor<2x4x8xui8>, tensor<6x8xi8>, tensor<1xui8>, tensor<6xi8>)
      -> tensor<2x4x6xi32>
  return %0, %1 : tensor<2x4x6xi32>, tensor<2x4x6xi32>
}
