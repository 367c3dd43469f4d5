// RUN: atleus-opt %s -canonicalize | FileCheck %s

// CHECK-LABEL: func @ops_fold_within_the_region
func.func @ops_fold_within_the_region(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: systolic.vector
  // CHECK-NEXT: ^bb0(%[[A:.*]]: tensor<4xf32>):
  // CHECK-NEXT:   %[[B:.*]] = nn.relu %[[A]]
  // CHECK-NEXT:   nn.yield %[[B]]
  %0 = systolic.vector (%x) on @sa0 task_tile [4] {
  ^bb0(%a: tensor<4xf32>):
    %b = nn.cast %a : tensor<4xf32> to tensor<4xf32>
    %c = nn.relu %b : tensor<4xf32>
    nn.yield %c : tensor<4xf32>
  } : (tensor<4xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func @constants_stay_in_the_region
func.func @constants_stay_in_the_region() -> tensor<1x2xf32> {
  // CHECK-NEXT: systolic.vector
  // CHECK-NEXT:   nn.constant dense<{{.*}}> : tensor<1x2xf32>
  // CHECK-NEXT:   nn.yield
  %0 = systolic.vector () on @sa0 task_tile [1, 2] {
    %a = nn.constant dense<[1.0, 2.0]> : tensor<2xf32>
    %b = nn.reshape %a : tensor<2xf32> to tensor<1x2xf32>
    nn.yield %b : tensor<1x2xf32>
  } : () -> tensor<1x2xf32>
  return %0 : tensor<1x2xf32>
}

// CHECK-LABEL: func @kernels_without_users_are_erased
func.func @kernels_without_users_are_erased(%x: tensor<4x4xf32>) {
  // CHECK-NEXT: return
  %0 = systolic.matmul %x, %x on @sa0 task_tile [4, 4]
      : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = systolic.vector (%0) on @sa0 task_tile [4, 4] {
  ^bb0(%a: tensor<4x4xf32>):
    nn.yield %a : tensor<4x4xf32>
  } : (tensor<4x4xf32>) -> tensor<4x4xf32>
  return
}
