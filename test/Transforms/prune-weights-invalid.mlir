// RUN: atleus-opt %s --atleus-prune -split-input-file -verify-diagnostics

func.func @elided(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-error @below {{'nn.constant' op weights '__elided__' were elided, this file cannot be executed}}
  %w = nn.constant dense_resource<__elided__> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// -----

func.func @not_a_number(%x: tensor<1x2xf32>) -> tensor<1x1xf32> {
  // expected-error @below {{weights hold NaN or infinity, so they cannot be compared}}
  %w = nn.constant dense<[[0x7FC00000], [1.0]]> : tensor<2x1xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x1xf32>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// -----

func.func @zeros(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // expected-warning @below {{all 4 weights are zero already: pruning chooses the last of them}}
  %w = nn.constant dense<0.0> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}
