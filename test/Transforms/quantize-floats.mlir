// RUN: atleus-opt %s --atleus-quantize=weight-bits=32 | FileCheck %s --check-prefix=ALL
// RUN: atleus-opt %s --atleus-quantize="activation-bits=32 weight-bits=4" | FileCheck %s --check-prefix=WEIGHTS
// RUN: atleus-opt %s --atleus-quantize="weight-code=nf4 codebook-block=2" | FileCheck %s --check-prefix=CODED
// Products that stay in floats, and weights that are quantized alone.

// What stays in floats says so, for those who assign tiers.
// ALL-NOT: nn.quantize
// ALL-LABEL: func.func @asked_for
// WEIGHTS-LABEL: func.func @asked_for
// CODED-LABEL: func.func @asked_for
func.func @asked_for(%x: tensor<2x2xf32>) -> (tensor<2x2xf32>, tensor<2x2xf32>,
                                              tensor<2x2xf32>) {
  // ALL: nn.linear {{.*}}nn.precision = #nn.precision<weights = 32, activations = 32>
  // WEIGHTS: %[[Q:.*]] = nn.quantize %{{.*}} : tensor<2x2xf32> to tensor<2x2x!{{.*}}>
  // WEIGHTS: %[[D:.*]] = nn.dequantize %[[Q]]
  // WEIGHTS: nn.linear %arg0, %[[D]] {nn.precision = #nn.precision<weights = 4, activations = 32>}
  // CODED: %[[C:.*]] = nn.quantize %{{.*}} : tensor<2x2xf32> to tensor<2x2x!nn.codebook<nf4 : f32, block = 2>>
  // CODED: nn.linear %arg0, %[[C]] {nn.precision = #nn.precision<weights = 4, activations = 32, code = nf4>}
  // CODED-SAME: : (tensor<2x2xf32>, tensor<2x2x!nn.codebook<nf4 : f32, block = 2>>) -> tensor<2x2xf32>
  %w = nn.constant dense<127.0> : tensor<2x2xf32>
  %y = nn.linear %x, %w : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // A product without a layer's weight has nothing to code.
  // ALL-NOT: nn.quantize
  // ALL: nn.matmul {{.*}}nn.precision
  // WEIGHTS: nn.matmul %arg0, %[[D2:.*]] {nn.precision
  // CODED: nn.matmul {{.*}} : (tensor<2x2xf32>, tensor<2x2xf32>)
  %c = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %z = nn.matmul %x, %c : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // ALL: nn.attention
  // ALL-NOT: {{probabilities|nn.quantize}}
  // WEIGHTS: nn.attention
  // WEIGHTS-NOT: probabilities
  %a = nn.attention %x, %x, %x heads 1 kv_heads 1 scale 1.0
      : (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y, %z, %a : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>
}
