// A slow stage that has no replicas keeps those of its segment from having some,
// but not those of others.
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-replicate \
// RUN:   | FileCheck %s

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>
!square = !pim.array<tensor<16x16x!w>, #cells>
!node = !pim.array<tensor<8x64x!w>, #cells>

// "slow" takes turns in its arrays, and has twice as many tasks as the others.

// CHECK-LABEL: func.func @main
func.func @main(%x: tensor<8x16x!x>, %u: tensor<16x16x!w>,
                %v: tensor<16x16x!w>, %w: tensor<16x16x!w>,
                %y: tensor<8x64x!w>)
    -> (tensor<8x16xf32>, tensor<16x64xf32>) {
  // CHECK: pim.program {{.*}} features [0, 16] replicas 3 {nn.name = "before"}
  %a = pim.program %u on @reram0 features [0, 16] {nn.name = "before"}
      : tensor<16x16x!w> -> !square
  // CHECK: pim.program {{.*}} features [0, 16] replicas 2 {nn.name = "beside"}
  %b = pim.program %v on @reram0 features [0, 16] {nn.name = "beside"}
      : tensor<16x16x!w> -> !square
  // CHECK: pim.program {{.*}} features [0, 64] slot "s" {nn.name = "slow"}
  %c = pim.program %y on @reram0 features [0, 64] slot "s" {nn.name = "slow"}
      : tensor<8x64x!w> -> !node
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 16]
      : (!square, tensor<8x16x!x>) -> tensor<8x16xf32>
  %1 = systolic.vector (%0) on @sa0 task_tile [1, 16] {
  ^bb0(%s: tensor<8x16xf32>):
    %q = nn.quantize %s : tensor<8x16xf32> to tensor<8x16x!x>
    nn.yield %q : tensor<8x16x!x>
  } : (tensor<8x16xf32>) -> tensor<8x16x!x>
  // Tasks of half of the tokens begin a segment, for half of the tokens come at
  // once.
  %2 = systolic.matmul %1, %w on @sa0 task_tile [4, 8] {static_rhs}
      : (tensor<8x16x!x>, tensor<16x16x!w>) -> tensor<8x16xf32>
  // In that segment: the first tokens.
  %3 = systolic.vector (%2) on @sa0 task_tile [1, 16] {
  ^bb0(%s: tensor<8x16xf32>):
    %q = nn.quantize %s : tensor<8x16xf32> to tensor<8x16x!x>
    nn.yield %q : tensor<8x16x!x>
  } : (tensor<8x16xf32>) -> tensor<8x16x!x>
  %4 = pim.mvm %b, %3 on @reram0 task_tile [1, 16]
      : (!square, tensor<8x16x!x>) -> tensor<8x16xf32>
  // In the next one: all tokens, though not the last block of columns.
  %5 = nn.transpose %2 [1, 0] : tensor<8x16xf32> -> tensor<16x8xf32>
  %6 = systolic.vector (%5) on @sa0 task_tile [1, 8] {
  ^bb0(%s: tensor<16x8xf32>):
    %q = nn.quantize %s : tensor<16x8xf32> to tensor<16x8x!x>
    nn.yield %q : tensor<16x8x!x>
  } : (tensor<16x8xf32>) -> tensor<16x8x!x>
  %7 = pim.mvm %c, %6 on @reram0 task_tile [1, 64]
      : (!node, tensor<16x8x!x>) -> tensor<16x64xf32>
  return %4, %7 : tensor<8x16xf32>, tensor<16x64xf32>
}
