// What the smallest tasks of kernels need is a bound that is said at once.
// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-tile=buffer-share=1 -split-input-file \
// RUN:       -verify-diagnostics=only-expected
// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-tile=buffer-share=0 -split-input-file \
// RUN:   | FileCheck %s --check-prefix=FREE

// Every buffer holds 65536 bytes. A row of the sum needs 48000 bytes and two of
// its operands 48000 each.
// FREE: task_tile [2, 12000]
// MACHINE
// expected-error @below {{tasks do not fit: the smallest of "sum" needs 144000 bytes in the buffer of a node of @sa0, which holds 65536: short by 78464}}
func.func @main(%x: tensor<2x12000xf32>, %y: tensor<2x12000xf32>)
    -> tensor<2x12000xf32> {
  %t = systolic.vector (%x) on @sa0 task_tile [2, 12000] {
  ^bb0(%a: tensor<2x12000xf32>):
    %r = nn.relu %a : tensor<2x12000xf32>
    nn.yield %r : tensor<2x12000xf32>
  } {nn.name = "shifted"} : (tensor<2x12000xf32>) -> tensor<2x12000xf32>
  // expected-note @below {{largest: 48000 bytes of "shifted", 48000 bytes of an input, 48000 bytes that it leaves; 1 other kernel has no room for a task either}}
  %s = systolic.vector (%t, %y) on @sa0 task_tile [2, 12000] {
  ^bb0(%a: tensor<2x12000xf32>, %b: tensor<2x12000xf32>):
    %r = nn.add %a, %b : (tensor<2x12000xf32>, tensor<2x12000xf32>)
        -> tensor<2x12000xf32>
    nn.yield %r : tensor<2x12000xf32>
  } {nn.name = "sum"} : (tensor<2x12000xf32>, tensor<2x12000xf32>)
      -> tensor<2x12000xf32>
  return %s : tensor<2x12000xf32>
}

// -----

// What is read twice is there once: 32000 bytes and as many that are left.
// FREE: task_tile [2, 8000]
// MACHINE
func.func @main(%x: tensor<2x8000xf32>) -> tensor<2x8000xf32> {
  %s = systolic.vector (%x, %x) on @sa0 task_tile [2, 8000] {
  ^bb0(%a: tensor<2x8000xf32>, %b: tensor<2x8000xf32>):
    %r = nn.add %a, %b : (tensor<2x8000xf32>, tensor<2x8000xf32>)
        -> tensor<2x8000xf32>
    nn.yield %r : tensor<2x8000xf32>
  } {nn.name = "twice"} : (tensor<2x8000xf32>, tensor<2x8000xf32>)
      -> tensor<2x8000xf32>
  return %s : tensor<2x8000xf32>
}

// -----

// The product has no room for a row of its input, whose weight is
// not counted.
// MACHINE
// expected-error @below {{tasks do not fit: the smallest of "product" needs 80008 bytes in the buffer of a node of @sa0, which holds 65536: short by 14472}}
func.func @main(%x: tensor<4x20000xf32>) -> tensor<4x8xf32> {
  %w = nn.constant dense<0.5> : tensor<20000x8xf32>
  // expected-note @below {{largest: 80000 bytes of an input, 8 bytes that it leaves}}
  %p = systolic.matmul %x, %w on @sa0 task_tile [4, 8]
      {static_rhs, nn.name = "product"}
      : (tensor<4x20000xf32>, tensor<20000x8xf32>) -> tensor<4x8xf32>
  return %p : tensor<4x8xf32>
}
