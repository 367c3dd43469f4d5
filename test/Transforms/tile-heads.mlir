// Vectors that are cut into heads, but not sorted by them, are those of tokens:
// a task has some tokens with all of their heads.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=4 | FileCheck %s

// CHECK-LABEL: func.func @heads_of_a_token
func.func @heads_of_a_token(%x: tensor<1x16x64xf32>) -> tensor<1x16x4x16xf32> {
  %heads = nn.reshape %x : tensor<1x16x64xf32> to tensor<1x16x4x16xf32>
  // CHECK: systolic.vector{{.*}} task_tile [1, 4, 4, 16]
  %0 = systolic.vector (%heads) on @sa0 task_tile [1, 16, 4, 16] {
  ^bb0(%e: tensor<1x16x4x16xf32>):
    %s = nn.relu %e : tensor<1x16x4x16xf32>
    nn.yield %s : tensor<1x16x4x16xf32>
  } : (tensor<1x16x4x16xf32>) -> tensor<1x16x4x16xf32>
  return %0 : tensor<1x16x4x16xf32>
}

// CHECK-LABEL: func.func @heads_that_are_joined
func.func @heads_that_are_joined(%x: tensor<1x16x4x16xf32>)
    -> tensor<1x16x64xf32> {
  // CHECK: systolic.vector{{.*}} task_tile [1, 4, 4, 16]
  %0 = systolic.vector (%x) on @sa0 task_tile [1, 16, 4, 16] {
  ^bb0(%e: tensor<1x16x4x16xf32>):
    %s = nn.relu %e : tensor<1x16x4x16xf32>
    nn.yield %s : tensor<1x16x4x16xf32>
  } : (tensor<1x16x4x16xf32>) -> tensor<1x16x4x16xf32>
  %1 = nn.reshape %0 : tensor<1x16x4x16xf32> to tensor<1x16x64xf32>
  return %1 : tensor<1x16x64xf32>
}

// Sorted by heads, a task has tokens of one head.
// CHECK-LABEL: func.func @tokens_of_a_head
func.func @tokens_of_a_head(%x: tensor<1x16x64xf32>) -> tensor<1x4x16x16xf32> {
  %split = nn.reshape %x : tensor<1x16x64xf32> to tensor<1x16x4x16xf32>
  %heads = nn.transpose %split [0, 2, 1, 3]
      : tensor<1x16x4x16xf32> -> tensor<1x4x16x16xf32>
  // CHECK: systolic.vector{{.*}} task_tile [1, 1, 4, 16]
  %0 = systolic.vector (%heads) on @sa0 task_tile [1, 4, 16, 16] {
  ^bb0(%e: tensor<1x4x16x16xf32>):
    %s = nn.relu %e : tensor<1x4x16x16xf32>
    nn.yield %s : tensor<1x4x16x16xf32>
  } : (tensor<1x4x16x16xf32>) -> tensor<1x4x16x16xf32>
  return %0 : tensor<1x4x16x16xf32>
}

// Other reshapes leave the tokens where they are.
// CHECK-LABEL: func.func @tokens_in_rows
func.func @tokens_in_rows(%x: tensor<1x64x16xf32>) -> tensor<1x16x4x16xf32> {
  %rows = nn.reshape %x : tensor<1x64x16xf32> to tensor<1x16x4x16xf32>
  // CHECK: systolic.vector{{.*}} task_tile [1, 1, 4, 16]
  %0 = systolic.vector (%rows) on @sa0 task_tile [1, 16, 4, 16] {
  ^bb0(%e: tensor<1x16x4x16xf32>):
    %s = nn.relu %e : tensor<1x16x4x16xf32>
    nn.yield %s : tensor<1x16x4x16xf32>
  } : (tensor<1x16x4x16xf32>) -> tensor<1x16x4x16xf32>
  return %0 : tensor<1x16x4x16xf32>
}

// Nor is a vector that a classifier reads one token of heads: it has all tokens.
// CHECK-LABEL: func.func @tokens_in_a_vector
func.func @tokens_in_a_vector(%x: tensor<1x16x64xf32>) -> tensor<1x1024xf32> {
  // CHECK: systolic.vector{{.*}} task_tile [1, 4, 64]
  %0 = systolic.vector (%x) on @sa0 task_tile [1, 16, 64] {
  ^bb0(%e: tensor<1x16x64xf32>):
    %s = nn.relu %e : tensor<1x16x64xf32>
    nn.yield %s : tensor<1x16x64xf32>
  } : (tensor<1x16x64xf32>) -> tensor<1x16x64xf32>
  %flat = nn.reshape %0 : tensor<1x16x64xf32> to tensor<1x1024xf32>
  return %flat : tensor<1x1024xf32>
}
