// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @equal_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.equal' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.equal %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @equal_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.equal' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.equal %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xi1>
  return
}

// -----

func.func @less_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.less' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.less %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @less_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.less' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.less %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xi1>
  return
}

// -----

func.func @less_equal_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.less_equal' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.less_equal %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @less_equal_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.less_equal' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.less_equal %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xi1>
  return
}

// -----

func.func @greater_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.greater' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.greater %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @greater_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.greater' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.greater %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xi1>
  return
}

// -----

func.func @greater_equal_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.greater_equal' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.greater_equal %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xi1>
  return
}

// -----

func.func @greater_equal_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.greater_equal' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.greater_equal %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xi1>
  return
}
