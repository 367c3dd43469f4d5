// Weights with replicas are cut where whole ones leave arrays of nodes free, and
// where that makes room for more of them.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-replicate | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-replicate --atleus-place | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-replicate=max-replicas=2 \
// RUN:   | FileCheck %s --check-prefix=TWO

// Four nodes have 16 arrays of 16 x 16 cells each; 4 columns hold one weight of
// 8 bits. Each of two weights takes 10 arrays, of which a node has room for one.
// So there are two of each, for 4 tasks in turn; in parts of 4 and 6 arrays there
// are three of each, for 3 tasks in turn.

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<32x20x!w>, #cells>

// CHECK-LABEL: func.func @main
// TWO-LABEL: func.func @main
func.func @main(%x: tensor<8x32x!x>, %y: tensor<8x32x!x>, %u: tensor<32x20x!w>,
                %v: tensor<32x20x!w>, %bias: tensor<20xf32>)
    -> (tensor<8x20xf32>, tensor<8x20xf32>) {
  // CHECK: %[[A0:.*]] = pim.program {{.*}} features [0, 8] replicas 3 {{.*}}nn.name = "first.part0"}
  // CHECK: %[[A1:.*]] = pim.program {{.*}} features [8, 12] replicas 3 {{.*}}nn.name = "first.part1"}
  // CHECK: pim.program {{.*}} features [0, 8] replicas 3 {{.*}}nn.name = "second.part0"}
  // CHECK: pim.program {{.*}} features [8, 12] replicas 3 {{.*}}nn.name = "second.part1"}
  // TWO: pim.program {{.*}} features [0, 20] replicas 2 {{.*}}nn.name = "first"}
  // TWO: pim.program {{.*}} features [0, 20] replicas 2 {{.*}}nn.name = "second"}
  %a = pim.program %u on @reram0 features [0, 20] {nn.name = "first"}
      : tensor<32x20x!w> -> !array
  %b = pim.program %v on @reram0 features [0, 20] {nn.name = "second"}
      : tensor<32x20x!w> -> !array
  // Tasks keep their tokens.
  // CHECK: %[[P0:.*]] = pim.mvm %[[A0]], {{.*}} task_tile [1, 8]
  // CHECK: %[[P1:.*]] = pim.mvm %[[A1]], {{.*}} task_tile [1, 12]
  // CHECK: %[[P:.*]] = nn.concat %[[P0]], %[[P1]]
  %0 = pim.mvm %a, %x bias %bias on @reram0 task_tile [1, 20] {nn.name = "p"}
      : (!array, tensor<8x32x!x>, tensor<20xf32>) -> tensor<8x20xf32>
  %1 = pim.mvm %b, %y on @reram0 task_tile [1, 20] {nn.name = "q"}
      : (!array, tensor<8x32x!x>) -> tensor<8x20xf32>
  // CHECK: return %[[P]],
  return %0, %1 : tensor<8x20xf32>, tensor<8x20xf32>
}
