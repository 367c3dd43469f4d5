// RUN: atleus-opt %s --atleus-choose-precision="precision=encoder.*=4,encoder.1.ffn=nf4,head=float,*.attention=8/16" | FileCheck %s
// RUN: atleus-opt %s --atleus-choose-precision="precision=encoder.*=4 activation-bits=6" | FileCheck %s --check-prefix=DEFAULT
// RUN: atleus-opt %s --atleus-choose-precision="precision=encoder.0.attention=4" 2>&1 | FileCheck %s --check-prefix=NO-WEIGHT

// NO-WEIGHT: warning: precision pattern 'encoder.0.attention' has no effect: it states bits of weights, and what it matches has none
func.func @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %w = nn.constant dense<1.0> : tensor<2x2xf32>
  // CHECK: nn.linear {{.*}}nn.name = "encoder.0.ffn", nn.precision = #nn.precision<weights = 4, activations = 8>
  // DEFAULT: nn.precision = #nn.precision<weights = 4, activations = 6>
  %a = nn.linear %x, %w {nn.name = "encoder.0.ffn"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // The last pattern that matches a name counts.
  // CHECK: nn.linear {{.*}}nn.name = "encoder.1.ffn", nn.precision = #nn.precision<weights = 4, activations = 32, code = nf4>
  %b = nn.linear %a, %w {nn.name = "encoder.1.ffn"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // CHECK: nn.attention {{.*}}nn.name = "encoder.0.attention", nn.precision = #nn.precision<weights = 8, activations = 16>
  %c = nn.attention %b, %b, %b heads 1 kv_heads 1 scale 1.0
      {nn.name = "encoder.0.attention"}
      : (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // CHECK: nn.matmul {{.*}}nn.name = "head", nn.precision = #nn.precision<weights = 32, activations = 32>
  %d = nn.matmul %c, %x {nn.name = "head"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // What no pattern matches, and what has no name, stays as it is.
  // CHECK: nn.linear
  // CHECK-NOT: nn.precision
  %e = nn.linear %d, %w {nn.name = "tail"}
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  %f = nn.linear %e, %w
      : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %f : tensor<2x2xf32>
}
