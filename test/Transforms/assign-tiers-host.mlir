// RUN: sed '/^\/\/ MACHINE$/r %inputs/small-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-assign-tiers -split-input-file \
// RUN:       -verify-diagnostics | FileCheck %s

// MACHINE
// The vector unit of the systolic cores cannot look up.
// CHECK-LABEL: func.func @no_unit
func.func @no_unit(%i: tensor<4xi64>) -> tensor<4x2xf32> {
  // CHECK: nn.embedding {{.*}}arch.tier = @host
  %table = nn.constant dense<0.5> : tensor<8x2xf32>
  // expected-remark @below {{runs on the host: the core's vector unit has no 'lookup' operation}}
  %y = nn.embedding %table, %i
      : (tensor<8x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}
