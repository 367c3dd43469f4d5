// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --atleus-insert-transfers --atleus-verify-transfers | FileCheck %s

// The memory is at node (0, 0, 0), as the first node of @sa0 is: data moves,
// but not over the network.
// CHECK-LABEL: func.func @memory_at_the_node
// CHECK-SAME: (%[[X:.*]]: tensor
func.func @memory_at_the_node(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // CHECK: %[[T:.*]] = noc.transfer %[[X]] from @dram[(0, 0, 0)] to @sa0[(0, 0, 0)] along [] : tensor<4x2xf32>
  // CHECK: %[[Y:.*]] = systolic.vector(%[[T]])
  // CHECK: %[[R:.*]] = noc.transfer %[[Y]] from @sa0[(0, 0, 0)] to @dram[(0, 0, 0)] along []
  // CHECK: return %[[R]]
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @local_data_stays
func.func @local_data_stays(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // CHECK: noc.transfer
  // CHECK: %[[Y:.*]] = systolic.vector
  // CHECK-NOT: noc.transfer
  // CHECK: systolic.vector(%[[Y]])
  %y = systolic.vector (%x) on @sa0 at (0, 1, 0)(1, 1, 0) task_tile [2, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %z = systolic.vector (%y) on @sa0 at (0, 1, 0)(1, 1, 0) task_tile [2, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return %z : tensor<4x2xf32>
}

// Rows 0 and 1 of %y are at (0, 1, 0), where the first task of %z reads them;
// rows 2 and 3 go along x, then y.
// CHECK-LABEL: func.func @routes_where_data_moves
func.func @routes_where_data_moves(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // CHECK: %[[Y:.*]] = systolic.vector
  // CHECK: noc.transfer %[[Y]] from @sa0[(0, 1, 0), (0, 0, 0)] to @sa0[(0, 1, 0), (1, 1, 0)] along [(0, 0, 0)[x+, y+]]
  %y = systolic.vector (%x) on @sa0 at (0, 1, 0)(0, 0, 0) task_tile [2, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %z = systolic.vector (%y) on @sa0 at (0, 1, 0)(1, 1, 0) task_tile [2, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return %z : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @one_transfer_for_readers_on_the_same_nodes
func.func @one_transfer_for_readers_on_the_same_nodes(%x: tensor<4x2xf32>)
    -> (tensor<4x2xf32>, tensor<4x2xf32>) {
  // CHECK: %[[T:.*]] = noc.transfer %{{.*}} to @sa0[(0, 1, 0)]
  // CHECK: systolic.vector(%[[T]])
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: nn.gelu
  // CHECK: systolic.vector(%[[T]])
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: nn.exp
  %y = systolic.vector (%x) on @sa0 at (0, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %z = systolic.vector (%x) on @sa0 at (0, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.exp %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y, %z : tensor<4x2xf32>, tensor<4x2xf32>
}

// Only columns 0 to 1 of the kernel's result are read, by way of two views; the
// views stand after the transfer.
// CHECK-LABEL: func.func @views_after_the_transfer
func.func @views_after_the_transfer(%x: tensor<4x6xf32>) -> tensor<2x4xf32> {
  // CHECK: %[[Y:.*]] = systolic.vector
  // CHECK-NOT: nn.slice
  // CHECK: %[[T:.*]] = noc.transfer %[[Y]] from @sa0[(0, 1, 0)] to @sa0[(1, 1, 0)] along [(0, 1, 0)[x+]] : tensor<4x6xf32>
  // CHECK-NEXT: %[[S:.*]] = nn.slice %[[T]]
  // CHECK-NEXT: %[[V:.*]] = nn.transpose %[[S]]
  // CHECK-NEXT: systolic.vector(%[[V]])
  %y = systolic.vector (%x) on @sa0 at (0, 1, 0) task_tile [4, 6] {
  ^bb0(%a: tensor<4x6xf32>):
    %r = nn.gelu %a : tensor<4x6xf32>
    nn.yield %r : tensor<4x6xf32>
  } : (tensor<4x6xf32>) -> tensor<4x6xf32>
  %s = nn.slice %y offsets [0, 0] sizes [4, 2] strides [1, 1]
      : tensor<4x6xf32> -> tensor<4x2xf32>
  %v = nn.transpose %s [1, 0] : tensor<4x2xf32> -> tensor<2x4xf32>
  %z = systolic.vector (%v) on @sa0 at (1, 1, 0) task_tile [2, 4] {
  ^bb0(%a: tensor<2x4xf32>):
    %r = nn.gelu %a : tensor<2x4xf32>
    nn.yield %r : tensor<2x4xf32>
  } : (tensor<2x4xf32>) -> tensor<2x4xf32>
  return %z : tensor<2x4xf32>
}

// Parts that lie on two nodes are moved before they are put together.
// CHECK-LABEL: func.func @parts_of_a_concatenation
func.func @parts_of_a_concatenation(%x: tensor<4x2xf32>) -> tensor<4x4xf32> {
  // CHECK: %[[A:.*]] = systolic.vector{{.*}} at (0, 1, 0)
  // CHECK: %[[B:.*]] = systolic.vector{{.*}} at (1, 1, 0)
  // CHECK: %[[T:.*]] = noc.transfer %[[A]] from @sa0[(0, 1, 0)] to @sa0[(1, 1, 0)]
  // CHECK-NOT: noc.transfer %[[B]]
  // CHECK: %[[C:.*]] = nn.concat %[[T]], %[[B]]
  // CHECK: systolic.vector(%[[C]])
  %y = systolic.vector (%x) on @sa0 at (0, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %z = systolic.vector (%x) on @sa0 at (1, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %c = nn.concat %y, %z axis 1
      : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4x4xf32>
  %w = systolic.vector (%c) on @sa0 at (1, 1, 0) task_tile [4, 4] {
  ^bb0(%a: tensor<4x4xf32>):
    %r = nn.gelu %a : tensor<4x4xf32>
    nn.yield %r : tensor<4x4xf32>
  } : (tensor<4x4xf32>) -> tensor<4x4xf32>
  return %w : tensor<4x4xf32>
}

// CHECK-LABEL: func.func @parameters_do_not_move
func.func @parameters_do_not_move(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // CHECK: %[[W:.*]] = nn.constant
  // CHECK: systolic.matmul %{{.*}}, %[[W]] on @sa0 at (1, 1, 0)
  %w = nn.constant dense<0.5> : tensor<2x2xf32>
  %y = systolic.matmul %x, %w on @sa0 at (1, 1, 0) task_tile [4, 2]
      {static_rhs} : (tensor<4x2xf32>, tensor<2x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}
