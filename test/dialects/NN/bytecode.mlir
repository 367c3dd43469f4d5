// RUN: atleus-opt %s --emit-bytecode -o %t.mlirbc
// RUN: atleus-opt %t.mlirbc | FileCheck %s
// RUN: atleus-opt %s -o %t.direct.mlir && atleus-opt %t.mlirbc -o %t.mlir
// RUN: diff %t.direct.mlir %t.mlir

// Weights survive bytecode with every byte, and an op keeps its name.

// CHECK-LABEL: func @main
func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  // CHECK: %[[W:.*]] = nn.constant {nn.name = "w"} dense_resource<weight> : tensor<2x2xf32>
  %w = nn.constant {nn.name = "w"} dense_resource<weight> : tensor<2x2xf32>
  // CHECK: nn.quantize %[[W]] : tensor<2x2xf32> to tensor<2x2x!per_axis>
  %q = nn.quantize %w : tensor<2x2xf32>
      to tensor<2x2x!quant.uniform<i8:f32:1, {5.0e-01, 0.25}>>
  %a = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!quant.any<i8:f32>>
  // CHECK: nn.linear {{.*}} {nn.name = "layer"}
  %y = nn.linear %a, %q {nn.name = "layer"}
      : (tensor<1x2x!quant.any<i8:f32>>,
         tensor<2x2x!quant.uniform<i8:f32:1, {5.0e-01, 0.25}>>)
      -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK: weight: "0x040000000000803F000000400000404000008040"
{-#
  dialect_resources: {
    builtin: {
      weight: "0x040000000000803F000000400000404000008040"
    }
  }
#-}
