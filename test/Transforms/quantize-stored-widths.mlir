// RUN: atleus-opt %s --atleus-quantize="weight-bits=4" -split-input-file -verify-diagnostics | FileCheck %s
// What a model holds in integers keeps its width, whatever is asked for.

// CHECK-LABEL: func.func @other_width
func.func @other_width(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %c = nn.constant dense<1> : tensor<2x2xi8>
  %q = nn.storage_cast %c : tensor<2x2xi8>
      to tensor<2x2x!quant.uniform<i8:f32, 0.5>>
  %w = nn.dequantize %q : tensor<2x2x!quant.uniform<i8:f32, 0.5>>
      to tensor<2x2xf32>
  // CHECK: nn.linear {{.*}} : (tensor<1x2x!quant.any<i8:f32>>, tensor<2x2x!quant.uniform<i8:f32, 5.000000e-01>>)
  // expected-warning@+1 {{operand 1 keeps the 8 bits that it is stored in, 4 were asked for (1 of 1 stored operands keep other widths)}}
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

// A product that is to stay in floats takes those that the integers stand for.
// CHECK-LABEL: func.func @floats
func.func @floats(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  %c = nn.constant dense<1> : tensor<2x2xi8>
  %q = nn.storage_cast %c : tensor<2x2xi8>
      to tensor<2x2x!quant.uniform<i8:f32, 0.5>>
  // CHECK: %[[W:.*]] = nn.dequantize
  %w = nn.dequantize %q : tensor<2x2x!quant.uniform<i8:f32, 0.5>>
      to tensor<2x2xf32>
  // CHECK: nn.linear %arg0, %[[W]]
  %y = nn.linear %x, %w {nn.precision = #nn.precision<weights = 32, activations = 32>}
      : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
