// RUN: atleus-opt %s -split-input-file -verify-diagnostics

// expected-error @below {{node (4, 0, -1) has a negative coordinate}}
module @node_c1_negative attributes {noc.a = #noc.node<(4, 0, -1)>} {}

// -----

// expected-error @below {{expected at least one node}}
module @nodes_c1_empty attributes {noc.a = #noc.nodes<>} {}

// -----

// expected-error @below {{node (0, -1, 2) has a negative coordinate}}
module @nodes_c2_negative attributes {noc.a = #noc.nodes<(0, 0, 0), (0, -1, 2)>} {}

// -----

// expected-error @below {{route leaves the network at (-1, 0, 0)}}
module @route_c1_leaves attributes {noc.a = #noc.route<(1, 0, 0)[x-, x-]>} {}

// -----

// expected-error @below {{route leaves the network at (0, 0, -3)}}
module @route_c1_starts_outside attributes {noc.a = #noc.route<(0, 0, -3)[]>} {}

// -----

// expected-error @below {{route visits (1, 1, 0) twice}}
module @route_c2_circle attributes {noc.a = #noc.route<(1, 1, 0)[x+, y+, x-, y-]>} {}

// -----

// expected-error @below {{route leaves the network at (0, -2, 0)}}
module @route_c1_added_link_leaves attributes {noc.a = #noc.route<(1, 1, 0)[-> (0, -2, 0)]>} {}

// -----

// expected-error @below {{route visits (1, 1, 0) twice}}
module @route_c2_added_link_returns attributes {noc.a = #noc.route<(1, 1, 0)[x+, x+, -> (1, 1, 0)]>} {}

// -----

// expected-error @below {{route takes an added link from (1, 1, 0) to its neighbour (1, 1, 1): expected a direction}}
module @route_c3_neighbour attributes {noc.a = #noc.route<(1, 1, 0)[-> (1, 1, 1)]>} {}

// -----

// expected-error @below {{expected x, y or z, found 'w'}}
module @hop_of_unknown_axis attributes {noc.a = #noc.route<(1, 1, 0)[x+, w+]>} {}

// -----

// expected-error @below {{expected '+' or '-' after 'x'}}
module @hop_without_sign attributes {noc.a = #noc.route<(1, 1, 0)[x]>} {}

// -----

// expected-error @below {{expected integer value}}
module @node_without_numbers attributes {noc.a = #noc.nodes<(0, y, 0)>} {}

// -----

func.func @transfer_c1_types_differ(%x: tensor<4xf32>) -> tensor<8xf32> {
  // expected-error @below {{'noc.transfer' op failed to verify that all of {input, result} have same type}}
  %t = "noc.transfer"(%x) {from = @a, from_nodes = #noc.nodes<(0, 0, 0)>,
    to = @b, to_nodes = #noc.nodes<(0, 0, 1)>}
    : (tensor<4xf32>) -> tensor<8xf32>
  return %t : tensor<8xf32>
}

// -----

func.func @transfer_c1_dynamic_shape(%x: tensor<?xf32>) -> tensor<?xf32> {
  // expected-error @below {{operand #0 must be statically shaped tensor of any type values, but got 'tensor<?xf32>'}}
  %t = noc.transfer %x from @a[(0, 0, 0)] to @b[(0, 0, 1)] : tensor<?xf32>
  return %t : tensor<?xf32>
}

// -----

func.func @transfer_c2_route_from_elsewhere(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'noc.transfer' op has a route from (1, 0, 0), which is not a source node}}
  %t = noc.transfer %x from @a[(0, 0, 0)] to @b[(1, 0, 1)]
    along [(1, 0, 0)[z+]] : tensor<4xf32>
  return %t : tensor<4xf32>
}

// -----

func.func @transfer_c3_route_to_elsewhere(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'noc.transfer' op has a route to (0, 0, 1), which is not a destination node}}
  %t = noc.transfer %x from @a[(0, 0, 0)] to @b[(1, 0, 1)]
    along [(0, 0, 0)[z+]] : tensor<4xf32>
  return %t : tensor<4xf32>
}

// -----

func.func @transfer_c4_two_routes(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'noc.transfer' op has two routes from (0, 0, 0) to (1, 0, 1)}}
  %t = noc.transfer %x from @a[(0, 0, 0)] to @b[(1, 0, 1)]
    along [(0, 0, 0)[z+, x+], (0, 0, 0)[x+, z+]] : tensor<4xf32>
  return %t : tensor<4xf32>
}
