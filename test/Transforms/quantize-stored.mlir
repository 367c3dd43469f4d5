// RUN: atleus-opt %s --atleus-quantize --verify-roundtrip | FileCheck %s

// CHECK-DAG: ![[COLUMNS:.*]] = !quant.uniform<i8:f32:1, {5.000000e-01,2.500000e-01:3}>
// CHECK-DAG: ![[ROWS:.*]] = !quant.uniform<i8:f32:0, {5.000000e-01,2.500000e-01:3}>
// CHECK-DAG: ![[BLOCKS:.*]] = !quant.uniform<i4:f32:{0:2, 1:1}, {{.*}}1.000000e+00, 2.000000e+00{{.*}}3.000000e+00, 4.000000e+00
// CHECK-DAG: ![[TURNED:.*]] = !quant.uniform<i4:f32:{0:1, 1:2}, {{.*}}1.000000e+00, 3.000000e+00{{.*}}2.000000e+00, 4.000000e+00

!x = !quant.uniform<u8:f32, 0.125:7>
!columns = !quant.uniform<i8:f32:1, {0.5, 0.25:3}>

// CHECK-LABEL: func.func @scales_and_zero_points_stay
// CHECK-SAME: %[[X:.*]]: tensor<1x4xf32>
func.func @scales_and_zero_points_stay(%x: tensor<1x4xf32>) -> tensor<1x2xf32> {
  // CHECK: %[[Q:.*]] = nn.quantize %[[X]] : tensor<1x4xf32> to tensor<1x4x!quant.uniform<u8:f32, 1.250000e-01:7>>
  // CHECK: %[[W:.*]] = nn.storage_cast %{{.*}} : tensor<4x2xi8> to tensor<4x2x![[COLUMNS]]>
  // CHECK-NOT: nn.dequantize
  // CHECK: nn.linear %[[Q]], %[[W]] {nn.name = "fc"}
  %q = nn.quantize %x : tensor<1x4xf32> to tensor<1x4x!x>
  %d = nn.dequantize %q : tensor<1x4x!x> to tensor<1x4xf32>
  %c = nn.constant dense<3> : tensor<4x2xi8>
  %s = nn.storage_cast %c : tensor<4x2xi8> to tensor<4x2x!columns>
  %w = nn.dequantize %s : tensor<4x2x!columns> to tensor<4x2xf32>
  %y = nn.linear %d, %w {nn.name = "fc"}
      : (tensor<1x4xf32>, tensor<4x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// Only what is a float yet gets a scale.
// CHECK-LABEL: func.func @float_activation
func.func @float_activation(%x: tensor<1x4xf32>) -> tensor<1x2xf32> {
  // CHECK-DAG: %[[Q:.*]] = nn.quantize %{{.*}} : tensor<1x4xf32> to tensor<1x4x!quant.any<i8:f32>>
  // CHECK-DAG: %[[W:.*]] = nn.storage_cast %{{.*}} to tensor<4x2x![[BLOCKS]]>
  // CHECK: nn.linear %[[Q]], %[[W]]
  %c = nn.constant dense<3> : tensor<4x2xi4>
  %s = nn.storage_cast %c : tensor<4x2xi4> to tensor<4x2x!quant.uniform<
      i4:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>>
  %w = nn.dequantize %s : tensor<4x2x!quant.uniform<
      i4:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>> to tensor<4x2xf32>
  %y = nn.linear %x, %w : (tensor<1x4xf32>, tensor<4x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK-LABEL: func.func @views_are_taken_of_what_is_stored
func.func @views_are_taken_of_what_is_stored(%q: tensor<4x!x>)
    -> tensor<1x2xf32> {
  // CHECK: %[[X:.*]] = nn.reshape %{{.*}} : tensor<4x!quant.uniform<u8:f32, 1.250000e-01:7>> to tensor<1x4x!quant.uniform<u8:f32, 1.250000e-01:7>>
  // CHECK: %[[R:.*]] = nn.reshape %{{.*}} : tensor<1x4x2xi8> to tensor<4x2xi8>
  // CHECK: %[[T:.*]] = nn.transpose %[[R]] [1, 0] : tensor<4x2xi8> -> tensor<2x4xi8>
  // CHECK: %[[W:.*]] = nn.storage_cast %[[T]] : tensor<2x4xi8> to tensor<2x4x![[ROWS]]>
  // CHECK: nn.linear %[[X]], %[[W]] {transposed}
  %d = nn.dequantize %q : tensor<4x!x> to tensor<4xf32>
  %x = nn.reshape %d : tensor<4xf32> to tensor<1x4xf32>
  %c = nn.constant dense<3> : tensor<1x4x2xi8>
  %s = nn.storage_cast %c : tensor<1x4x2xi8>
      to tensor<1x4x2x!quant.uniform<i8:f32:2, {0.5, 0.25:3}>>
  %f = nn.dequantize %s : tensor<1x4x2x!quant.uniform<i8:f32:2, {0.5, 0.25:3}>>
      to tensor<1x4x2xf32>
  %m = nn.reshape %f : tensor<1x4x2xf32> to tensor<4x2xf32>
  %w = nn.transpose %m [1, 0] : tensor<4x2xf32> -> tensor<2x4xf32>
  %y = nn.linear %x, %w {transposed}
      : (tensor<1x4xf32>, tensor<2x4xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK-LABEL: func.func @blocks_are_transposed
func.func @blocks_are_transposed(%x: tensor<1x4xf32>) -> tensor<1x2xf32> {
  // CHECK: %[[T:.*]] = nn.transpose %{{.*}} [1, 0] : tensor<4x2xi4> -> tensor<2x4xi4>
  // CHECK: nn.storage_cast %[[T]] : tensor<2x4xi4> to tensor<2x4x![[TURNED]]>
  %c = nn.constant dense<3> : tensor<4x2xi4>
  %s = nn.storage_cast %c : tensor<4x2xi4> to tensor<4x2x!quant.uniform<
      i4:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>>
  %d = nn.dequantize %s : tensor<4x2x!quant.uniform<
      i4:f32:{0:2, 1:1}, {{1.0, 2.0}, {3.0, 4.0}}>> to tensor<4x2xf32>
  %w = nn.transpose %d [1, 0] : tensor<4x2xf32> -> tensor<2x4xf32>
  %y = nn.linear %x, %w {transposed}
      : (tensor<1x4xf32>, tensor<2x4xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK-LABEL: func.func @attention_of_stored_operands
func.func @attention_of_stored_operands(%q: tensor<3x2x!x>) -> tensor<3x2xf32> {
  // CHECK: nn.attention %arg0, %arg0, %arg0 {{.*}} probabilities !quant.uniform<u8:f32, {{.*}}>
  %d = nn.dequantize %q : tensor<3x2x!x> to tensor<3x2xf32>
  %y = nn.attention %d, %d, %d heads 1 kv_heads 1 scale 1.0
      : (tensor<3x2xf32>, tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  return %y : tensor<3x2xf32>
}
