// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --convert-nn-to-systolic | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!any = !quant.any<i8:f32>

// The normalized sum is used twice: as floats and quantized.
// CHECK-LABEL: func.func @connected_ops_are_one_kernel
func.func @connected_ops_are_one_kernel(%a: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4x8x!x>) {
  %w = nn.constant dense<1.0> : tensor<8xf32>
  // CHECK: %[[R:.*]]:2 = systolic.vector(%{{.*}}, %{{.*}}) on @sa0 task_tile [4, 8]
  // CHECK: nn.add
  // CHECK: %[[N:.*]] = nn.rms_norm
  // CHECK: %[[Q:.*]] = nn.quantize
  // CHECK: nn.yield %[[N]], %[[Q]]
  // CHECK: nn.name = "norm"
  // CHECK: return %[[R]]#0, %[[R]]#1
  %s = nn.add %a, %a {nn.name = "residual", arch.tier = @sa0}
      : (tensor<4x8xf32>, tensor<4x8xf32>) -> tensor<4x8xf32>
  %n = nn.rms_norm %s, %w epsilon 1.0e-5 {nn.name = "norm", arch.tier = @sa0}
      : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  %q = nn.quantize %n {arch.tier = @sa0} : tensor<4x8xf32> to tensor<4x8x!x>
  return %n, %q : tensor<4x8xf32>, tensor<4x8x!x>
}

// CHECK-LABEL: func.func @names_of_nameless_ops
func.func @names_of_nameless_ops(%a: tensor<4x8xf32>, %b: tensor<2x8xf32>)
    -> (tensor<4x8xf32>, tensor<2x8xf32>) {
  // CHECK: nn.name = "exp+tanh.0"
  // CHECK: nn.name = "exp+tanh.1"
  %0 = nn.exp %a {arch.tier = @sa0} : tensor<4x8xf32>
  %1 = nn.tanh %0 {arch.tier = @sa0} : tensor<4x8xf32>
  %2 = nn.exp %b {arch.tier = @sa0} : tensor<2x8xf32>
  %3 = nn.tanh %2 {arch.tier = @sa0} : tensor<2x8xf32>
  return %1, %3 : tensor<4x8xf32>, tensor<2x8xf32>
}

// CHECK-LABEL: func.func @equal_names_become_different
func.func @equal_names_become_different(%a: tensor<4x8xf32>)
    -> (tensor<4x8xf32>, tensor<4x8xf32>) {
  // CHECK: nn.name = "activation"}
  // CHECK: nn.name = "activation.1"}
  %0 = nn.exp %a {nn.name = "activation", arch.tier = @sa0} : tensor<4x8xf32>
  %1 = nn.tanh %a {nn.name = "activation", arch.tier = @sa0} : tensor<4x8xf32>
  return %0, %1 : tensor<4x8xf32>, tensor<4x8xf32>
}

// CHECK-LABEL: func.func @another_shape_is_another_kernel
func.func @another_shape_is_another_kernel(%a: tensor<4x8xf32>)
    -> tensor<4x1xf32> {
  // CHECK: systolic.vector
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: nn.exp
  // CHECK-NEXT: nn.yield
  // CHECK: systolic.vector
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: nn.reduce_sum
  %0 = nn.exp %a {arch.tier = @sa0} : tensor<4x8xf32>
  %1 = nn.reduce_sum %0 axes [1] {keep_dimensions, arch.tier = @sa0}
      : tensor<4x8xf32> -> tensor<4x1xf32>
  return %1 : tensor<4x1xf32>
}

// The scale of a dynamic quantization is that of all rows; a kernel is cut
// along its rows.
// CHECK-LABEL: func.func @what_needs_all_rows_starts_a_kernel
func.func @what_needs_all_rows_starts_a_kernel(%a: tensor<4x8xf32>)
    -> (tensor<4x8x!any>, tensor<4x8xf32>) {
  // CHECK: %[[E:.*]] = systolic.vector
  // CHECK: nn.exp
  // CHECK: systolic.vector(%[[E]])
  // CHECK: nn.quantize
  // CHECK: systolic.vector(%[[E]])
  // CHECK: nn.softmax {{.*}} axis 0
  %0 = nn.exp %a {arch.tier = @sa0} : tensor<4x8xf32>
  %1 = nn.quantize %0 {arch.tier = @sa0} : tensor<4x8xf32> to tensor<4x8x!any>
  %2 = nn.softmax %0 axis 0 {arch.tier = @sa0} : tensor<4x8xf32>
  return %1, %2 : tensor<4x8x!any>, tensor<4x8xf32>
}

// The sum waits for the product, which waits for the exponential: one kernel
// with both would wait for itself.
// CHECK-LABEL: func.func @no_kernel_waits_for_itself
func.func @no_kernel_waits_for_itself(%a: tensor<8x8xf32>) -> tensor<8x8xf32> {
  // CHECK: %[[E:.*]] = systolic.vector
  // CHECK: nn.exp
  // CHECK: %[[M:.*]] = systolic.matmul %[[E]], %[[E]]
  // CHECK: systolic.vector(%[[E]], %[[M]])
  // CHECK: nn.add
  %0 = nn.exp %a {arch.tier = @sa0} : tensor<8x8xf32>
  %1 = nn.matmul %0, %0 {arch.tier = @sa0}
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  %2 = nn.add %0, %1 {arch.tier = @sa0}
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %2 : tensor<8x8xf32>
}

// Two chains meet: three kernels become one, which stands after its last
// operand and before the product that reads its first op.
// CHECK-LABEL: func.func @chains_that_meet_are_one_kernel
func.func @chains_that_meet_are_one_kernel(%a: tensor<8x8xf32>)
    -> (tensor<8x8xf32>, tensor<8x8xf32>) {
  // CHECK: %[[R:.*]]:2 = systolic.vector
  // CHECK: nn.exp
  // CHECK: nn.tanh
  // CHECK: nn.mul
  // CHECK: systolic.matmul %[[R]]#0, %[[R]]#0
  // CHECK-NOT: systolic.vector
  // CHECK: return
  %0 = nn.exp %a {arch.tier = @sa0} : tensor<8x8xf32>
  %1 = nn.matmul %0, %0 {arch.tier = @sa0}
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  %2 = nn.tanh %a {arch.tier = @sa0} : tensor<8x8xf32>
  %3 = nn.mul %0, %2 {arch.tier = @sa0}
      : (tensor<8x8xf32>, tensor<8x8xf32>) -> tensor<8x8xf32>
  return %1, %3 : tensor<8x8xf32>, tensor<8x8xf32>
}

// CHECK-LABEL: func.func @parameters_stay_outside
func.func @parameters_stay_outside(%a: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // CHECK: %[[C:.*]] = nn.constant
  // CHECK: %[[S:.*]] = nn.exp %[[C]]
  // CHECK-NOT: arch.tier
  // CHECK: systolic.vector(%{{.*}}, %[[S]])
  %c = nn.constant dense<1.0> : tensor<8xf32>
  %s = nn.exp %c {arch.tier = @sa0} : tensor<8xf32>
  %0 = nn.mul %a, %s {arch.tier = @sa0}
      : (tensor<4x8xf32>, tensor<8xf32>) -> tensor<4x8xf32>
  return %0 : tensor<4x8xf32>
}
