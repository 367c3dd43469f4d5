// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --convert-nn-to-systolic -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// MACHINE
func.func @no_tier(%x: tensor<3x8xf32>) -> tensor<3x8xf32> {
  // expected-error @below {{'nn.gelu' op is assigned to no tier: it has no 'arch.tier'}}
  %y = nn.gelu %x : tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// -----

// MACHINE
func.func @crossbars_come_first(%x: tensor<3x8xf32>) -> tensor<3x8xf32> {
  %w = nn.constant dense<0.5> : tensor<8x8xf32>
  // expected-error @below {{'nn.linear' op is left on crossbar tier @reram0: run --convert-nn-to-pim first}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x8xf32>, tensor<8x8xf32>) -> tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// -----

// MACHINE
func.func @product_of_integers(%x: tensor<4x4xi64>) -> tensor<4x4xi64> {
  // expected-error @below {{'nn.matmul' op on a systolic tier needs floats or quantized values, found 'tensor<4x4xi64>'}}
  %y = nn.matmul %x, %x {arch.tier = @sa0}
      : (tensor<4x4xi64>, tensor<4x4xi64>) -> tensor<4x4xi64>
  return %y : tensor<4x4xi64>
}

// -----

// MACHINE
func.func @convolution(%x: tensor<1x3x8x8xf32>) -> tensor<1x16x4x4xf32> {
  %w = nn.constant dense<0.5> : tensor<16x3x2x2xf32>
  // expected-error @below {{'nn.conv' op has no kernel on tier @sa0}}
  %y = nn.conv %x, %w strides [2, 2] pads [0, 0, 0, 0] dilations [1, 1]
      groups 1 {arch.tier = @sa0}
      : (tensor<1x3x8x8xf32>, tensor<16x3x2x2xf32>) -> tensor<1x16x4x4xf32>
  return %y : tensor<1x16x4x4xf32>
}
