// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-replicate | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --atleus-replicate=max-replicas=2 | FileCheck %s --check-prefix=TWO
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --atleus-replicate=max-replicas=1 | FileCheck %s --check-prefix=NONE
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-replicate --atleus-replicate \
// RUN:   | FileCheck %s

// Four nodes have 16 arrays of 16 x 16 cells each; 4 columns hold one weight of
// 8 bits.

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>
!square = !pim.array<tensor<16x16x!w>, #cells>
!tall = !pim.array<tensor<32x16x!w>, #cells>

// Both products are in one segment, of 8 tasks each; a replica of both takes 12
// of the 64 arrays. With 4 of each every node holds both.

// CHECK-LABEL: func.func @stages_of_a_segment
// NONE-LABEL: func.func @stages_of_a_segment
func.func @stages_of_a_segment(%x: tensor<8x16x!x>, %u: tensor<16x16x!w>,
                               %v: tensor<32x16x!w>, %y: tensor<8x32x!x>)
    -> (tensor<8x16xf32>, tensor<8x16xf32>) {
  // CHECK: pim.program {{.*}} features [0, 16] replicas 4 {nn.name = "first"}
  // TWO: pim.program {{.*}} features [0, 16] replicas 2 {nn.name = "first"}
  // NONE: pim.program {{.*}} features [0, 16] {nn.name = "first"}
  %a = pim.program %u on @reram0 features [0, 16] {nn.name = "first"}
      : tensor<16x16x!w> -> !square
  %b = pim.program %v on @reram0 features [0, 16] {nn.name = "second"}
      : tensor<32x16x!w> -> !tall
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 16]
      : (!square, tensor<8x16x!x>) -> tensor<8x16xf32>
  %1 = pim.mvm %b, %y on @reram0 task_tile [1, 16]
      : (!tall, tensor<8x32x!x>) -> tensor<8x16xf32>
  return %0, %1 : tensor<8x16xf32>, tensor<8x16xf32>
}

// One task has nothing to share out.
// CHECK-LABEL: func.func @one_token
func.func @one_token(%x: tensor<1x16x!x>, %u: tensor<16x2x!w>)
    -> tensor<1x2xf32> {
  // CHECK: pim.program {{.*}} features [0, 2] {nn.name = "third"}
  %a = pim.program %u on @reram0 features [0, 2] {nn.name = "third"}
      : tensor<16x2x!w> -> !pim.array<tensor<16x2x!w>, #cells>
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 2]
      : (!pim.array<tensor<16x2x!w>, #cells>, tensor<1x16x!x>)
      -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// Weights that take turns in their arrays are written anew anyway.
// CHECK-LABEL: func.func @slots
func.func @slots(%x: tensor<8x16x!x>, %u: tensor<16x2x!w>)
    -> tensor<8x2xf32> {
  // CHECK: pim.program {{.*}} features [0, 2] slot "s" {nn.name = "fourth"}
  %a = pim.program %u on @reram0 features [0, 2] slot "s" {nn.name = "fourth"}
      : tensor<16x2x!w> -> !pim.array<tensor<16x2x!w>, #cells>
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 2]
      : (!pim.array<tensor<16x2x!w>, #cells>, tensor<8x16x!x>)
      -> tensor<8x2xf32>
  return %0 : tensor<8x2xf32>
}

// Two products with one weight run on the same replicas: as many as the tasks
// of the one that has fewer.
// CHECK-LABEL: func.func @products_with_one_weight
func.func @products_with_one_weight(%x: tensor<8x16x!x>, %y: tensor<3x16x!x>,
                                    %u: tensor<16x2x!w>)
    -> (tensor<8x2xf32>, tensor<3x2xf32>) {
  // CHECK: pim.program {{.*}} features [0, 2] replicas 3 {nn.name = "fifth"}
  %a = pim.program %u on @reram0 features [0, 2] {nn.name = "fifth"}
      : tensor<16x2x!w> -> !pim.array<tensor<16x2x!w>, #cells>
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 2]
      : (!pim.array<tensor<16x2x!w>, #cells>, tensor<8x16x!x>)
      -> tensor<8x2xf32>
  %1 = pim.mvm %a, %y on @reram0 task_tile [1, 2]
      : (!pim.array<tensor<16x2x!w>, #cells>, tensor<3x16x!x>)
      -> tensor<3x2xf32>
  return %0, %1 : tensor<8x2xf32>, tensor<3x2xf32>
}
