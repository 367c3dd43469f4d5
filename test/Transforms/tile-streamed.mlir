// Products whose weights stream are cut into blocks of tokens where it takes long
// to bring all of these to every node, at the price of reading weights anew.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=0 | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | sed 's/bytes_per_s = 8000000000,/bytes_per_s = 80000000000,/' \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=0 \
// RUN:   | FileCheck %s --check-prefix=FAST
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | sed 's/bytes_per_s = 8000000000,/bytes_per_s = 80000000000,/' \
// RUN:   | sed 's/link_bits = 64/link_bits = 4096/' \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=0 \
// RUN:   | FileCheck %s --check-prefix=WIDE

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>

// All tokens come in 1.1 us, a quarter of them in 0.3. The memory takes 2 us to
// send the weight once, which is as long as the product takes; where it is ten
// times faster the weight is read four times. Links of 512 bytes bring all tokens
// at once.
// CHECK-LABEL: func.func @awaited
// FAST-LABEL: func.func @awaited
// WIDE-LABEL: func.func @awaited
func.func @awaited(%x: tensor<32x256x!x>, %w: tensor<256x64x!w>)
    -> tensor<32x64xf32> {
  // CHECK: systolic.matmul {{.*}} task_tile [32, 8]
  // FAST: systolic.matmul {{.*}} task_tile [8, 32]
  // WIDE: systolic.matmul {{.*}} task_tile [32, 8]
  %0 = systolic.matmul %x, %w on @sa0 task_tile [32, 64] {static_rhs}
      : (tensor<32x256x!x>, tensor<256x64x!w>) -> tensor<32x64xf32>
  return %0 : tensor<32x64xf32>
}

// Crossbars make one token after another, which takes longer than to bring them:
// nothing is gained.
// FAST-LABEL: func.func @made_one_by_one
func.func @made_one_by_one(%x: tensor<32x16x!x>, %u: tensor<16x256x!w>,
                           %w: tensor<256x64x!w>) -> tensor<32x64xf32> {
  %a = pim.program %u on @reram0 features [0, 256]
      : tensor<16x256x!w> -> !pim.array<tensor<16x256x!w>, #cells>
  %0 = pim.mvm %a, %x on @reram0 task_tile [32, 256]
      : (!pim.array<tensor<16x256x!w>, #cells>, tensor<32x16x!x>)
      -> tensor<32x256xf32>
  %1 = systolic.vector (%0) on @sa0 task_tile [32, 256] {
  ^bb0(%b: tensor<32x256xf32>):
    %q = nn.quantize %b : tensor<32x256xf32> to tensor<32x256x!x>
    nn.yield %q : tensor<32x256x!x>
  } : (tensor<32x256xf32>) -> tensor<32x256x!x>
  // FAST: systolic.matmul {{.*}} task_tile [32, 8]
  %2 = systolic.matmul %1, %w on @sa0 task_tile [32, 64] {static_rhs}
      : (tensor<32x256x!x>, tensor<256x64x!w>) -> tensor<32x64xf32>
  return %2 : tensor<32x64xf32>
}
