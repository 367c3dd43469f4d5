// RUN: atleus-opt %s --emit-bytecode -o %t.mlirbc
// RUN: atleus-opt %t.mlirbc | FileCheck %s
// RUN: atleus-opt %s -o %t.direct.mlir && atleus-opt %t.mlirbc -o %t.mlir
// RUN: diff %t.direct.mlir %t.mlir

// A programmed weight survives bytecode: its blob, its type and its crossbar.

!weight = tensor<2x2x!quant.uniform<i8:f32, 5.0e-01>>
// CHECK: #crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 64, encoding = differential>
// CHECK: !array = !pim.array<tensor<2x2x!quant.uniform<i8:f32, 5.000000e-01>>, #crossbar>
!array = !pim.array<!weight, #pim.crossbar<rows = 128, columns = 128,
    cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 64,
    encoding = differential>>

func.func @main(%x: tensor<1x2x!quant.any<i8:f32>>) -> tensor<1x2xf32> {
  // CHECK: nn.constant dense_resource<weight> : tensor<2x2xf32>
  %w = nn.constant dense_resource<weight> : tensor<2x2xf32>
  %q = nn.quantize %w : tensor<2x2xf32> to !weight
  // CHECK: pim.program %{{.*}} on @reram0 at (3, 2, 1) features [0, 2]
  %a = pim.program %q on @reram0 at (3, 2, 1) features [0, 2]
      : !weight -> !array
  // CHECK: pim.mvm %{{.*}}, %{{.*}} on @reram0 at (3, 2, 1) task_tile [1, 2] {nn.name = "layer"}
  %y = pim.mvm %a, %x on @reram0 at (3, 2, 1) task_tile [1, 2]
      {nn.name = "layer"}
      : (!array, tensor<1x2x!quant.any<i8:f32>>) -> tensor<1x2xf32>
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
