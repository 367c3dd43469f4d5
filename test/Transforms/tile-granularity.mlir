// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=0 | FileCheck %s
// RUN: sed 's/pipeline_ps = 5000/pipeline_ps = 1000000/' \
// RUN:   %inputs/small-machine.mlir | cat - %s \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=0 \
// RUN:   | FileCheck %s --check-prefix=COSTLY
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile=tokens-per-task=2 \
// RUN:   | FileCheck %s --check-prefix=STATED

// A vector takes 128 ns and a task 5 ns more, or, in the second run, 1 us. The
// memory takes 50 ns for each read of inputs and each write of outputs.

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>
!square = !pim.array<tensor<16x16x!w>, #cells>

// There is room for a copy of the weight on each of the four nodes: one task
// each, or several, so that there is less to send at the end.
// CHECK-LABEL: func.func @one_stage
// COSTLY-LABEL: func.func @one_stage
// STATED-LABEL: func.func @one_stage
func.func @one_stage(%x: tensor<64x16x!x>, %u: tensor<16x16x!w>)
    -> tensor<64x16xf32> {
  %a = pim.program %u on @reram0 features [0, 16] : tensor<16x16x!w> -> !square
  // CHECK: pim.mvm {{.*}} task_tile [8, 16]
  // COSTLY: pim.mvm {{.*}} task_tile [16, 16]
  // STATED: pim.mvm {{.*}} task_tile [2, 16]
  %0 = pim.mvm %a, %x on @reram0 task_tile [64, 16]
      : (!square, tensor<64x16x!x>) -> tensor<64x16xf32>
  return %0 : tensor<64x16xf32>
}

// Three stages stream: small blocks reach the last one soon.
// CHECK-LABEL: func.func @three_stages
// COSTLY-LABEL: func.func @three_stages
func.func @three_stages(%x: tensor<64x16x!x>, %u: tensor<16x16x!w>)
    -> tensor<64x16xf32> {
  %a = pim.program %u on @reram0 features [0, 16] : tensor<16x16x!w> -> !square
  %b = pim.program %u on @reram0 features [0, 16] : tensor<16x16x!w> -> !square
  // CHECK: pim.mvm {{.*}} task_tile [4, 16]
  // COSTLY: pim.mvm {{.*}} task_tile [8, 16]
  %0 = pim.mvm %a, %x on @reram0 task_tile [64, 16]
      : (!square, tensor<64x16x!x>) -> tensor<64x16xf32>
  // CHECK: systolic.vector{{.*}} task_tile [8, 16]
  // COSTLY: systolic.vector{{.*}} task_tile [16, 16]
  %1 = systolic.vector (%0) on @sa0 task_tile [64, 16] {
  ^bb0(%e: tensor<64x16xf32>):
    %s = nn.quantize %e : tensor<64x16xf32> to tensor<64x16x!x>
    nn.yield %s : tensor<64x16x!x>
  } : (tensor<64x16xf32>) -> tensor<64x16x!x>
  // CHECK: pim.mvm {{.*}} task_tile [4, 16]
  // COSTLY: pim.mvm {{.*}} task_tile [8, 16]
  %2 = pim.mvm %b, %1 on @reram0 task_tile [64, 16]
      : (!square, tensor<64x16x!x>) -> tensor<64x16xf32>
  return %2 : tensor<64x16xf32>
}

// The batch is behind the tokens, as PyTorch's attention has it.
// CHECK-LABEL: func.func @tokens_before_the_batch
func.func @tokens_before_the_batch(%x: tensor<64x1x16x!x>,
                                   %u: tensor<16x16x!w>)
    -> tensor<64x1x16xf32> {
  %a = pim.program %u on @reram0 features [0, 16] : tensor<16x16x!w> -> !square
  // CHECK: pim.mvm {{.*}} task_tile [8, 1, 16]
  %0 = pim.mvm %a, %x on @reram0 task_tile [64, 1, 16]
      : (!square, tensor<64x1x16x!x>) -> tensor<64x1x16xf32>
  return %0 : tensor<64x1x16xf32>
}

// A scalar has no tokens: one task.
// CHECK-LABEL: func.func @scalar
func.func @scalar(%x: tensor<f32>) -> tensor<f32> {
  // CHECK: systolic.vector{{.*}} task_tile [] {
  %0 = systolic.vector (%x) on @sa0 task_tile [] {
  ^bb0(%e: tensor<f32>):
    %s = nn.sqrt %e : tensor<f32>
    nn.yield %s : tensor<f32>
  } : (tensor<f32>) -> tensor<f32>
  return %0 : tensor<f32>
}
