// RUN: atleus-opt %s --atleus-quantize | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize=weight-bits=32 | FileCheck %s --check-prefix=ALL
// RUN: atleus-opt %s --atleus-quantize="activation-bits=32 weight-bits=4" | FileCheck %s --check-prefix=WEIGHTS
// RUN: atleus-opt %s --atleus-quantize="weight-code=nf4 codebook-block=2" | FileCheck %s --check-prefix=CODED
// Products that stay in floats, and weights that are quantized alone.

// ALL-NOT: nn.quantize
// CHECK-LABEL: func.func @stated
func.func @stated(%x: tensor<1x2xf32>) -> (tensor<1x2xf32>, tensor<1x2xf32>) {
  %w = nn.constant dense<127.0> : tensor<2x2xf32>
  // CHECK: nn.linear %arg0, %[[W:.*]] {nn.precision = #nn.precision<weights = 32, activations = 32>} : (tensor<1x2xf32>, tensor<2x2xf32>)
  %y = nn.linear %x, %w {nn.precision = #nn.precision<weights = 32, activations = 32>}
      : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // CHECK: nn.linear {{.*}} (tensor<1x2x!quant.any<i4:f32>>, tensor<2x2x!{{.*}}>)
  %z = nn.linear %x, %w {nn.precision = #nn.precision<weights = 3, activations = 4>}
      : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y, %z : tensor<1x2xf32>, tensor<1x2xf32>
}

// What stays in floats says so, for those who assign tiers.
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
  // ALL: nn.matmul {{.*}}nn.precision
  // WEIGHTS: nn.matmul %arg0, %[[D2:.*]] {nn.precision
  // CODED: nn.matmul {{.*}} : (tensor<2x2xf32>, tensor<2x2xf32>)
  %c = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %z = nn.matmul %x, %c : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  // ALL: nn.attention
  // ALL-NOT: probabilities
  // WEIGHTS: nn.attention
  // WEIGHTS-NOT: probabilities
  %a = nn.attention %x, %x, %x heads 1 kv_heads 1 scale 1.0
      : (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %y, %z, %a : tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>
}

// 16 bits for activations, and for the probabilities of an attention.
// CHECK-LABEL: func.func @wide
func.func @wide(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // CHECK: nn.quantize %arg0 : tensor<2x2xf32> to tensor<2x2x!quant.any<i16:f32>>
  // CHECK: nn.attention {{.*}} probabilities !quant.uniform<u16:f32,
  %a = nn.attention %x, %x, %x heads 1 kv_heads 1 scale 1.0
      {nn.precision = #nn.precision<weights = 8, activations = 16>}
      : (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %a : tensor<2x2xf32>
}
