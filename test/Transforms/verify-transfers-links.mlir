// RUN: cat %S/Inputs/irregular-machine.mlir %s \
// RUN:   | not atleus-opt --atleus-verify-transfers 2>&1 | FileCheck %s

// The machine has no link between the tiers here.
// CHECK: error: transfer takes link (0, 0, 0) z+, which the network does not have
// CHECK: note: network declared here
func.func @main(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %t = noc.transfer %x from @dram[(0, 0, 0)] to @sa1[(0, 0, 1)]
      along [(0, 0, 0)[z+]] : tensor<4x2xf32>
  %y = systolic.vector (%t) on @sa1 at (0, 0, 1) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "a"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %u = noc.transfer %y from @sa1[(0, 0, 1)] to @dram[(0, 0, 0)]
      along [(0, 0, 1)[x+, z-, x-]] : tensor<4x2xf32>
  return %u : tensor<4x2xf32>
}
