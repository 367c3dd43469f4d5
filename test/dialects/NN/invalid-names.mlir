// RUN: atleus-opt %s -split-input-file -verify-diagnostics

func.func @name_of_an_op_is_a_number(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.name' must be a string, found 1 : i64}}
  %0 = nn.abs %x {nn.name = 1} : tensor<4xf32>
  return
}

// -----

// expected-error@+1 {{'nn.name' must be a string, found @x}}
func.func @name_of_an_argument_is_a_symbol(%x: tensor<4xf32> {nn.name = @x}) {
  return
}

// -----

// expected-error@+1 {{'nn.name' must be a string, found unit}}
func.func @name_of_a_result_is_missing(%x: tensor<4xf32>)
    -> (tensor<4xf32> {nn.name}) {
  return %x : tensor<4xf32>
}

// -----

func.func @unknown_attribute_of_an_op(%x: tensor<4xf32>) {
  // expected-error@+1 {{unknown attribute 'nn.nmae'; the nn dialect has 'nn.name'}}
  %0 = nn.abs %x {nn.nmae = "a"} : tensor<4xf32>
  return
}

// -----

// expected-error@+1 {{unknown attribute 'nn.label'; the nn dialect has 'nn.name'}}
func.func @unknown_attribute_of_an_argument(
    %x: tensor<4xf32> {nn.label = "a"}) {
  return
}

// -----

func.func @onnx_values_of_too_many_results(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.onnx_values' must be 1 strings, one for each result, found ["a", "b"]}}
  %0 = nn.abs %x {nn.onnx_values = ["a", "b"]} : tensor<4xf32>
  return
}

// -----

func.func @onnx_values_of_numbers(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.onnx_values' must be 1 strings, one for each result, found [1]}}
  %0 = nn.abs %x {nn.onnx_values = [1]} : tensor<4xf32>
  return
}

// -----

// expected-error@+1 {{unknown attribute 'nn.onnx_values'; the nn dialect has 'nn.name'}}
func.func @onnx_values_of_an_argument(
    %x: tensor<4xf32> {nn.onnx_values = ["a"]}) {
  return
}
