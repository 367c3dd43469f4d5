// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --atleus-insert-transfers --atleus-verify-transfers | FileCheck %s

// One task computes all of both results, also of the one that is wider than its
// task_tile: all of that comes from the node of the host.
// CHECK-LABEL: func.func @results_of_different_shapes
func.func @results_of_different_shapes(%x: tensor<4x2xf32>, %w: tensor<2x8xf32>)
    -> tensor<4x8xf32> {
  // CHECK: %[[H:.*]]:2 = nn.host
  %r, %y = nn.host (%x, %w) on @host at (1, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>, %b: tensor<2x8xf32>):
    %g = nn.gelu %a : tensor<4x2xf32>
    %p = nn.linear %a, %b
        : (tensor<4x2xf32>, tensor<2x8xf32>) -> tensor<4x8xf32>
    nn.yield %g, %p : tensor<4x2xf32>, tensor<4x8xf32>
  } : (tensor<4x2xf32>, tensor<2x8xf32>) -> (tensor<4x2xf32>, tensor<4x8xf32>)
  // CHECK: noc.transfer %[[H]]#1 from @host[(1, 1, 0)] to @sa0[(0, 1, 0), (1, 0, 0)] along [(1, 1, 0)[y-], (1, 1, 0)[x-]]
  %z = systolic.vector (%y) on @sa0 at (0, 1, 0)(1, 0, 0) task_tile [2, 8] {
  ^bb0(%a: tensor<4x8xf32>):
    %g = nn.gelu %a : tensor<4x8xf32>
    nn.yield %g : tensor<4x8xf32>
  } : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %z : tensor<4x8xf32>
}
