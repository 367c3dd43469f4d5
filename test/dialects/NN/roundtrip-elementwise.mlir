// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-LABEL: func @one_operand
func.func @one_operand(%x: tensor<2x3xf32>) {
  // CHECK: nn.abs %{{.*}} : tensor<2x3xf32>
  %abs = nn.abs %x : tensor<2x3xf32>
  // CHECK: nn.neg %{{.*}} : tensor<2x3xf32>
  %neg = nn.neg %x : tensor<2x3xf32>
  // CHECK: nn.sign %{{.*}} : tensor<2x3xf32>
  %sign = nn.sign %x : tensor<2x3xf32>
  // CHECK: nn.relu %{{.*}} : tensor<2x3xf32>
  %relu = nn.relu %x : tensor<2x3xf32>
  // CHECK: nn.floor %{{.*}} : tensor<2x3xf32>
  %floor = nn.floor %x : tensor<2x3xf32>
  // CHECK: nn.ceil %{{.*}} : tensor<2x3xf32>
  %ceil = nn.ceil %x : tensor<2x3xf32>
  // CHECK: nn.round %{{.*}} : tensor<2x3xf32>
  %round = nn.round %x : tensor<2x3xf32>
  // CHECK: nn.reciprocal %{{.*}} : tensor<2x3xf32>
  %reciprocal = nn.reciprocal %x : tensor<2x3xf32>
  // CHECK: nn.sqrt %{{.*}} : tensor<2x3xf32>
  %sqrt = nn.sqrt %x : tensor<2x3xf32>
  // CHECK: nn.rsqrt %{{.*}} : tensor<2x3xf32>
  %rsqrt = nn.rsqrt %x : tensor<2x3xf32>
  // CHECK: nn.exp %{{.*}} : tensor<2x3xf32>
  %exp = nn.exp %x : tensor<2x3xf32>
  // CHECK: nn.log %{{.*}} : tensor<2x3xf32>
  %log = nn.log %x : tensor<2x3xf32>
  // CHECK: nn.erf %{{.*}} : tensor<2x3xf32>
  %erf = nn.erf %x : tensor<2x3xf32>
  // CHECK: nn.tanh %{{.*}} : tensor<2x3xf32>
  %tanh = nn.tanh %x : tensor<2x3xf32>
  // CHECK: nn.sigmoid %{{.*}} : tensor<2x3xf32>
  %sigmoid = nn.sigmoid %x : tensor<2x3xf32>
  // CHECK: nn.sin %{{.*}} : tensor<2x3xf32>
  %sin = nn.sin %x : tensor<2x3xf32>
  // CHECK: nn.cos %{{.*}} : tensor<2x3xf32>
  %cos = nn.cos %x : tensor<2x3xf32>
  // CHECK: nn.tan %{{.*}} : tensor<2x3xf32>
  %tan = nn.tan %x : tensor<2x3xf32>
  // CHECK: nn.asin %{{.*}} : tensor<2x3xf32>
  %asin = nn.asin %x : tensor<2x3xf32>
  // CHECK: nn.acos %{{.*}} : tensor<2x3xf32>
  %acos = nn.acos %x : tensor<2x3xf32>
  // CHECK: nn.atan %{{.*}} : tensor<2x3xf32>
  %atan = nn.atan %x : tensor<2x3xf32>
  // CHECK: nn.sinh %{{.*}} : tensor<2x3xf32>
  %sinh = nn.sinh %x : tensor<2x3xf32>
  // CHECK: nn.cosh %{{.*}} : tensor<2x3xf32>
  %cosh = nn.cosh %x : tensor<2x3xf32>
  // CHECK: nn.asinh %{{.*}} : tensor<2x3xf32>
  %asinh = nn.asinh %x : tensor<2x3xf32>
  // CHECK: nn.acosh %{{.*}} : tensor<2x3xf32>
  %acosh = nn.acosh %x : tensor<2x3xf32>
  // CHECK: nn.atanh %{{.*}} : tensor<2x3xf32>
  %atanh = nn.atanh %x : tensor<2x3xf32>
  // CHECK: nn.silu %{{.*}} : tensor<2x3xf32>
  %silu = nn.silu %x : tensor<2x3xf32>
  return
}

// CHECK-LABEL: func @one_operand_of_integers
func.func @one_operand_of_integers(%x: tensor<4xi64>, %c: tensor<i1>) {
  // CHECK: nn.abs %{{.*}} : tensor<4xi64>
  %abs = nn.abs %x : tensor<4xi64>
  // CHECK: nn.neg %{{.*}} : tensor<4xi64>
  %neg = nn.neg %x : tensor<4xi64>
  // CHECK: nn.sign %{{.*}} : tensor<4xi64>
  %sign = nn.sign %x : tensor<4xi64>
  // CHECK: nn.relu %{{.*}} : tensor<4xi64>
  %relu = nn.relu %x : tensor<4xi64>
  // CHECK: nn.not %{{.*}} : tensor<i1>
  %not = nn.not %c : tensor<i1>
  return
}

// CHECK-LABEL: func @gelu
func.func @gelu(%x: tensor<2x3xf32>) {
  // CHECK: nn.gelu %{{.*}} : tensor<2x3xf32>
  %0 = nn.gelu %x : tensor<2x3xf32>
  // CHECK: nn.gelu %{{.*}} approximation tanh : tensor<2x3xf32>
  %1 = nn.gelu %x approximation tanh : tensor<2x3xf32>
  // CHECK: nn.gelu %{{.*}} approximation sigmoid : tensor<2x3xf32>
  %quick = nn.gelu %x approximation sigmoid : tensor<2x3xf32>
  return
}

// CHECK-LABEL: func @clip
func.func @clip(%x: tensor<4xf32>) {
  // CHECK: nn.clip %{{.*}} {maximum = 6.000000e+00 : f64, minimum = 0.000000e+00 : f64} : tensor<4xf32>
  %0 = nn.clip %x {minimum = 0.0 : f64, maximum = 6.0 : f64} : tensor<4xf32>
  return
}

// CHECK-LABEL: func @cast
func.func @cast(%x: tensor<4xi64>) {
  // CHECK: nn.cast %{{.*}} : tensor<4xi64> to tensor<4xbf16>
  %0 = nn.cast %x : tensor<4xi64> to tensor<4xbf16>
  return
}

// CHECK-LABEL: func @two_operands
func.func @two_operands(%a: tensor<2x3xf32>, %b: tensor<3xf32>) {
  // CHECK: nn.add %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %add = nn.add %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: nn.sub %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %sub = nn.sub %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: nn.mul %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %mul = nn.mul %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: nn.div %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %div = nn.div %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: nn.mod %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %mod = nn.mod %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: nn.pow %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %pow = nn.pow %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: nn.max %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %max = nn.max %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  // CHECK: nn.min %{{.*}}, %{{.*}} : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  %min = nn.min %a, %b : (tensor<2x3xf32>, tensor<3xf32>) -> tensor<2x3xf32>
  return
}

// CHECK-LABEL: func @comparisons
func.func @comparisons(%a: tensor<2x1xi64>, %b: tensor<1x3xi64>) {
  // CHECK: nn.equal %{{.*}}, %{{.*}} : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  %equal = nn.equal %a, %b
      : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  // CHECK: nn.less %{{.*}}, %{{.*}} : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  %less = nn.less %a, %b
      : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  // CHECK: nn.less_equal %{{.*}}, %{{.*}} : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  %less_equal = nn.less_equal %a, %b
      : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  // CHECK: nn.greater %{{.*}}, %{{.*}} : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  %greater = nn.greater %a, %b
      : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  // CHECK: nn.greater_equal %{{.*}}, %{{.*}} : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  %greater_equal = nn.greater_equal %a, %b
      : (tensor<2x1xi64>, tensor<1x3xi64>) -> tensor<2x3xi1>
  return
}

// CHECK-LABEL: func @logical
func.func @logical(%a: tensor<i1>, %b: tensor<3xi1>) {
  // CHECK: nn.and %{{.*}}, %{{.*}} : (tensor<i1>, tensor<3xi1>) -> tensor<3xi1>
  %and = nn.and %a, %b : (tensor<i1>, tensor<3xi1>) -> tensor<3xi1>
  // CHECK: nn.or %{{.*}}, %{{.*}} : (tensor<i1>, tensor<3xi1>) -> tensor<3xi1>
  %or = nn.or %a, %b : (tensor<i1>, tensor<3xi1>) -> tensor<3xi1>
  // CHECK: nn.xor %{{.*}}, %{{.*}} : (tensor<i1>, tensor<3xi1>) -> tensor<3xi1>
  %xor = nn.xor %a, %b : (tensor<i1>, tensor<3xi1>) -> tensor<3xi1>
  return
}

// CHECK-LABEL: func @select
func.func @select(%c: tensor<2x1xi1>, %a: tensor<3xf32>, %b: tensor<f32>) {
  // CHECK: nn.select %{{.*}}, %{{.*}}, %{{.*}} : (tensor<2x1xi1>, tensor<3xf32>, tensor<f32>) -> tensor<2x3xf32>
  %0 = nn.select %c, %a, %b
      : (tensor<2x1xi1>, tensor<3xf32>, tensor<f32>) -> tensor<2x3xf32>
  return
}

// CHECK-LABEL: func @swiglu
func.func @swiglu(%g: tensor<2x3xf32>, %v: tensor<2x3xf32>) {
  // CHECK: nn.swiglu %{{.*}}, %{{.*}} : tensor<2x3xf32>
  %0 = nn.swiglu %g, %v : tensor<2x3xf32>
  return
}
