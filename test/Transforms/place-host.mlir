// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-place \
// RUN:   | FileCheck %s

// CHECK-LABEL: func.func @host_has_one_node
func.func @host_has_one_node(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // CHECK: nn.host(%{{.*}}) on @host at (1, 1, 0) task_tile
  %y = nn.host (%x) on @host task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  // CHECK: systolic.vector(%{{.*}}) on @sa0 at (1, 1, 0) task_tile
  %z = systolic.vector (%y) on @sa0 task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// As many nodes as the tier has, each for a run of tasks.
// CHECK-LABEL: func.func @more_tasks_than_nodes
func.func @more_tasks_than_nodes(%x: tensor<8x2xf32>) -> tensor<8x2xf32> {
  // CHECK: systolic.vector(%{{.*}}) on @sa0 at (0, 0, 0)({{[01], [01], 0}})({{[01], [01], 0}})(1, 1, 0) task_tile
  %z = systolic.vector (%x) on @sa0 task_tile [1, 2] {
  ^bb0(%a: tensor<8x2xf32>):
    %r = nn.gelu %a : tensor<8x2xf32>
    nn.yield %r : tensor<8x2xf32>
  } : (tensor<8x2xf32>) -> tensor<8x2xf32>
  return %z : tensor<8x2xf32>
}
