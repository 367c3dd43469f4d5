// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-tile \
// RUN:   | FileCheck %s

// Blocks are twelve columns wide, and a cut goes through the first: each column
// of a part has a scale of its own. 32 x 24 weights take 2 x 6 arrays of 16, and
// weights of 12 arrays leave no node with more than 4.
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!wide = !quant.uniform<i8:f32, 0.5>
!full = !pim.array<tensor<48x16x!wide>, #cells>
!blocks = !quant.uniform<u8:f32:{0:16, 1:12}, {{1.0:3, 2.0}, {3.0, 4.0}}>
!blocked = !pim.array<tensor<32x24x!blocks>, #cells>

// CHECK-DAG: ![[MIDDLE:.*]] = !quant.uniform<u8:f32:{0:16, 1:1}, {{.*}}1.000000e+00:3, 1.000000e+00:3, 1.000000e+00:3, 1.000000e+00:3, 2.000000e+00, 2.000000e+00, 2.000000e+00, 2.000000e+00{{.*}}3.000000e+00{{.*}}4.000000e+00
// CHECK-DAG: ![[MIDDLEARRAY:.*]] = !pim.array<tensor<32x8x![[MIDDLE]]>
// CHECK-LABEL: func.func @main
func.func @main(%v: tensor<32x24x!blocks>, %f: tensor<48x16x!wide>,
                %x: tensor<3x32x!x>) -> tensor<3x24xf32> {
  %0 = pim.program %f on @reram0 features [0, 16] : tensor<48x16x!wide> -> !full
  %1 = pim.program %f on @reram0 features [0, 16] : tensor<48x16x!wide> -> !full
  %2 = pim.program %f on @reram0 features [0, 16] : tensor<48x16x!wide> -> !full
  %3 = pim.program %f on @reram0 features [0, 16] : tensor<48x16x!wide> -> !full
  // CHECK: pim.program %{{.*}} features [8, 8] {{.*}} -> ![[MIDDLEARRAY]]
  %w = pim.program %v on @reram0 features [0, 24]
      : tensor<32x24x!blocks> -> !blocked
  %y = pim.mvm %w, %x on @reram0 task_tile [3, 24]
      : (!blocked, tensor<3x32x!x>) -> tensor<3x24xf32>
  return %y : tensor<3x24xf32>
}
