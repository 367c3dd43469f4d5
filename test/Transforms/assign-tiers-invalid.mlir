// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-assign-tiers -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// expected-error @below {{module has no machine to map it to; attach one with atleus-attach-machine}}
module {
}

// -----

// MACHINE
func.func @not_quantized(%x: tensor<3x8xf32>) -> tensor<3x4xf32> {
  %w = nn.constant dense<0.5> : tensor<8x4xf32>
  // expected-error @below {{cannot run on a crossbar tier: crossbars hold quantized weights: run atleus-quantize before tiers are assigned}}
  %y = nn.linear %x, %w
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
func.func @no_work(%x: tensor<3x8xf32>) -> tensor<3x8xf32> {
  // expected-error @below {{states no work, so it has no place in a machine}}
  %y = func.call @other(%x) : (tensor<3x8xf32>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}
func.func private @other(tensor<3x8xf32>) -> tensor<3x8xf32>
