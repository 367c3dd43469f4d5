// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:4x1x2=1,10,-1,10,1,-10,2,20"
// RUN: atleus-opt %s --atleus-prune="pattern=n:m group=2 calibration=%t.npz" | FileCheck %s --check-prefix=SCALED
// RUN: atleus-opt %s --atleus-prune="pattern=n:m group=2 calibration=%t.npz compensate=true" | FileCheck %s --check-prefix=COMPENSATED

// The second input is ten times the first: its weights count ten times.
// SCALED: nn.sparse_constant <group = 2, kept = 1, longest = 1, element_index = offsets> values dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32> index dense<3> : tensor<1xi8>

// What the first input has given the second one gives now, as far as the two
// go together.
// COMPENSATED: nn.sparse_constant {{.*}} values dense<[1.2132{{[0-9]*}}, 2.1279{{[0-9]*}}]> : tensor<2xf32>

func.func @main(%x: tensor<1x2xf32> {nn.name = "x"}) -> tensor<1x2xf32> {
  %a = nn.constant dense<[[5.0, 3.0], [1.0, 2.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %0 = nn.linear %x, %a : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  %1 = nn.linear %0, %b : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %1 : tensor<1x2xf32>
}
