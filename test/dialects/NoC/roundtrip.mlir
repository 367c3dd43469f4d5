// RUN: atleus-opt %s | atleus-opt | FileCheck %s
// RUN: atleus-opt %s --emit-bytecode | atleus-opt | FileCheck %s

// CHECK: noc.nodes = #noc.nodes<(0, 0, 1), (3, 2, 1)>
// CHECK-SAME: noc.place = #noc.node<(3, 2, 1)>
// CHECK-SAME: noc.staying = #noc.route<(4, 5, 6)[]>
module attributes {
  noc.nodes = #noc.nodes<(0, 0, 1), (3, 2, 1)>,
  noc.place = #noc.node<(3, 2, 1)>,
  noc.staying = #noc.route<(4, 5, 6)[]>
} {}

// CHECK-LABEL: @transfer_without_routes
func.func @transfer_without_routes(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  // CHECK: noc.transfer %{{.*}} from @reram0[(0, 0, 1), (1, 0, 1)] to @sa0[(2, 3, 0)] {nn.name = "q"} : tensor<4x8xf32>
  %t = noc.transfer %x from @reram0[(0, 0, 1), (1, 0, 1)] to @sa0[(2, 3, 0)]
    {nn.name = "q"} : tensor<4x8xf32>
  return %t : tensor<4x8xf32>
}

// CHECK-LABEL: @transfer_with_routes
func.func @transfer_with_routes(%x: tensor<4x!quant.uniform<i8:f32, 0.5>>)
    -> tensor<4x!quant.uniform<i8:f32, 0.5>> {
  // CHECK: noc.transfer %{{.*}} from @reram0[(0, 0, 1), (1, 0, 1)] to @sa0[(1, 0, 0)]
  // CHECK-SAME: along [(0, 0, 1)[x+, z-], (1, 0, 1)[z-]] : tensor<4x!quant
  %t = noc.transfer %x from @reram0[(0, 0, 1), (1, 0, 1)] to @sa0[(1, 0, 0)]
    along [(0, 0, 1)[x+, z-], (1, 0, 1)[z-]]
    : tensor<4x!quant.uniform<i8:f32, 0.5>>
  return %t : tensor<4x!quant.uniform<i8:f32, 0.5>>
}

// CHECK-LABEL: @every_direction
func.func @every_direction() attributes {
  // CHECK-SAME: route = #noc.route<(1, 1, 1)[x+, y+, x-, x-, y-, z+, z+, y-, x+, z-]>
  route = #noc.route<(1, 1, 1)[x+, y+, x-, x-, y-, z+, z+, y-, x+, z-]>
} {
  return
}

// CHECK-LABEL: @added_link
func.func @added_link() attributes {
  // CHECK-SAME: route = #noc.route<(1, 1, 1)[x+, -> (0, 0, 0), -> (3, 2, 1)]>
  route = #noc.route<(1, 1, 1)[x+, -> (0, 0, 0), -> (3, 2, 1)]>
} {
  return
}
