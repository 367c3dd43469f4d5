// RUN: not atleus-opt %s --atleus-choose-precision=precision=encoder.0.fnn=4 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not atleus-opt %s --atleus-choose-precision=precision=*=9 2>&1 | FileCheck %s --check-prefix=WIDTH
// RUN: not atleus-opt %s --atleus-choose-precision=precision=*=4/3 2>&1 | FileCheck %s --check-prefix=ACTIVATIONS
// RUN: not atleus-opt %s --atleus-choose-precision=precision=encoder 2>&1 | FileCheck %s --check-prefix=SYNTAX
// RUN: not atleus-opt %s --atleus-choose-precision=activation-bits=9 2>&1 | FileCheck %s --check-prefix=DEFAULT
// RUN: sed 's/{nn.name.*}//' %s | not atleus-opt --atleus-choose-precision=precision=x=4 2>&1 | FileCheck %s --check-prefix=NONE

// NAME: error: precision pattern 'encoder.0.fnn' matches no product; the nearest names are 'encoder.0.ffn', 'encoder.0.key'
// WIDTH: error: precision '*=9': weights must have 2 to 8 bits, or be 'float' or 'nf4', found '9'
// ACTIVATIONS: error: precision '*=4/3': activations must have 4 to 8 or 16 bits, or be 'float', found '3'
// SYNTAX: error: precision 'encoder': needs a pattern of names and a precision, such as 'encoder.*=4/8'
// DEFAULT: error: activation-bits must be from 4 to 8, 16, or 32 for floats, found 9
// NONE: error: precision pattern 'x' matches no product; none has a name
func.func @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %w = nn.constant dense<1.0> : tensor<2x2xf32>
  %a = nn.linear %x, %w {nn.name = "encoder.0.ffn"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %b = nn.linear %a, %w {nn.name = "encoder.0.key"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %b : tensor<2x2xf32>
}
