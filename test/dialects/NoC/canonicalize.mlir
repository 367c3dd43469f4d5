// RUN: atleus-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: @transfer_to_the_same_node
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
func.func @transfer_to_the_same_node(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %t = noc.transfer %x from @a[(1, 0, 0)] to @a[(1, 0, 0)] : tensor<4xf32>
  return %t : tensor<4xf32>
}

// CHECK-LABEL: @transfer_between_tiers_of_one_place
func.func @transfer_between_tiers_of_one_place(%x: tensor<4xf32>)
    -> tensor<4xf32> {
  // CHECK: noc.transfer
  %t = noc.transfer %x from @a[(1, 0, 0)] to @dram[(1, 0, 0)] : tensor<4xf32>
  return %t : tensor<4xf32>
}

// Task 0 of the producer may run at another node than task 0 of the consumer.
// CHECK-LABEL: @transfer_among_several_nodes
func.func @transfer_among_several_nodes(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: noc.transfer
  %t = noc.transfer %x from @a[(0, 0, 0), (1, 0, 0)]
    to @a[(0, 0, 0), (1, 0, 0)] : tensor<4xf32>
  return %t : tensor<4xf32>
}

// CHECK-LABEL: @unused_transfer
func.func @unused_transfer(%x: tensor<4xf32>) {
  // CHECK-NEXT: return
  %t = noc.transfer %x from @a[(0, 0, 0)] to @b[(0, 0, 1)] : tensor<4xf32>
  return
}
