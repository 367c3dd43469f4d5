// RUN: atleus-opt %s -split-input-file -verify-diagnostics

// expected-error@+1 {{weights must have 2 to 8 or 32 bits, found 9}}
#precision_c1_wide = #nn.precision<weights = 9, activations = 8>

// -----

// expected-error@+1 {{weights coded as nf4 must have 4 bits, found 8}}
#precision_c1_code = #nn.precision<weights = 8, activations = 32, code = nf4>

// -----

// expected-error@+1 {{activations must have 4 to 8, 16 or 32 bits, found 3}}
#precision_c2_narrow = #nn.precision<weights = 8, activations = 3>

// -----

// expected-error@+1 {{activations must have 32 bits beside weights that are no integers, found 8}}
#precision_c2_floats = #nn.precision<weights = 32, activations = 8>

// -----

func.func @precision_of_an_elementwise_op(%x: tensor<4xf32>) {
  // expected-error@+1 {{'nn.precision' must be on a product}}
  %0 = nn.abs %x {nn.precision = #nn.precision<weights = 8, activations = 8>} : tensor<4xf32>
  return
}

// -----

func.func @precision_is_a_number(%x: tensor<4x8xf32>, %w: tensor<8x2xf32>) {
  // expected-error@+1 {{'nn.precision' must be a '#nn.precision', found 8 : i64}}
  %0 = nn.linear %x, %w {nn.precision = 8} : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// expected-error@+1 {{a block must have an element at least, found 0}}
func.func private @codebook_c1(tensor<4x!nn.codebook<nf4 : f32, block = 0>>)

// -----

func.func @quantize_c2_codebook(%w: tensor<4x4xf32>) {
  // expected-error@+1 {{'nn.quantize' op codebook expresses 'f16', but the floats are 'f32'}}
  %0 = nn.quantize %w : tensor<4x4xf32> to tensor<4x4x!nn.codebook<nf4 : f16, block = 4>>
  return
}

// -----

func.func @linear_c4_codebook(%x: tensor<4x8xf16>, %w: tensor<8x2x!nn.codebook<nf4 : f32, block = 4>>) {
  // expected-error@+2 {{'nn.linear' op failed to infer returned types}}
  // expected-error@+1 {{'nn.linear' op operands have element types 'f16' and '!nn.codebook<nf4 : f32, block = 4>'; they must be equal, or quantized and express one type}}
  %0 = nn.linear %x, %w : (tensor<4x8xf16>, tensor<8x2x!nn.codebook<nf4 : f32, block = 4>>) -> tensor<4x2xf16>
  return
}

// -----

// expected-error@+1 {{a block must keep 1 to all of its lines, found 129 of a block of 128 x 32}}
#sparsity_c1_lines = #nn.sparsity<block_rows = 128, block_columns = 32, kept_lines = 129>

// -----

// expected-error@+1 {{a block must keep 1 to all of its lines, found 0 of a block of 128 x 0}}
#sparsity_c1_no_columns = #nn.sparsity<block_rows = 128>

// -----

// expected-error@+1 {{a matrix has the dimensions 0 and 1, found 2 and 0}}
#sparsity_c1_dimension = #nn.sparsity<block_rows = 4, block_columns = 4, kept_lines = 2, line_dimension = 2>

// -----

// expected-error@+1 {{a group must keep 1 to all of its elements, found 5 of 4}}
#sparsity_c2_group = #nn.sparsity<group = 4, kept = 5>

// -----

func.func @sparse_constant_c1() {
  // expected-error@+1 {{'nn.sparse_constant' op needs a matrix and one-dimensional values of its element type, found 'tensor<8xf32>' and 'tensor<4xf32>'}}
  %0 = nn.sparse_constant <group = 4, kept = 2> values dense<1.0> : tensor<4xf32> index dense<83> : tensor<1xi8> : tensor<8xf32>
  return
}

// -----

func.func @sparse_constant_c2() {
  // expected-error@+1 {{'nn.sparse_constant' op index must be one-dimensional, of bytes, found 'tensor<1xi16>'}}
  %0 = nn.sparse_constant <group = 4, kept = 2> values dense<1.0> : tensor<4xf32> index dense<83> : tensor<1xi16> : tensor<2x4xf32>
  return
}

// -----

// expected-error@+1 {{longest must not be negative, found -1}}
#sparsity_c3 = #nn.sparsity<group = 4, kept = 2, longest = -1>

// -----

func.func @sparse_constant_c1_empty() {
  // expected-error@+1 {{'nn.sparse_constant' op needs a matrix and one-dimensional values of its element type, found 'tensor<0x4xf32>' and 'tensor<0xf32>'}}
  %0 = nn.sparse_constant <group = 4, kept = 2> values dense<[]> : tensor<0xf32> index dense<[]> : tensor<0xi8> : tensor<0x4xf32>
  return
}

// -----

func.func @sparse_constant_c2_bytes() {
  // expected-error@+1 {{'nn.sparse_constant' op index has 2 bytes, expected 1}}
  %0 = nn.sparse_constant <group = 4, kept = 2, group_dimension = 1> values dense<1.0> : tensor<4xf32> index dense<83> : tensor<2xi8> : tensor<2x4xf32>
  return
}

// -----

func.func @sparse_constant_c3() {
  // expected-error@+1 {{'nn.sparse_constant' op keeps 3 values, expected 4}}
  %0 = nn.sparse_constant <group = 4, kept = 2, group_dimension = 1> values dense<1.0> : tensor<3xf32> index dense<83> : tensor<1xi8> : tensor<2x4xf32>
  return
}

// -----

func.func @sparse_constant_c3_anywhere() {
  // expected-error@+1 {{'nn.sparse_constant' op keeps 9 values, expected at most 8}}
  %0 = nn.sparse_constant <> values dense<1.0> : tensor<9xf32> index dense<-1> : tensor<1xi8> : tensor<2x4xf32>
  return
}

// -----

func.func @sparse_constant_c3_bits() {
  // expected-error@+1 {{'nn.sparse_constant' op has 3 values, but its index keeps 4}}
  %0 = nn.sparse_constant <> values dense<1.0> : tensor<3xf32> index dense<83> : tensor<1xi8> : tensor<2x4xf32>
  return
}

// -----

func.func @sparse_constant_c4() {
  // expected-error@+1 {{'nn.sparse_constant' op longest must be from 2 to 4, found 5}}
  %0 = nn.sparse_constant <group = 4, kept = 2, group_dimension = 1, longest = 5> values dense<1.0> : tensor<4xf32> index dense<83> : tensor<1xi8> : tensor<2x4xf32>
  return
}
