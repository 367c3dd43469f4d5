// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @host_c1_arguments_differ(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op region has arguments ('tensor<5xf32>'), operands are ('tensor<4xf32>')}}
  %0 = nn.host (%x) on @host task_tile [5] {
  ^bb0(%a: tensor<5xf32>):
    nn.yield %a : tensor<5xf32>
  } : (tensor<4xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @host_c1_arguments_missing(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op region has arguments (), operands are ('tensor<4xf32>')}}
  %0 = nn.host (%x) on @host task_tile [4] {
    %a = nn.constant dense<0.0> : tensor<4xf32>
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @host_c2_yielded_types_differ(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op region yields ('tensor<4xf32>'), results are ('tensor<5xf32>')}}
  %0 = nn.host (%x) on @host task_tile [5] {
  ^bb0(%a: tensor<4xf32>):
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @host_c2_another_terminator(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op region must end with 'nn.yield'}}
  %0 = nn.host (%x) on @host task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    func.return %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @host_c2_no_terminator(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op region must end with 'nn.yield'}}
  %0 = nn.host (%x) on @host task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    %b = nn.relu %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @host_c2_empty_region(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op expects a non-empty block}}
  %0 = "nn.host"(%x) <{tier = @host, task_tile = array<i64: 4>}> ({
  ^bb0(%a: tensor<4xf32>):
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func private @callee()
func.func @host_c3_op_without_work(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op cannot hold 'func.call', which states no work}}
  %0 = nn.host (%x) on @host task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    func.call @callee() : () -> ()
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @host_c4_task_tile_of_another_rank(%x: tensor<2x4xf32>) {
  // expected-error@+1 {{'nn.host' op task_tile must have 2 sizes, found 1}}
  %0 = nn.host (%x) on @host task_tile [4] {
  ^bb0(%a: tensor<2x4xf32>):
    nn.yield %a : tensor<2x4xf32>
  } : (tensor<2x4xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @host_c4_no_result(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op needs at least one result}}
  nn.host (%x) on @host task_tile [] {
  ^bb0(%a: tensor<4xf32>):
    nn.yield
  } : (tensor<4xf32>) -> ()
  return
}

// -----

func.func @host_c4_task_tile_is_zero(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op task_tile must be from 1 to the result's size, 4, found 0}}
  %0 = nn.host (%x) on @host task_tile [0] {
  ^bb0(%a: tensor<4xf32>):
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @host_c4_half_a_node(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.host' op nodes must be triples of coordinates, found 4 numbers}}
  %0 = "nn.host"(%x) <{tier = @host, task_tile = array<i64: 4>,
                       nodes = array<i64: 0, 0, 0, 1>}> ({
  ^bb0(%a: tensor<4xf32>):
    nn.yield %a : tensor<4xf32>
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @host_region_uses_a_value_from_outside(%x: tensor<4xf32>) {
  // expected-note@+1 {{required by region isolation constraints}}
  %0 = nn.host () on @host task_tile [4] {
    // expected-error@+1 {{'nn.relu' op using value defined outside the region}}
    %b = nn.relu %x : tensor<4xf32>
    nn.yield %b : tensor<4xf32>
  } : () -> tensor<4xf32>
  return
}

// -----

func.func @host_nodes_are_empty(%x: tensor<4xf32>) {
  // expected-error@+1 {{expected a node such as (0, 1, 2)}}
  %0 = nn.host (%x) on @host at task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @yield_c1_in_a_function(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.yield' op must end the region of a kernel, found in 'func.func'}}
  nn.yield %x : tensor<4xf32>
}
