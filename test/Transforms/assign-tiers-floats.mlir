// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-assign-tiers 2>&1 | FileCheck %s
// RUN: sed 's/{nn.precision.*}//' %s > %t.mlir
// RUN: cat %inputs/small-machine.mlir %t.mlir | not atleus-opt --atleus-assign-tiers 2>&1 | FileCheck %s --check-prefix=UNMEANT

!x = !quant.uniform<i8:f32, 0.1>
!codes = !nn.codebook<nf4 : f32, block = 64>

// Layers that are meant to be computed in floats are not asked into crossbars.
// CHECK: remark: weights of 2 of 3 kernels stay floats or codes and stream from memory
// UNMEANT: error: 'nn.linear' op cannot run on a crossbar tier: it needs a weight of integers, of 2 to 8 bits: slices in cells cannot hold the codes of '!nn.codebook<nf4 : f32, block = 64>'
func.func @main(%x: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %c = nn.constant dense<0.5> : tensor<16x16xf32>
  %n = nn.quantize %c : tensor<16x16xf32> to tensor<16x16x!codes>
  %w = nn.quantize %c : tensor<16x16xf32> to tensor<16x16x!x>
  // CHECK: nn.linear {{.*}}arch.tier = @sa0
  %a = nn.linear %x, %n {nn.precision = #nn.precision<weights = 4, activations = 32, code = nf4>}
      : (tensor<4x16xf32>, tensor<16x16x!codes>) -> tensor<4x16xf32>
  // CHECK: nn.linear {{.*}}arch.tier = @sa0
  %b = nn.linear %a, %c {nn.precision = #nn.precision<weights = 32, activations = 32>}
      : (tensor<4x16xf32>, tensor<16x16xf32>) -> tensor<4x16xf32>
  %q = nn.quantize %b : tensor<4x16xf32> to tensor<4x16x!x>
  // CHECK: nn.linear {{.*}}arch.tier = @reram0
  %y = nn.linear %q, %w : (tensor<4x16x!x>, tensor<16x16x!x>) -> tensor<4x16xf32>
  return %y : tensor<4x16xf32>
}
