// RUN: sed 's/multiply_cycles = 1, multiply_fj = 20,//' %inputs/small-machine.mlir > %t.machine.mlir
// RUN: cat %t.machine.mlir %s | not atleus-opt --atleus-assign-tiers 2>&1 | FileCheck %s
// RUN: cat %t.machine.mlir %s \
// RUN:   | atleus-opt --atleus-assign-tiers=spill=systolic 2>&1 | FileCheck %s --check-prefix=SPILL

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// A vector unit that cannot multiply cannot rescale what the crossbars sum.
// CHECK: error: 'nn.linear' op cannot run on a crossbar tier: the core's vector unit has no 'multiply' operation
// CHECK: note: tier @reram0 declared here
// CHECK: note: with spill=systolic
// SPILL: remark: weights of 1 of 1 kernel are in no crossbar and stream from memory
// SPILL: remark: runs on the host: the core's vector unit has no 'multiply' operation
// SPILL: nn.linear {{.*}}arch.tier = @host
func.func @main(%x: tensor<4x16x!x>) -> tensor<4x16xf32> {
  %c = nn.constant dense<0.5> : tensor<16x16xf32>
  %w = nn.quantize %c : tensor<16x16xf32> to tensor<16x16x!w>
  %y = nn.linear %x, %w
      : (tensor<4x16x!x>, tensor<16x16x!w>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}
