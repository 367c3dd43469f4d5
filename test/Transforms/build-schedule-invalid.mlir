// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-build-schedule -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// MACHINE
func.func @no_name(%x: tensor<4x2xf32>) {
  // expected-error @below {{'systolic.vector' op has no 'nn.name', by which its tasks are known}}
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// MACHINE
func.func @same_name(%x: tensor<4x2xf32>) {
  // expected-note @below {{other kernel}}
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  // expected-error @below {{'systolic.vector' op has the name "exp" of another kernel}}
  %z = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// The vector unit of the machine has no lookup.
// MACHINE
func.func @unit_missing(%i: tensor<4xi64>) -> tensor<4x2xf32> {
  %t = nn.constant dense<0.5> : tensor<10x2xf32>
  // expected-error @below {{'systolic.vector' op cannot run on @pe: }}
  %y = systolic.vector (%t, %i) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<10x2xf32>, %b: tensor<4xi64>):
    %r = nn.embedding %a, %b
        : (tensor<10x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "lookup"} : (tensor<10x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// -----

// MACHINE
func.func @node_outside(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // expected-error @below {{'systolic.vector' op is at node (7, 0, 0), outside of the network of 2x2x2 nodes}}
  %y = systolic.vector (%x) on @sa0 at (7, 0, 0) task_tile [4, 2] {
  ^bb0(%b: tensor<4x2xf32>):
    %r = nn.exp %b : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "exp"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}
