// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @add_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.add' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.add %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @add_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.add' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.add %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @sub_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.sub' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.sub %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @sub_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.sub' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.sub %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @mul_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.mul' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.mul %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @mul_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.mul' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.mul %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @div_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.div' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.div %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @div_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.div' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.div %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @mod_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.mod' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.mod %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @mod_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.mod' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.mod %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @pow_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.pow' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.pow %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @pow_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.pow' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.pow %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @max_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.max' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @max_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.max' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.max %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @min_c1_types_differ(%a: tensor<4xf32>, %b: tensor<4xi32>) {
  // expected-error@+2 {{'nn.min' op operands have element types 'f32' and 'i32', which must be equal}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.min %a, %b : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @min_c2_shapes_differ(%a: tensor<2x4xf32>, %b: tensor<3xf32>) {
  // expected-error@+2 {{'nn.min' op operands have shapes 2x4 and 3, which do not broadcast}}
  // expected-error@+1 {{failed to infer returned types}}
  %0 = nn.min %a, %b : (tensor<2x4xf32>, tensor<3xf32>) -> tensor<2x4xf32>
  return
}
