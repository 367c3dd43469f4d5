// RUN: sed -e 's/arch.machine @mixed/& streaming<overflow>/' \
// RUN:   -e 's/arch.tier @reram0.*//' %inputs/processor-machine.mlir > %t.mlir
// RUN: cat %t.mlir %s | atleus-opt --atleus-assign-tiers=policy=cost 2>&1 | FileCheck %s

// A machine that is made for streaming says so: no option is needed.
// CHECK-NOT: error
// CHECK: arch.machine @mixed streaming<overflow> {
// CHECK: nn.linear {{.*}}arch.tier = @sm0
func.func @main(%x: tensor<3x8xf32>) -> tensor<3x4xf32> {
  %w = nn.constant dense<0.5> : tensor<8x4xf32>
  %y = nn.linear %x, %w
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}
