// RUN: cat %inputs/small-machine.mlir %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-place=method=row-major \
// RUN:   | FileCheck %s --check-prefixes=CHECK,ROWS
// RUN: atleus-opt %t.mlir --atleus-place=method=curve \
// RUN:   | FileCheck %s --check-prefixes=CHECK,CURVE
// RUN: atleus-opt %t.mlir --atleus-place=method=anneal > %t.anneal
// RUN: FileCheck %s --check-prefixes=CHECK,ANNEAL < %t.anneal

// The same seed gives the same nodes, and no moves leave the start as it is.
// RUN: atleus-opt %t.mlir '--atleus-place=method=anneal seed=0' \
// RUN:   | diff - %t.anneal
// RUN: atleus-opt %t.mlir '--atleus-place=method=anneal moves=0' \
// RUN:   | FileCheck %s --check-prefixes=CHECK,CURVE

// What each costs is beside what a placement row by row costs.
// ROWS: noc.placement = {
// ROWS-SAME: byte_links = [[LINKS:[0-9]+]] : i64
// ROWS-SAME: method = "row-major"
// ROWS-SAME: row_major_byte_links = [[LINKS]] : i64
// ANNEAL: noc.placement = {
// ANNEAL-SAME: method = "anneal"

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x4x!w>, #cells>

// Row by row, kernels take the nodes of their tier in turn. Along the curve the
// second weight is over the first one's neighbour, and what reads of one weight
// only is below it.
// CHECK-LABEL: func.func @two_chains
func.func @two_chains(%x: tensor<8x16x!w>, %u: tensor<16x4x!w>) {
  // CHECK: pim.program {{.*}} at (0, 0, 1)
  %a = pim.program %u on @reram0 features [0, 4] : tensor<16x4x!w> -> !array
  // ROWS: pim.program {{.*}} at (1, 0, 1)
  // CURVE: pim.program {{.*}} at ([[X:[01]]], [[Y:[01]]], 1)
  %b = pim.program %u on @reram0 features [0, 4] : tensor<16x4x!w> -> !array
  %p = pim.mvm %a, %x on @reram0 task_tile [8, 4]
      : (!array, tensor<8x16x!w>) -> tensor<8x4xf32>
  %q = pim.mvm %b, %x on @reram0 task_tile [8, 4]
      : (!array, tensor<8x16x!w>) -> tensor<8x4xf32>
  // ROWS: systolic.vector{{.*}} on @sa0 at (0, 0, 0) task_tile
  // CURVE: systolic.vector{{.*}} on @sa0 at ([[X]], [[Y]], 0) task_tile
  %r = systolic.vector (%q) on @sa0 task_tile [8, 4] {
  ^bb0(%e: tensor<8x4xf32>):
    %g = nn.gelu %e : tensor<8x4xf32>
    nn.yield %g : tensor<8x4xf32>
  } : (tensor<8x4xf32>) -> tensor<8x4xf32>
  // ROWS: systolic.vector{{.*}} on @sa0 at (1, 0, 0) task_tile
  // CURVE: systolic.vector{{.*}} on @sa0 at (0, 0, 0) task_tile
  %s = systolic.vector (%p) on @sa0 task_tile [8, 4] {
  ^bb0(%e: tensor<8x4xf32>):
    %g = nn.gelu %e : tensor<8x4xf32>
    nn.yield %g : tensor<8x4xf32>
  } : (tensor<8x4xf32>) -> tensor<8x4xf32>
  return
}

// Weights that take turns in the same arrays are at one node.
// CHECK-LABEL: func.func @weights_of_a_slot
func.func @weights_of_a_slot(%x: tensor<8x16x!w>, %u: tensor<16x4x!w>)
    -> (tensor<8x4xf32>, tensor<8x4xf32>) {
  // CHECK: pim.program {{.*}} at [[NODE:\([01], [01], 1\)]] features [0, 4] slot "s"
  %a = pim.program %u on @reram0 features [0, 4] slot "s"
      : tensor<16x4x!w> -> !array
  // CHECK: pim.program {{.*}} at [[NODE]] features [0, 4] slot "s"
  %b = pim.program %u on @reram0 features [0, 4] slot "s"
      : tensor<16x4x!w> -> !array
  // CHECK-COUNT-2: pim.mvm {{.*}} at [[NODE]] task_tile
  %p = pim.mvm %a, %x on @reram0 task_tile [8, 4]
      : (!array, tensor<8x16x!w>) -> tensor<8x4xf32>
  %q = pim.mvm %b, %x on @reram0 task_tile [8, 4]
      : (!array, tensor<8x16x!w>) -> tensor<8x4xf32>
  return %p, %q : tensor<8x4xf32>, tensor<8x4xf32>
}
