// Results of tasks go together, tiles of an input do not: they are read one by
// one.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-build-schedule -o %t
// RUN: FileCheck %s --input-file=%t
// RUN: FileCheck %s --input-file=%t --check-prefix=INPUT

// CHECK: sched.transfer "product"{{.*}}sched.gathers
// INPUT: sched.transfer "input:c"
// INPUT-NOT: "input:c"{{.*}}sched.gathers
func.func @main(%x: tensor<4x16xf32> {nn.name="x"}, %c: tensor<4x320xf32> {nn.name="c"}) -> (tensor<4x160xf32> {nn.name="y"}) {
  %w = nn.constant dense<0.5> : tensor<16x160xf32>
  %a = systolic.matmul %x, %w on @sa0 at (0, 0, 0)(1, 0, 0)(0, 1, 0)(1, 1, 0)
      task_tile [4, 1] {nn.name = "product", static_rhs}
      : (tensor<4x16xf32>, tensor<16x160xf32>) -> tensor<4x160xf32>
  %lo = nn.slice %c offsets [0, 0] sizes [4, 160] strides [1, 1] : tensor<4x320xf32> -> tensor<4x160xf32>
  %hi = nn.slice %c offsets [0, 160] sizes [4, 160] strides [1, 1] : tensor<4x320xf32> -> tensor<4x160xf32>
  %b = systolic.vector (%a, %lo, %hi) on @sa0 at (0, 0, 0)(1, 0, 0)(0, 1, 0)(1, 1, 0)
      task_tile [1, 160] {
  ^bb0(%e: tensor<4x160xf32>, %p: tensor<4x160xf32>, %q: tensor<4x160xf32>):
    %r = nn.add %e, %p : (tensor<4x160xf32>, tensor<4x160xf32>) -> tensor<4x160xf32>
    %s = nn.add %r, %q : (tensor<4x160xf32>, tensor<4x160xf32>) -> tensor<4x160xf32>
    nn.yield %s : tensor<4x160xf32>
  } {nn.name = "activation"} : (tensor<4x160xf32>, tensor<4x160xf32>, tensor<4x160xf32>) -> tensor<4x160xf32>
  return %b : tensor<4x160xf32>
}
