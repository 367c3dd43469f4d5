// RUN: cat %inputs/small-machine.mlir %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-assign-tiers=policy=static-dynamic \
// RUN:   | FileCheck %s --check-prefixes=ALL,STATIC
// RUN: atleus-opt %t.mlir --atleus-assign-tiers=policy=attention-feedforward \
// RUN:   | FileCheck %s --check-prefixes=ALL,HETRAX
// RUN: atleus-opt %t.mlir --atleus-assign-tiers=policy=all-systolic \
// RUN:   | FileCheck %s --check-prefixes=ALL,SYSTOLIC
// RUN: atleus-opt %t.mlir --atleus-assign-tiers=policy=all-crossbar \
// RUN:   | FileCheck %s --check-prefixes=ALL,CROSSBAR

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// STATIC: arch.assignment = {policy = "static-dynamic"}
// HETRAX: arch.assignment = {policy = "attention-feedforward"}
// SYSTOLIC: arch.assignment = {policy = "all-systolic"}
// CROSSBAR: arch.assignment = {policy = "all-crossbar"}
func.func @layer(%x: tensor<4x8x!x>) -> tensor<4x8xf32> {
  %c = nn.constant dense<0.5> : tensor<8x8xf32>
  %w = nn.quantize %c : tensor<8x8xf32> to tensor<8x8x!w>
  // STATIC: arch.reason = "policy static-dynamic", arch.tier = @reram0, nn.name = "query"
  // HETRAX: arch.reason = "policy attention-feedforward", arch.tier = @sa0, nn.name = "query"
  // SYSTOLIC: arch.reason = "policy all-systolic", arch.tier = @sa0, nn.name = "query"
  // CROSSBAR: arch.reason = "policy all-crossbar", arch.tier = @reram0, nn.name = "query"
  %q = nn.linear %x, %w {nn.name = "query"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  // A product of computed operands has no place in a crossbar.
  // ALL: nn.attention {{.*}}arch.tier = @sa0
  %a = nn.attention %q, %q, %q heads 2 kv_heads 2 scale 1.0
      : (tensor<4x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  // Vector units beside crossbars are asked first only by all-crossbar.
  // STATIC: nn.quantize {{.*}}arch.tier = @sa0
  // CROSSBAR: nn.quantize {{.*}}arch.tier = @reram0
  %i = nn.quantize %a : tensor<4x8xf32> to tensor<4x8x!x>
  // STATIC: nn.linear {{.*}}arch.tier = @reram0, nn.name = "output"
  // HETRAX: nn.linear {{.*}}arch.tier = @sa0, nn.name = "output"
  // SYSTOLIC: nn.linear {{.*}}arch.tier = @sa0, nn.name = "output"
  // CROSSBAR: nn.linear {{.*}}arch.tier = @reram0, nn.name = "output"
  %o = nn.linear %i, %w {nn.name = "output"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  %h = nn.quantize %o : tensor<4x8xf32> to tensor<4x8x!x>
  // STATIC: nn.linear {{.*}}arch.tier = @reram0, nn.name = "ffn"
  // HETRAX: nn.linear {{.*}}arch.tier = @reram0, nn.name = "ffn"
  // SYSTOLIC: nn.linear {{.*}}arch.tier = @sa0, nn.name = "ffn"
  // CROSSBAR: nn.linear {{.*}}arch.tier = @reram0, nn.name = "ffn"
  %f = nn.linear %h, %w {nn.name = "ffn"}
      : (tensor<4x8x!x>, tensor<8x8x!w>) -> tensor<4x8xf32>
  return %f : tensor<4x8xf32>
}
