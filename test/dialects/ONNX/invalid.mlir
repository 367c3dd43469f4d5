// RUN: atleus-opt %s -allow-unregistered-dialect -split-input-file \
// RUN:   -verify-diagnostics

func.func @node_c1_no_operator(%x: tensor<4xf32>) {
  // expected-error @+1 {{'onnx.node' op needs an operator, found an empty 'op_type'}}
  %y = onnx.node ""(%x) opset 17 : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @node_c2_opset_not_positive(%x: tensor<4xf32>) {
  // expected-error @+1 {{'onnx.node' op expects a positive 'opset', found 0}}
  %y = onnx.node "Relu"(%x) opset 0 : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @node_c3_output_names(%x: tensor<4xf32>) {
  // expected-error @+1 {{'onnx.node' op has 1 outputs, but 2 'output_names'}}
  %y = onnx.node "Relu"(%x) opset 17 {output_names = ["y", "z"]}
      : (tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @node_c4_graph_names(%c: tensor<i1>) {
  // expected-error @+1 {{'onnx.node' op has 1 graphs, but 2 'graph_names'}}
  onnx.node "If"(%c) opset 17 graphs ["then_branch", "else_branch"] {
    onnx.yield
  } : (tensor<i1>) -> ()
  return
}

// -----

func.func @node_c5_attribute_and_graph(%c: tensor<i1>) {
  // expected-error @+1 {{'onnx.node' op has "body" both as an attribute and as a graph}}
  onnx.node "Loop"(%c) opset 17 attributes {body = 1 : i64} graphs ["body"] {
    onnx.yield
  } : (tensor<i1>) -> ()
  return
}

// -----

func.func @node_c6_no_yield(%c: tensor<i1>) {
  // expected-error @+1 {{'onnx.node' op expects graph #0 to end with 'onnx.yield', found 'test.end'}}
  "onnx.node"(%c) <{op_type = "If", opset = 17 : i64, graph_names = ["body"]}> ({
    "test.end"() : () -> ()
  }) : (tensor<i1>) -> ()
  return
}

// -----

func.func @initializer_c1_no_name() {
  // expected-error @+1 {{'onnx.initializer' op needs a name}}
  %0 = onnx.initializer "" dense<1> : tensor<1xi64>
  return
}

// -----

func.func @initializer_c2_resource_too_short() {
  // expected-error @+1 {{'onnx.initializer' op 'w' of type 'tensor<3xf32>' needs 12 bytes, but its resource has 8}}
  %0 = onnx.initializer "w" dense_resource<w> : tensor<3xf32>
  return
}

{-#
  dialect_resources: {
    builtin: {
      w: "0x040000000000803F0000803F"
    }
  }
#-}

// -----

func.func @initializer_c2_size_not_known() {
  // expected-error @+1 {{'onnx.initializer' op has a resource of type 'tensor<4xindex>', whose size in bytes is not known}}
  %0 = onnx.initializer "w" dense_resource<w> : tensor<4xindex>
  return
}

{-#
  dialect_resources: {
    builtin: {
      w: "0x040000000000803F0000803F"
    }
  }
#-}

// -----

func.func @yield_outside_node() {
  // expected-error @+1 {{'onnx.yield' op expects parent op 'onnx.node'}}
  onnx.yield
}

// -----

// expected-error @+1 {{'onnx.ir_version' must be an integer, found "8"}}
module attributes {onnx.ir_version = "8"} {}

// -----

// expected-error @+1 {{'onnx.producer' must be a string, found 1 : i64}}
module attributes {onnx.producer = 1 : i64} {}

// -----

// expected-error @+1 {{'onnx.opsets' must be a dictionary of integers, found {ai.onnx = "17"}}}
module attributes {onnx.opsets = {ai.onnx = "17"}} {}

// -----

// expected-error @+1 {{'onnx.metadata' must be a dictionary of strings, found "text"}}
module attributes {onnx.metadata = "text"} {}

// -----

// expected-error @+1 {{'onnx.colour' is not an attribute of the onnx dialect}}
module attributes {onnx.colour = "red"} {}

// -----

// expected-error @+1 {{'onnx.name' must be a string, found 1 : i64}}
func.func private @name_of_argument(tensor<4xf32> {onnx.name = 1 : i64})

// -----

// expected-error @+1 {{'onnx.name' must be a string, found 1 : i64}}
func.func private @name_of_result() -> (tensor<4xf32> {onnx.name = 1 : i64})

// -----

// expected-error @+1 {{'onnx.colour' is not a result attribute of the onnx dialect}}
func.func private @unknown_result_attribute() -> (tensor<4xf32> {onnx.colour = "red"})

// -----

// expected-error @+1 {{'onnx.dims' needs a result of ranked tensor type}}
func.func private @dims_of_unranked_result() -> (tensor<*xf32> {onnx.dims = ["n"]})

// -----

// expected-error @+1 {{'onnx.dims' names 2 dimensions, but the result has 1}}
func.func private @dims_count_of_result() -> (tensor<?xf32> {onnx.dims = ["n", "m"]})

// -----

// expected-error @+1 {{'onnx.colour' is not an argument attribute of the onnx dialect}}
func.func private @unknown_argument_attribute(tensor<4xf32> {onnx.colour = "red"})

// -----

// expected-error @+1 {{'onnx.dims' must be an array of strings, found [1]}}
func.func private @dims_not_strings(tensor<?xf32> {onnx.dims = [1]})

// -----

// expected-error @+1 {{'onnx.dims' needs an argument of ranked tensor type}}
func.func private @dims_of_unranked(tensor<*xf32> {onnx.dims = ["n"]})

// -----

// expected-error @+1 {{'onnx.dims' names 1 dimensions, but the argument has 2}}
func.func private @dims_count(tensor<?x?xf32> {onnx.dims = ["n"]})
