// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | not atleus-opt --convert-nn-to-pim 2>&1 | FileCheck %s
// RUN: sed 's/@small/@second/; s/#test/#more/' %inputs/small-machine.mlir \
// RUN:   | cat %inputs/small-machine.mlir - | not atleus-opt \
// RUN:       --convert-nn-to-pim 2>&1 | FileCheck %s --check-prefix=SECOND

// CHECK: error: 'nn.gelu' op is assigned to @sa7, which is neither a tier nor the host of @small
// CHECK: note: machine declared here
// CHECK-NEXT: arch.machine @small
// SECOND: error: a module has one machine, found a second
// SECOND-NEXT: arch.machine @second
// SECOND: note: first machine declared here
// SECOND-NEXT: arch.machine @small
func.func @note_at_the_machine(%x: tensor<3x8xf32>) -> tensor<3x8xf32> {
  %y = nn.gelu %x {arch.tier = @sa7} : tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}
