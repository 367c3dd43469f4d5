// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=4 | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!any = !quant.any<i8:f32>

// CHECK-LABEL: func.func @tokens_in_blocks
func.func @tokens_in_blocks(%a: tensor<2x8x6xf32>, %b: tensor<6x5xf32>)
    -> tensor<2x8x5xf32> {
  // CHECK: systolic.matmul {{.*}} task_tile [1, 4, 5]
  %y = systolic.matmul %a, %b on @sa0 task_tile [2, 8, 5]
      : (tensor<2x8x6xf32>, tensor<6x5xf32>) -> tensor<2x8x5xf32>
  return %y : tensor<2x8x5xf32>
}

// A weight that streams from memory is cut by columns, which are read once: into
// two blocks as of tokens, but at least one for each of four nodes.
// CHECK-LABEL: func.func @streamed_weights_by_columns
func.func @streamed_weights_by_columns(%a: tensor<2x8x6xf32>,
                                       %b: tensor<1x8x6xf32>)
    -> (tensor<2x8x18xf32>, tensor<1x8x18xf32>) {
  %w = nn.constant dense<0.5> : tensor<6x18xf32>
  // CHECK: systolic.matmul {{.*}} task_tile [2, 8, 5]
  %y = systolic.matmul %a, %w on @sa0 task_tile [2, 8, 18] {static_rhs}
      : (tensor<2x8x6xf32>, tensor<6x18xf32>) -> tensor<2x8x18xf32>
  // CHECK: systolic.matmul {{.*}} task_tile [1, 8, 5]
  %z = systolic.matmul %b, %w on @sa0 task_tile [1, 8, 18] {static_rhs}
      : (tensor<1x8x6xf32>, tensor<6x18xf32>) -> tensor<1x8x18xf32>
  return %y, %z : tensor<2x8x18xf32>, tensor<1x8x18xf32>
}

// CHECK-LABEL: func.func @heads_apart
func.func @heads_apart(%x: tensor<1x3x8x6xf32>) -> tensor<1x3x8x6xf32> {
  // CHECK: systolic.vector{{.*}} task_tile [1, 1, 4, 6]
  %y = systolic.vector (%x) on @sa0 task_tile [1, 3, 8, 6] {
  ^bb0(%a: tensor<1x3x8x6xf32>):
    %s = nn.softmax %a axis 3 : tensor<1x3x8x6xf32>
    nn.yield %s : tensor<1x3x8x6xf32>
  } : (tensor<1x3x8x6xf32>) -> tensor<1x3x8x6xf32>
  return %y : tensor<1x3x8x6xf32>
}

// CHECK-LABEL: func.func @fewer_tokens_than_a_block
func.func @fewer_tokens_than_a_block(%x: tensor<3x6xf32>) -> tensor<3x6xf32> {
  // CHECK: systolic.vector{{.*}} task_tile [3, 6]
  %y = systolic.vector (%x) on @sa0 task_tile [1, 6] {
  ^bb0(%a: tensor<3x6xf32>):
    %s = nn.gelu %a : tensor<3x6xf32>
    nn.yield %s : tensor<3x6xf32>
  } : (tensor<3x6xf32>) -> tensor<3x6xf32>
  return %y : tensor<3x6xf32>
}

// The scale is that of the whole tensor: no task can know it alone.
// CHECK-LABEL: func.func @dynamic_quantization_is_one_task
func.func @dynamic_quantization_is_one_task(%x: tensor<8x6xf32>)
    -> tensor<8x6x!any> {
  // CHECK: systolic.vector{{.*}} task_tile [8, 6]
  %y = systolic.vector (%x) on @sa0 task_tile [1, 6] {
  ^bb0(%a: tensor<8x6xf32>):
    %s = nn.quantize %a : tensor<8x6xf32> to tensor<8x6x!any>
    nn.yield %s : tensor<8x6x!any>
  } : (tensor<8x6xf32>) -> tensor<8x6x!any>
  return %y : tensor<8x6x!any>
}

// CHECK-LABEL: func.func @scales_of_tokens_leave_tokens_apart
func.func @scales_of_tokens_leave_tokens_apart(%x: tensor<3x8x6xf32>)
    -> tensor<3x8x6x!any> {
  // CHECK: systolic.vector{{.*}} task_tile [1, 4, 6]
  %y = systolic.vector (%x) on @sa0 task_tile [3, 8, 6] {
  ^bb0(%a: tensor<3x8x6xf32>):
    %s = nn.quantize %a scales<vector> : tensor<3x8x6xf32> to tensor<3x8x6x!any>
    nn.yield %s : tensor<3x8x6x!any>
  } : (tensor<3x8x6xf32>) -> tensor<3x8x6x!any>
  return %y : tensor<3x8x6x!any>
}

// CHECK-LABEL: func.func @scales_of_heads_leave_heads_apart
func.func @scales_of_heads_leave_heads_apart(%x: tensor<3x8x6xf32>)
    -> tensor<3x8x6x!any> {
  // CHECK: systolic.vector{{.*}} task_tile [1, 8, 6]
  %y = systolic.vector (%x) on @sa0 task_tile [3, 8, 6] {
  ^bb0(%a: tensor<3x8x6xf32>):
    %s = nn.quantize %a scales<matrix> : tensor<3x8x6xf32> to tensor<3x8x6x!any>
    nn.yield %s : tensor<3x8x6x!any>
  } : (tensor<3x8x6xf32>) -> tensor<3x8x6x!any>
  return %y : tensor<3x8x6x!any>
}

// CHECK-LABEL: func.func @softmax_over_tokens_takes_them_whole
func.func @softmax_over_tokens_takes_them_whole(%x: tensor<3x8x6xf32>)
    -> tensor<3x8x6xf32> {
  // CHECK: systolic.vector{{.*}} task_tile [1, 8, 6]
  %y = systolic.vector (%x) on @sa0 task_tile [3, 8, 6] {
  ^bb0(%a: tensor<3x8x6xf32>):
    %s = nn.softmax %a axis 1 : tensor<3x8x6xf32>
    nn.yield %s : tensor<3x8x6xf32>
  } : (tensor<3x8x6xf32>) -> tensor<3x8x6xf32>
  return %y : tensor<3x8x6xf32>
}

// CHECK-LABEL: func.func @host_calls_stay_whole
func.func @host_calls_stay_whole(%i: tensor<8xi64>) -> tensor<8x2xf32> {
  %t = nn.constant dense<0.5> : tensor<10x2xf32>
  // CHECK: nn.host{{.*}} task_tile [8, 2]
  %y = nn.host (%t, %i) on @host task_tile [1, 2] {
  ^bb0(%a: tensor<10x2xf32>, %b: tensor<8xi64>):
    %r = nn.embedding %a, %b
        : (tensor<10x2xf32>, tensor<8xi64>) -> tensor<8x2xf32>
    nn.yield %r : tensor<8x2xf32>
  } : (tensor<10x2xf32>, tensor<8xi64>) -> tensor<8x2xf32>
  return %y : tensor<8x2xf32>
}

// CHECK-LABEL: func.func @one_vector
func.func @one_vector(%x: tensor<6xf32>) -> tensor<6xf32> {
  // CHECK: systolic.vector{{.*}} task_tile [6]
  %y = systolic.vector (%x) on @sa0 task_tile [1] {
  ^bb0(%a: tensor<6xf32>):
    %s = nn.gelu %a : tensor<6xf32>
    nn.yield %s : tensor<6xf32>
  } : (tensor<6xf32>) -> tensor<6xf32>
  return %y : tensor<6xf32>
}
