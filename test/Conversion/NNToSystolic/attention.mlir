// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --convert-nn-to-systolic | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!p = !quant.uniform<i8:f32, 0.0078125>

// CHECK-LABEL: func.func @quantized
// CHECK-SAME: (%[[Q:.*]]: tensor{{.*}}, %[[K:.*]]: tensor{{.*}}, %[[V:.*]]: tensor
func.func @quantized(%q: tensor<1x4x6x!x>, %k: tensor<1x5x6x!x>,
                     %v: tensor<1x5x6x!x>) -> tensor<1x4x6xf32> {
  // CHECK: %[[SPLIT:.*]] = nn.reshape %[[Q]] {{.*}} to tensor<1x4x2x3x
  // CHECK: %[[QH:.*]] = nn.transpose %[[SPLIT]] [0, 2, 1, 3]
  // CHECK: %[[SPLIT:.*]] = nn.reshape %[[K]] {{.*}} to tensor<1x5x2x3x
  // CHECK: %[[KH:.*]] = nn.transpose %[[SPLIT]] [0, 2, 1, 3]
  // CHECK: %[[SPLIT:.*]] = nn.reshape %[[V]] {{.*}} to tensor<1x5x2x3x
  // CHECK: %[[VH:.*]] = nn.transpose %[[SPLIT]] [0, 2, 1, 3]
  // CHECK: %[[SCORES:.*]] = systolic.matmul %[[QH]], %[[KH]] on @sa0 task_tile [1, 2, 4, 5] {accumulator_bits = 32 : i64, nn.name = "self.scores", transpose_rhs}
  // CHECK: %[[SCALE:.*]] = nn.constant dense<2.500000e-01> : tensor<f32>
  // CHECK: %[[P:.*]] = systolic.vector(%[[SCORES]], %[[SCALE]]) on @sa0 task_tile [1, 2, 4, 5]
  // CHECK:   %[[SCALED:.*]] = nn.mul %{{.*}}, %{{.*}}
  // CHECK:   %[[SOFTMAX:.*]] = nn.softmax %[[SCALED]] axis 3
  // CHECK:   %[[QUANTIZED:.*]] = nn.quantize %[[SOFTMAX]]
  // CHECK:   nn.yield %[[QUANTIZED]] : tensor<1x2x4x5x!quant.uniform<i8:f32, 7.812500e-03>>
  // CHECK: {nn.name = "self.softmax"}
  // CHECK: %[[CONTEXT:.*]] = systolic.matmul %[[P]], %[[VH]] on @sa0 task_tile [1, 2, 4, 3] {accumulator_bits = 32 : i64, nn.name = "self.context"}
  // CHECK: %[[TOKENS:.*]] = nn.transpose %[[CONTEXT]] [0, 2, 1, 3]
  // CHECK: %[[Y:.*]] = nn.reshape %[[TOKENS]] {nn.name = "self"} : tensor<1x4x2x3xf32> to tensor<1x4x6xf32>
  // CHECK: return %[[Y]]
  %y = nn.attention %q, %k, %v heads 2 kv_heads 2 scale 0.25 probabilities !p
      {nn.name = "self", arch.tier = @sa0}
      : (tensor<1x4x6x!x>, tensor<1x5x6x!x>, tensor<1x5x6x!x>)
      -> tensor<1x4x6xf32>
  return %y : tensor<1x4x6xf32>
}

// CHECK-LABEL: func.func @mask
// CHECK-SAME: %[[MASK:[a-z0-9]*]]: tensor<1x1x1x4xf32>
func.func @mask(%x: tensor<1x4x6xf32>, %m: tensor<1x1x1x4xf32>)
    -> tensor<1x4x6xf32> {
  // CHECK: systolic.vector(%{{.*}}, %{{.*}}, %[[MASK]])
  // CHECK: ^bb0(%[[S:.*]]: tensor{{.*}}, %[[F:.*]]: tensor{{.*}}, %[[M:.*]]: tensor
  // CHECK: %[[SCALED:.*]] = nn.mul %[[S]], %[[F]]
  // CHECK: %[[MASKED:.*]] = nn.add %[[SCALED]], %[[M]]
  // CHECK: nn.softmax %[[MASKED]]
  // CHECK: nn.name = "attention.0.softmax"
  %y = nn.attention %x, %x, %x mask %m heads 2 kv_heads 2 scale 0.5
      {arch.tier = @sa0}
      : (tensor<1x4x6xf32>, tensor<1x4x6xf32>, tensor<1x4x6xf32>,
         tensor<1x1x1x4xf32>) -> tensor<1x4x6xf32>
  return %y : tensor<1x4x6xf32>
}

// Of 3 queries and 5 keys, query 0 sees keys 0 to 2.
// CHECK-LABEL: func.func @causal
func.func @causal(%q: tensor<3x6xf32>, %k: tensor<5x6xf32>)
    -> tensor<3x6xf32> {
  // CHECK-DAG: %[[KEYS:.*]] = nn.constant dense<[0, 1, 2, 3, 4]> : tensor<5xi64>
  // CHECK-DAG: %[[LAST:.*]] = nn.constant dense<{{\[}}[2], [3], [4]]> : tensor<3x1xi64>
  // CHECK-DAG: %[[HIDDEN:.*]] = nn.constant dense<0xFF800000> : tensor<f32>
  // CHECK: systolic.vector(%{{.*}}, %{{.*}}, %[[KEYS]], %[[LAST]], %[[HIDDEN]])
  // CHECK: ^bb0(%{{.*}}, %[[I:.*]]: tensor<5xi64>, %[[J:.*]]: tensor<3x1xi64>, %[[H:.*]]: tensor<f32>)
  // CHECK: %[[SCALED:.*]] = nn.mul
  // CHECK: %[[VISIBLE:.*]] = nn.less_equal %[[I]], %[[J]] {{.*}} -> tensor<3x5xi1>
  // CHECK: %[[SHOWN:.*]] = nn.select %[[VISIBLE]], %[[SCALED]], %[[H]]
  // CHECK: nn.softmax %[[SHOWN]]
  %y = nn.attention %q, %k, %k heads 2 kv_heads 2 scale 0.5
      {causal, arch.tier = @sa0}
      : (tensor<3x6xf32>, tensor<5x6xf32>, tensor<5x6xf32>) -> tensor<3x6xf32>
  return %y : tensor<3x6xf32>
}

// Four heads of the query share two of key and value.
// CHECK-LABEL: func.func @shared_keys
func.func @shared_keys(%q: tensor<4x12xf32>, %k: tensor<4x6xf32>)
    -> tensor<4x12xf32> {
  // CHECK: %[[K:.*]] = nn.transpose %{{.*}} [1, 0, 2] : tensor<4x2x3xf32> -> tensor<2x4x3xf32>
  // CHECK: %[[ONE:.*]] = nn.reshape %[[K]] : tensor<2x4x3xf32> to tensor<2x1x4x3xf32>
  // CHECK: %[[TWO:.*]] = nn.expand %[[ONE]] : tensor<2x1x4x3xf32> to tensor<2x2x4x3xf32>
  // CHECK: %[[FOUR:.*]] = nn.reshape %[[TWO]] : tensor<2x2x4x3xf32> to tensor<4x4x3xf32>
  // CHECK: systolic.matmul %{{.*}}, %[[FOUR]]
  %y = nn.attention %q, %k, %k heads 4 kv_heads 2 scale 0.5 {arch.tier = @sa0}
      : (tensor<4x12xf32>, tensor<4x6xf32>, tensor<4x6xf32>)
      -> tensor<4x12xf32>
  return %y : tensor<4x12xf32>
}
