// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @vector_c1_arguments_differ(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op region has arguments ('tensor<5xf32>'), operands are ('tensor<4xf32>')}}
  %0 = systolic.vector (%x) on @sa0 task_tile [5] {
  ^bb0(%a: tensor<5xf32>):
    nn.yield %a : tensor<5xf32>
  } : (tensor<4xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @vector_c2_another_terminator(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op region must end with 'nn.yield'}}
  %0 = systolic.vector (%x) on @sa0 task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    func.return %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @vector_c2_empty_region(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op expects a non-empty block}}
  %0 = "systolic.vector"(%x) <{tier = @sa0, task_tile = array<i64: 4>}> ({
  ^bb0(%a: tensor<4xf32>):
  }) : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @vector_c2_yielded_types_differ(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op region yields ('tensor<4xf32>'), results are ('tensor<5xf32>')}}
  %0 = systolic.vector (%x) on @sa0 task_tile [5] {
  ^bb0(%a: tensor<4xf32>):
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<5xf32>
  return
}

// -----

func.func @vector_c2_shapes_of_results_differ(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op results must have one shape, found 'tensor<4xf32>' and 'tensor<f32>'}}
  %0:2 = systolic.vector (%x) on @sa0 task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    %s = nn.reduce_sum %a axes [0] : tensor<4xf32> -> tensor<f32>
    nn.yield %a, %s : tensor<4xf32>, tensor<f32>
  } : (tensor<4xf32>) -> (tensor<4xf32>, tensor<f32>)
  return
}

// -----

func.func private @callee()
func.func @vector_c3_op_without_work(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op cannot hold 'func.call', which states no work or no access}}
  %0 = systolic.vector (%x) on @sa0 task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    func.call @callee() : () -> ()
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @vector_c4_no_result(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op needs at least one result}}
  systolic.vector (%x) on @sa0 task_tile [] {
  ^bb0(%a: tensor<4xf32>):
    nn.yield
  } : (tensor<4xf32>) -> ()
  return
}

// -----

func.func @vector_c4_task_tile_is_too_large(%x: tensor<4xf32>) {
  // expected-error@+1 {{'systolic.vector' op task_tile must be from 1 to the result's size, 4, found 9223372036854775807}}
  %0 = systolic.vector (%x) on @sa0 task_tile [9223372036854775807] {
  ^bb0(%a: tensor<4xf32>):
    nn.yield %a : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @vector_c4_result_is_empty(%x: tensor<0xf32>) {
  // expected-error@+1 {{'systolic.vector' op task_tile must be from 1 to the result's size, 0, found 1}}
  %0 = systolic.vector (%x) on @sa0 task_tile [1] {
  ^bb0(%a: tensor<0xf32>):
    nn.yield %a : tensor<0xf32>
  } : (tensor<0xf32>) -> tensor<0xf32>
  return
}

// -----

func.func @vector_region_uses_a_value_from_outside(%x: tensor<4xf32>) {
  // expected-note@+1 {{required by region isolation constraints}}
  %0 = systolic.vector () on @sa0 task_tile [4] {
    // expected-error@+1 {{'nn.relu' op using value defined outside the region}}
    %b = nn.relu %x : tensor<4xf32>
    nn.yield %b : tensor<4xf32>
  } : () -> tensor<4xf32>
  return
}
