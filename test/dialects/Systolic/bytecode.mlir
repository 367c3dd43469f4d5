// RUN: atleus-opt %s --emit-bytecode -o %t.mlirbc
// RUN: atleus-opt %t.mlirbc | FileCheck %s
// RUN: atleus-opt %s -o %t.direct.mlir && atleus-opt %t.mlirbc -o %t.mlir
// RUN: diff %t.direct.mlir %t.mlir

// Kernels survive bytecode with their regions, places and weights.

// CHECK-LABEL: func @main
func.func @main(%x: tensor<1x2xf32>) -> tensor<1x2xf32> {
  // CHECK: nn.constant dense_resource<weight> : tensor<2x2xf32>
  %w = nn.constant dense_resource<weight> : tensor<2x2xf32>
  // CHECK: systolic.matmul %{{.*}}, %{{.*}} on @sa0 at (3, 2, 1)(0, 0, 1) task_tile [1, 1] {nn.name = "layer", static_rhs, transpose_rhs}
  %y = systolic.matmul %x, %w on @sa0 at (3, 2, 1)(0, 0, 1) task_tile [1, 1]
      {nn.name = "layer", static_rhs, transpose_rhs}
      : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  // CHECK: systolic.vector(%{{.*}}) on @sa0 at (1, 1, 1) task_tile [1, 2] {
  // CHECK: nn.clip %{{.*}} {maximum = 6.000000e+00 : f64, minimum = 0.000000e+00 : f64}
  %z = systolic.vector (%y) on @sa0 at (1, 1, 1) task_tile [1, 2] {
  ^bb0(%a: tensor<1x2xf32>):
    %b = nn.clip %a {minimum = 0.0 : f64, maximum = 6.0 : f64} : tensor<1x2xf32>
    nn.yield %b : tensor<1x2xf32>
  } : (tensor<1x2xf32>) -> tensor<1x2xf32>
  return %z : tensor<1x2xf32>
}

// CHECK: weight: "0x040000000000803F000000400000404000008040"
{-#
  dialect_resources: {
    builtin: {
      weight: "0x040000000000803F000000400000404000008040"
    }
  }
#-}
