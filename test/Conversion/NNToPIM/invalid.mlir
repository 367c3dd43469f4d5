// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --convert-nn-to-pim -split-input-file \
// RUN:       -verify-diagnostics=only-expected

// expected-error @below {{module has no machine to map it to}}
module {
}

// -----

// MACHINE
func.func @not_quantized(%x: tensor<3x8xf32>) -> tensor<3x4xf32> {
  %w = nn.constant dense<0.5> : tensor<8x4xf32>
  // expected-error @below {{on a crossbar tier needs quantized operands, found 'tensor<3x8xf32>' and 'tensor<8x4xf32>'}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x8xf32>, tensor<8x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
!any = !quant.any<i8:f32>
func.func @scale_at_run_time(%x: tensor<3x8x!any>) -> tensor<3x4xf32> {
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!any>
  // expected-error @below {{on a crossbar tier needs a weight with known scales, found '!quant.any<i8:f32>'}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x8x!any>, tensor<8x4x!any>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
!any = !quant.any<i8:f32>
!q = !quant.uniform<i8:f32, 0.5>
func.func @weight_is_an_input(%x: tensor<3x8x!any>, %w: tensor<8x4x!q>)
    -> tensor<3x4xf32> {
  // expected-error @below {{on a crossbar tier needs a weight that is known when compiling}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x8x!any>, tensor<8x4x!q>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
!any = !quant.any<i8:f32>
!rows = !quant.uniform<i8:f32:0, {0.5, 0.25}>
func.func @scales_along_rows(%x: tensor<3x2x!any>) -> tensor<3x4xf32> {
  %c = nn.constant dense<0.5> : tensor<2x4xf32>
  %w = nn.quantize %c : tensor<2x4xf32> to tensor<2x4x!rows>
  // expected-error @below {{on a crossbar tier needs the weight's scales along its features, dimension 1, found dimension 0}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x2x!any>, tensor<2x4x!rows>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
func.func @not_a_linear_layer(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // expected-error @below {{'nn.matmul' op cannot run on crossbar tier @reram0, which multiplies by weights only}}
  %y = nn.matmul %x, %x {arch.tier = @reram0}
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %y : tensor<8x8xf32>
}

// -----

// MACHINE
func.func @unknown_tier(%x: tensor<3x8xf32>) -> tensor<3x8xf32> {
  // expected-error @below {{is assigned to @sa7, which is neither a tier nor the host of @small}}
  %y = nn.gelu %x {arch.tier = @sa7} : tensor<3x8xf32>
  return %y : tensor<3x8xf32>
}

// -----

// MACHINE
!any = !quant.any<i8:f32>
!q = !quant.uniform<i16:f32, 0.5>
func.func @too_many_bits(%x: tensor<3x8x!any>) -> tensor<3x4xf32> {
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!q>
  // expected-error @below {{on a crossbar tier needs weights of 2 to 8 and inputs of up to 16 bits, found 16 and 8}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x8x!any>, tensor<8x4x!q>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
!any = !quant.any<i8:f32>
!q = !quant.uniform<i8:f32:{0:6, 1:1}, {{0.5}, {0.25}}>
func.func @blocks_across_arrays(%x: tensor<3x12x!any>) -> tensor<3x1xf32> {
  %c = nn.constant dense<0.5> : tensor<12x1xf32>
  %w = nn.quantize %c : tensor<12x1xf32> to tensor<12x1x!q>
  // expected-error @below {{on a crossbar tier needs blocks of weights with a scale that divide the 16 rows of an array or are a multiple of them, found blocks of 6}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x12x!any>, tensor<12x1x!q>) -> tensor<3x1xf32>
  return %y : tensor<3x1xf32>
}

// -----

// MACHINE
!any = !quant.any<i8:f32>
!q = !quant.uniform<u1:f32, 0.5>
func.func @too_few_bits(%x: tensor<3x8x!any>) -> tensor<3x4xf32> {
  %c = nn.constant dense<0.5> : tensor<8x4xf32>
  %w = nn.quantize %c : tensor<8x4xf32> to tensor<8x4x!q>
  // expected-error @below {{on a crossbar tier needs weights of 2 to 8 and inputs of up to 16 bits, found 1 and 8}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x8x!any>, tensor<8x4x!q>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// MACHINE
func.func @codes_of_a_codebook(%x: tensor<3x64xf32>) -> tensor<3x4xf32> {
  %c = nn.constant dense<0.5> : tensor<64x4xf32>
  %w = nn.quantize %c : tensor<64x4xf32>
      to tensor<64x4x!nn.codebook<nf4 : f32, block = 4>>
  // expected-error @below {{on a crossbar tier needs a weight of integers, of 2 to 8 bits: slices in cells cannot hold the codes of '!nn.codebook<nf4 : f32, block = 4>'}}
  %y = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x64xf32>, tensor<64x4x!nn.codebook<nf4 : f32, block = 4>>)
      -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}
