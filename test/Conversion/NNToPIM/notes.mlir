// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | not atleus-opt --convert-nn-to-pim 2>&1 | FileCheck %s

// CHECK: error: 'nn.matmul' op cannot run on crossbar tier @reram0, which multiplies by weights only
// CHECK: note: tier declared here
// CHECK-NEXT: arch.tier @reram0
func.func @note_at_the_tier(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %y = nn.matmul %x, %x {arch.tier = @reram0}
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}
