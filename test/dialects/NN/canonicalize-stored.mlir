// RUN: atleus-opt %s --canonicalize | FileCheck %s

!half = !quant.uniform<i8:f32, 0.5>
!quarter = !quant.uniform<i8:f32, 0.25>

// CHECK-LABEL: func @storage_cast_to_the_same_type
// CHECK-NEXT: return %arg0
func.func @storage_cast_to_the_same_type(%x: tensor<4xi8>) -> tensor<4xi8> {
  %0 = nn.storage_cast %x : tensor<4xi8> to tensor<4xi8>
  return %0 : tensor<4xi8>
}

// CHECK-LABEL: func @storage_cast_and_back
// CHECK-NEXT: return %arg0
func.func @storage_cast_and_back(%x: tensor<4x!half>) -> tensor<4x!half> {
  %0 = nn.storage_cast %x : tensor<4x!half> to tensor<4xi8>
  %1 = nn.storage_cast %0 : tensor<4xi8> to tensor<4x!half>
  return %1 : tensor<4x!half>
}

// CHECK-LABEL: func @storage_cast_to_another_scale
// CHECK-NEXT: %[[Y:.*]] = nn.storage_cast %arg0 : tensor<4x!quant.uniform<i8:f32, 5.000000e-01>> to tensor<4x!quant.uniform<i8:f32, 2.500000e-01>>
// CHECK-NEXT: return %[[Y]]
func.func @storage_cast_to_another_scale(%x: tensor<4x!half>)
    -> tensor<4x!quarter> {
  %0 = nn.storage_cast %x : tensor<4x!half> to tensor<4xi8>
  %1 = nn.storage_cast %0 : tensor<4xi8> to tensor<4x!quarter>
  return %1 : tensor<4x!quarter>
}
