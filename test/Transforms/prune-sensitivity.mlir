// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:4x1x2=1,10,-1,10,1,-10,2,20"
// RUN: atleus-opt %s --atleus-prune="pattern=unstructured by=sensitivity calibration=%t.npz" \
// RUN:   | FileCheck %s
// RUN: atleus-opt %s --atleus-prune="pattern=unstructured calibration=%t.npz" \
// RUN:   | FileCheck %s --check-prefix=UNIFORM

// Half of the weights of both layers become zero. The second layer loses hardly
// anything without three of its weights, the first one a quarter of its outputs
// for each: so the one is pruned three times, the other once.
// CHECK: nn.sparse_constant {{.*}} : tensor<3xf32>
// CHECK: nn.sparse_constant {{.*}} : tensor<1xf32>
// UNIFORM: nn.sparse_constant {{.*}} : tensor<2xf32>
// UNIFORM: nn.sparse_constant {{.*}} : tensor<2xf32>
func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %a = nn.constant dense<1.0> : tensor<2x2xf32>
  %b = nn.constant dense<[[1.0, 0.001], [0.001, 0.002]]> : tensor<2x2xf32>
  %0 = nn.linear %x, %a : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %1 = nn.linear %0, %b : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}
