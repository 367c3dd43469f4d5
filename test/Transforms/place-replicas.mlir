// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-place=method=row-major | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-place=method=row-major --atleus-build-schedule \
// RUN:   | FileCheck %s --check-prefix=TASKS

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>
!square = !pim.array<tensor<16x16x!w>, #cells>
!tall = !pim.array<tensor<48x16x!w>, #cells>

// Replicas come beside what is there: of large weights first, so that "small"
// does not take the room of the second copy of "large", and never two at a node.
// CHECK-LABEL: func.func @main
func.func @main(%x: tensor<6x16x!x>, %y: tensor<4x48x!x>, %u: tensor<16x16x!w>,
                %v: tensor<48x16x!w>)
    -> (tensor<6x16xf32>, tensor<4x16xf32>) {
  // CHECK: pim.program {{.*}} at (0, 0, 1)(1, 1, 1)(1, 0, 1) features [0, 16] replicas 3 {nn.name = "small"}
  %a = pim.program %u on @reram0 features [0, 16] replicas 3 {nn.name = "small"}
      : tensor<16x16x!w> -> !square
  // CHECK: pim.program {{.*}} at (1, 0, 1)(0, 1, 1) features [0, 16] replicas 2 {nn.name = "large"}
  %b = pim.program %v on @reram0 features [0, 16] replicas 2 {nn.name = "large"}
      : tensor<48x16x!w> -> !tall
  // CHECK: pim.mvm {{.*}} at (0, 0, 1)(1, 1, 1)(1, 0, 1) {{.*}} {nn.name = "small"}
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 16] {nn.name = "small"}
      : (!square, tensor<6x16x!x>) -> tensor<6x16xf32>
  // CHECK: pim.mvm {{.*}} at (1, 0, 1)(0, 1, 1) {{.*}} {nn.name = "large"}
  %1 = pim.mvm %b, %y on @reram0 task_tile [1, 16] {nn.name = "large"}
      : (!tall, tensor<4x48x!x>) -> tensor<4x16xf32>
  return %0, %1 : tensor<6x16xf32>, tensor<4x16xf32>
}

// All replicas are written, at the same time, and tasks are dealt out to them.
// TASKS: sched.program "small" on [(0, 0, 1), (1, 1, 1), (1, 0, 1)] arrays 12
// TASKS: sched.program "large" on [(1, 0, 1), (0, 1, 1)] arrays 24
