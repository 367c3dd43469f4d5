// RUN: atleus-opt %s --atleus-quantize | FileCheck %s
// Products that state their precision get that one.

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

// 16 bits for activations, and for the probabilities of an attention.
// CHECK-LABEL: func.func @wide
func.func @wide(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  // CHECK-DAG: nn.quantize %arg0 scales<vector> : tensor<2x2xf32> to tensor<2x2x!quant.any<i16:f32>>
  // CHECK-DAG: nn.quantize %arg0 scales<matrix> : tensor<2x2xf32> to tensor<2x2x!quant.any<i16:f32>>
  // CHECK: nn.attention {{.*}} probabilities !quant.uniform<u16:f32,
  %a = nn.attention %x, %x, %x heads 1 kv_heads 1 scale 1.0
      {nn.precision = #nn.precision<weights = 8, activations = 16>}
      : (tensor<2x2xf32>, tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  return %a : tensor<2x2xf32>
}
