// RUN: not atleus-opt %s --atleus-quantize="weights=crossbar-wise machine=%S/Inputs/two-crossbars.mlir" 2>&1 | FileCheck %s
// RUN: atleus-opt %s --atleus-quantize="weights=crossbar-wise machine=%S/Inputs/two-crossbars.mlir block-rows=8 block-columns=2" | FileCheck %s --check-prefix=STATED

// CHECK: error: crossbars @cells and @large hold blocks of different sizes; state block-rows and block-columns (atleus: --crossbar-block=RxC)
// CHECK: note: an array of @cells holds 16x4 weights of 8 bits
// CHECK: note: an array of @large holds 32x4 weights of 8 bits
// STATED: !quant.uniform<i8:f32:{0:8, 1:2}
func.func @main(%x: tensor<1x32xf32>) -> tensor<1x8xf32> {
  %w = nn.constant dense<1.0> : tensor<32x8xf32>
  %y = nn.linear %x, %w : (tensor<1x32xf32>, tensor<32x8xf32>) -> tensor<1x8xf32>
  return %y : tensor<1x8xf32>
}
