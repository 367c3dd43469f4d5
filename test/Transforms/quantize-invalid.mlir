// RUN: atleus-opt %s --atleus-quantize -split-input-file -verify-diagnostics

func.func @elided(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error @below {{weights were elided; quantize the module that was read from the model, or one written as bytecode}}
  %w = nn.constant dense_resource<__elided__> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

func.func @not_a_number(%x: tensor<1x2xf32>) -> tensor<1x1xf32> {
  // expected-error @below {{weights hold NaN or infinity, so they have no scale}}
  %w = nn.constant dense<[[0x7FC00000], [1.0]]> : tensor<2x1xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}
