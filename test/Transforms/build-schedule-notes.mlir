// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | not atleus-opt --atleus-build-schedule 2>&1 | FileCheck %s

// CHECK: error: 'systolic.vector' op cannot run on @pe:
// CHECK: note: core declared here
// CHECK-NEXT: arch.systolic @pe
func.func @unit_missing(%i: tensor<4xi64>) -> tensor<4x2xf32> {
  %t = nn.constant dense<0.5> : tensor<10x2xf32>
  %y = systolic.vector (%t, %i) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<10x2xf32>, %b: tensor<4xi64>):
    %r = nn.embedding %a, %b
        : (tensor<10x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "lookup"} : (tensor<10x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}
