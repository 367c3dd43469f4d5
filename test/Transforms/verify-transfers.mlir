// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-verify-transfers -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// MACHINE
#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x4x!w>, #cells>
func.func @from_tier_to_tier(%x: tensor<3x16x!w>, %u: tensor<16x4x!w>) {
  %a = pim.program %u on @reram0 at (0, 0, 1) features [0, 4]
      : tensor<16x4x!w> -> !array
  %t = noc.transfer %x from @dram[(0, 0, 0)] to @reram0[(0, 0, 1)]
      along [(0, 0, 0)[z+]] : tensor<3x16x!w>
  // expected-note @below {{computed here}}
  %y = pim.mvm %a, %t on @reram0 at (0, 0, 1) task_tile [3, 4]
      {nn.name = "query"} : (!array, tensor<3x16x!w>) -> tensor<3x4xf32>
  // expected-error @below {{value of kernel "query" on tier @reram0 is used on tier @sa0 by kernel "gelu" without a noc.transfer between them}}
  %z = systolic.vector (%y) on @sa0 at (0, 0, 0) task_tile [3, 4] {
  ^bb0(%b: tensor<3x4xf32>):
    %r = nn.gelu %b : tensor<3x4xf32>
    nn.yield %r : tensor<3x4xf32>
  } {nn.name = "gelu"} : (tensor<3x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

// MACHINE
// expected-note @below {{declared here}}
func.func @input(%x: tensor<4x2xf32>) {
  // expected-error @below {{value of the function's inputs or results on tier @dram is used on tier @sa0 by kernel "systolic.vector" without a noc.transfer between them}}
  %z = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.gelu %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// MACHINE
func.func @result(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %t = noc.transfer %x from @dram[(0, 0, 0)] to @sa0[(0, 0, 0)] along []
      : tensor<4x2xf32>
  %z = systolic.vector (%t) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.gelu %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "gelu"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  // expected-error @below {{value of kernel "gelu" on tier @sa0 is used on tier @dram by the function's inputs or results without a noc.transfer between them}}
  return %z : tensor<4x2xf32>
}

// -----

// The second half of the rows is computed on another node than the one that
// reads it.
// MACHINE
func.func @from_node_to_node(%x: tensor<4x2xf32>) {
  %t = noc.transfer %x from @dram[(0, 0, 0)] to @sa0[(0, 0, 0), (1, 0, 0)]
      along [(0, 0, 0)[x+]] : tensor<4x2xf32>
  %y = systolic.vector (%t) on @sa0 at (0, 0, 0)(1, 0, 0) task_tile [2, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %v = nn.reshape %y : tensor<4x2xf32> to tensor<2x4xf32>
  // expected-error @below {{value of kernel "exp" at @sa0(1, 0, 0) is used at @sa0(0, 0, 0) by kernel "gelu" without a noc.transfer between them}}
  %z = systolic.vector (%v) on @sa0 at (0, 0, 0) task_tile [2, 4] {
  ^bb0(%b: tensor<2x4xf32>):
    %r = nn.gelu %b : tensor<2x4xf32>
    nn.yield %r : tensor<2x4xf32>
  } {nn.name = "gelu"} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

// MACHINE
func.func @route_missing(%x: tensor<4x2xf32>) {
  // expected-error @below {{transfer has no route from (0, 0, 0) to (1, 0, 0), where kernel "exp" needs data of the function's inputs or results}}
  %t = noc.transfer %x from @dram[(0, 0, 0)] to @sa0[(0, 0, 0), (1, 0, 0)]
      along [] : tensor<4x2xf32>
  %y = systolic.vector (%t) on @sa0 at (0, 0, 0)(1, 0, 0) task_tile [2, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// MACHINE
func.func @other_source(%x: tensor<4x2xf32>) {
  // expected-error @below {{transfer starts at other nodes than those of the function's inputs or results}}
  %t = noc.transfer %x from @dram[(1, 0, 0)] to @sa0[(0, 0, 0)]
      along [(1, 0, 0)[x-]] : tensor<4x2xf32>
  %y = systolic.vector (%t) on @sa0 at (0, 0, 0) task_tile [2, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// MACHINE
func.func @other_destination(%x: tensor<4x2xf32>) {
  // expected-error @below {{transfer ends at other nodes than those of kernel "exp"}}
  %t = noc.transfer %x from @dram[(0, 0, 0)] to @sa0[(1, 0, 0)]
      along [(0, 0, 0)[x+]] : tensor<4x2xf32>
  %y = systolic.vector (%t) on @sa0 at (0, 0, 0) task_tile [2, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// MACHINE
func.func @two_steps(%x: tensor<4x2xf32>) {
  %s = noc.transfer %x from @dram[(0, 0, 0)] to @sa0[(1, 0, 0)]
      along [(0, 0, 0)[x+]] : tensor<4x2xf32>
  // expected-error @below {{transfer follows a transfer: data moves in one step}}
  %t = noc.transfer %s from @sa0[(1, 0, 0)] to @sa0[(0, 0, 0)]
      along [(1, 0, 0)[x-]] : tensor<4x2xf32>
  %y = systolic.vector (%t) on @sa0 at (0, 0, 0) task_tile [2, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// MACHINE
func.func @not_placed(%x: tensor<4x2xf32>) {
  // expected-error @below {{'systolic.vector' op has no nodes: run --atleus-place first}}
  %y = systolic.vector (%x) on @sa0 task_tile [2, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}
