// Going to the phase at which a module is changes nothing but the attributes
// that say how it came there; a module without a phase is at 'nn'.
// RUN: atleus compile %s --to=nn | FileCheck %s

// CHECK: module @"phase-same" attributes
// CHECK-SAME: atleus.phase = "nn"
// CHECK-SAME: atleus.source = "{{.*}}phase-same.mlir"
// CHECK: func.func @main(%[[X:.*]]: tensor<1x4xf32>) -> tensor<1x4xf32> {
// CHECK-NEXT: return %[[X]]
func.func @main(%x: tensor<1x4xf32>) -> tensor<1x4xf32> {
  return %x : tensor<1x4xf32>
}
