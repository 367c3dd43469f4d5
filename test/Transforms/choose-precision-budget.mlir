// Arrays of 4 x 8 cells of 2 bits: a weight of 4 x 8 takes an array for each 2
// bits. The output hardly depends on the second layer.
// RUN: %python %inputs/make_npz.py %t.npz "x:<f4:4x1x4=1,2,3,4,-1,2,-3,1,0.5,-2,1,1,3,-1,-1,2"
// RUN: atleus-opt %s --atleus-choose-precision="budget=crossbars:6 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir quantize='weights=per-tensor calibration=%t.npz'" 2>&1 | FileCheck %s
// RUN: atleus-opt %s --atleus-choose-precision="budget=crossbars:75%% calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir quantize='weights=per-tensor calibration=%t.npz'" 2>&1 | FileCheck %s
// RUN: atleus-opt %s --atleus-choose-precision="budget=loss:100 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir quantize='weights=per-tensor calibration=%t.npz'" 2>&1 | FileCheck %s --check-prefix=CHEAPEST
// RUN: atleus-opt %s --atleus-choose-precision="budget=loss:0 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir quantize='weights=per-tensor calibration=%t.npz'" 2>&1 | FileCheck %s --check-prefix=ANSWERS
// RUN: atleus-opt %s --atleus-choose-precision="precision=b=4 budget=crossbars:7 calibration=%t.npz machine=%S/Inputs/small-crossbar.mlir quantize='weights=per-tensor calibration=%t.npz'" 2>&1 | FileCheck %s --check-prefix=STATED

// CHECK: remark: 'a' gets weights of 8 bits: 4 crossbars, relative error
// CHECK: remark: 'b' gets weights of 4 bits: 2 crossbars, relative error
// CHECK: remark: precision budget 'crossbars:{{6|75%}}': 6 crossbars, {{.*}} of 100 answers change on the samples
// CHEAPEST: remark: 'a' gets weights of 2 bits: 1 crossbars
// CHEAPEST: remark: 'b' gets weights of 2 bits: 1 crossbars
// CHEAPEST: remark: precision budget 'loss:100': 2 crossbars
// ANSWERS: remark: precision budget 'loss:0': {{[2-7]}} crossbars, 0.00 of 100 answers change
// STATED-NOT: remark: 'b'
// STATED: remark: 'a' gets weights of 8 bits
// STATED: remark: precision budget 'crossbars:7': 6 crossbars
func.func @main(%x: tensor<1x4xf32> {nn.name = "x"}) -> tensor<1x8xf32> {
  %a = nn.constant dense<[[0.9, -0.3, 0.5, 0.2, -0.7, 0.1, 0.4, -0.8],
                          [0.2, 0.8, -0.6, 0.3, 0.5, -0.9, 0.7, 0.1],
                          [-0.4, 0.6, 0.9, -0.5, 0.3, 0.8, -0.2, 0.7],
                          [0.6, -0.1, 0.3, 0.9, -0.2, 0.4, 0.5, 0.3]]>
      : tensor<4x8xf32>
  %b = nn.constant dense<[[0.01, -0.03, 0.02, 0.01, 0.0, 0.02, -0.01, 0.03],
                          [0.02, 0.01, -0.02, 0.03, 0.01, 0.0, 0.02, -0.03],
                          [-0.01, 0.02, 0.03, 0.0, -0.02, 0.01, 0.03, 0.02],
                          [0.03, 0.0, 0.01, -0.03, 0.02, 0.02, 0.0, 0.01]]>
      : tensor<4x8xf32>
  // CHECK: nn.linear {{.*}}nn.name = "a", nn.precision = #nn.precision<weights = 8, activations = 8>
  // STATED: nn.name = "a", nn.precision = #nn.precision<weights = 8, activations = 8>
  %p = nn.linear %x, %a {nn.name = "a"}
      : (tensor<1x4xf32>, tensor<4x8xf32>) -> tensor<1x8xf32>
  // CHECK: nn.linear {{.*}}nn.name = "b", nn.precision = #nn.precision<weights = 4, activations = 8>
  // STATED: nn.name = "b", nn.precision = #nn.precision<weights = 4, activations = 8>
  %q = nn.linear %x, %b {nn.name = "b"}
      : (tensor<1x4xf32>, tensor<4x8xf32>) -> tensor<1x8xf32>
  %y = nn.add %p, %q : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  return %y : tensor<1x8xf32>
}
