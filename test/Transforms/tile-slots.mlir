// Weights of one slot take their arrays once, and are cut alike.
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-tile \
// RUN:   | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-tile \
// RUN:   --atleus-place | FileCheck %s --check-prefix=PLACED

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x16x!w>, #cells>
!wide = !pim.array<tensor<16x128x!w>, #cells>

// Each takes 32 of the tier's 64 arrays; all but the last would be too many.
// Where the slots are, the nodes are those of the parts before.
// CHECK-LABEL: func.func @main
// CHECK: pim.program {{.*}} features [0, 64] slot "s.part0" {nn.name = "a.part0"}
// CHECK: pim.program {{.*}} features [64, 64] slot "s.part1" {nn.name = "a.part1"}
// CHECK: pim.program {{.*}} features [0, 64] slot "s.part0" {nn.name = "b.part0"}
// CHECK: pim.program {{.*}} features [64, 64] slot "s.part1" {nn.name = "b.part1"}
// CHECK: pim.program {{.*}} features [0, 64] slot "s.part0" {nn.name = "c.part0"}
// CHECK: pim.program {{.*}} features [64, 64] slot "s.part1" {nn.name = "c.part1"}
// CHECK: pim.program {{.*}} features [0, 64] {nn.name = "d.part0"}
// PLACED: pim.program {{.*}} at [[NODE0:\(., ., 1\)]] {{.*}} {nn.name = "a.part0"}
// PLACED: pim.program {{.*}} at [[NODE1:\(., ., 1\)]] {{.*}} {nn.name = "a.part1"}
// PLACED: pim.program {{.*}} at [[NODE0]] {{.*}} {nn.name = "b.part0"}
// PLACED: pim.program {{.*}} at [[NODE1]] {{.*}} {nn.name = "b.part1"}
// PLACED: pim.program {{.*}} at [[NODE0]] {{.*}} {nn.name = "c.part0"}
// PLACED: pim.program {{.*}} at [[NODE1]] {{.*}} {nn.name = "c.part1"}
func.func @main(%u: tensor<16x128x!w>) {
  %a = pim.program %u on @reram0 features [0, 128] slot "s" {nn.name = "a"}
      : tensor<16x128x!w> -> !wide
  %b = pim.program %u on @reram0 features [0, 128] slot "s" {nn.name = "b"}
      : tensor<16x128x!w> -> !wide
  %c = pim.program %u on @reram0 features [0, 128] slot "s" {nn.name = "c"}
      : tensor<16x128x!w> -> !wide
  %d = pim.program %u on @reram0 features [0, 128] {nn.name = "d"}
      : tensor<16x128x!w> -> !wide
  return
}
