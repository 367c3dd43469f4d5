// GELU and SiLU that the exporter took apart.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file | FileCheck %s

// As torch writes it: x / sqrt 2, then (x * (1 + erf)) * 0.5.
// CHECK-LABEL: func.func @erf_by_quotient
func.func @erf_by_quotient(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.gelu %{{.*}} {nn.name = "gelu"}
  // CHECK-NEXT: return
  %root = nn.constant dense<1.41421354> : tensor<f32>
  %one = nn.constant dense<1.0> : tensor<f32>
  %half = nn.constant dense<0.5> : tensor<f32>
  %a = nn.div %x, %root : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.erf %a : tensor<4xf32>
  %c = nn.add %b, %one : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %d = nn.mul %x, %c : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %e = nn.mul %d, %half : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %e : tensor<4xf32>
}

// -----

// (x * 0.5) * (1 + erf(x * 0.7071...))
// CHECK-LABEL: func.func @erf_by_product
func.func @erf_by_product(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.gelu
  // CHECK-NEXT: return
  %root = nn.constant dense<0.707106769> : tensor<f32>
  %one = nn.constant dense<1.0> : tensor<f32>
  %half = nn.constant dense<0.5> : tensor<f32>
  %a = nn.mul %root, %x : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  %b = nn.erf %a : tensor<4xf32>
  %c = nn.add %one, %b : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  %d = nn.mul %half, %x : (tensor<f32>, tensor<4xf32>) -> tensor<4xf32>
  %e = nn.mul %c, %d : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %e : tensor<4xf32>
}

// -----

// x * (0.5 * (1 + erf))
// CHECK-LABEL: func.func @erf_gate_first
func.func @erf_gate_first(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.gelu
  // CHECK-NEXT: return
  %root = nn.constant dense<1.41421354> : tensor<f32>
  %one = nn.constant dense<1.0> : tensor<f32>
  %two = nn.constant dense<2.0> : tensor<f32>
  %a = nn.div %x, %root : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.erf %a : tensor<4xf32>
  %c = nn.add %b, %one : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %d = nn.div %c, %two : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %e = nn.mul %x, %d : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %e : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @tanh
func.func @tanh(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.gelu %{{.*}} approximation tanh {nn.name = "gelu"}
  // CHECK-NEXT: return
  %three = nn.constant dense<3.0> : tensor<f32>
  %cubic = nn.constant dense<0.044715> : tensor<f32>
  %root = nn.constant dense<0.797884583> : tensor<f32>
  %one = nn.constant dense<1.0> : tensor<f32>
  %half = nn.constant dense<0.5> : tensor<f32>
  %a = nn.pow %x, %three : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.mul %a, %cubic : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %c = nn.add %x, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %d = nn.mul %c, %root : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %e = nn.tanh %d : tensor<4xf32>
  %f = nn.add %e, %one : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %g = nn.mul %x, %half : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %h = nn.mul %g, %f : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %h : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @silu
func.func @silu(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.silu
  // CHECK-NEXT: return
  %a = nn.sigmoid %x : tensor<4xf32>
  %b = nn.mul %a, %x : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %b : tensor<4xf32>
}

// -----

// The gate is of another value.
// CHECK-LABEL: func.func @other_gate
// CHECK-NOT: nn.silu
// CHECK: nn.sigmoid
func.func @other_gate(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  %a = nn.sigmoid %x : tensor<4xf32>
  %b = nn.mul %a, %y : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %b : tensor<4xf32>
}

// -----

// A third instead of a half.
// CHECK-LABEL: func.func @other_factor
// CHECK-NOT: nn.gelu
// CHECK: nn.erf
func.func @other_factor(%x: tensor<4xf32>) -> tensor<4xf32> {
  %root = nn.constant dense<1.41421354> : tensor<f32>
  %one = nn.constant dense<1.0> : tensor<f32>
  %third = nn.constant dense<0.3333> : tensor<f32>
  %a = nn.div %x, %root : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.erf %a : tensor<4xf32>
  %c = nn.add %b, %one : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %d = nn.mul %x, %c : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %e = nn.mul %d, %third : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %e : tensor<4xf32>
}

// -----

// The error function has another use: it would be computed twice.
// CHECK-LABEL: func.func @other_use
// CHECK-NOT: nn.gelu
// CHECK: nn.erf
func.func @other_use(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %root = nn.constant dense<1.41421354> : tensor<f32>
  %one = nn.constant dense<1.0> : tensor<f32>
  %half = nn.constant dense<0.5> : tensor<f32>
  %a = nn.div %x, %root : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.erf %a : tensor<4xf32>
  %c = nn.add %b, %one : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %d = nn.mul %x, %c : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %e = nn.mul %d, %half : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %e, %b : tensor<4xf32>, tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @quick_gelu
func.func @quick_gelu(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.gelu %{{.*}} approximation sigmoid {nn.name = "gelu"}
  // CHECK-NEXT: return
  %f = nn.constant dense<1.702> : tensor<f32>
  %a = nn.mul %x, %f : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.sigmoid %a : tensor<4xf32>
  %c = nn.mul %x, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %c : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @another_slope
func.func @another_slope(%x: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NOT: nn.gelu
  %f = nn.constant dense<1.7> : tensor<f32>
  %a = nn.mul %x, %f : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  %b = nn.sigmoid %a : tensor<4xf32>
  %c = nn.mul %x, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %c : tensor<4xf32>
}

// -----

// CHECK-LABEL: func.func @swiglu
func.func @swiglu(%g: tensor<4xf32>, %v: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK-NEXT: nn.swiglu %{{.*}}, %{{.*}} {nn.name = "swiglu"}
  // CHECK-NEXT: return
  %a = nn.sigmoid %g : tensor<4xf32>
  %b = nn.mul %g, %a : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  %c = nn.mul %v, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %c : tensor<4xf32>
}

// -----

// The activation is needed by itself as well.
// CHECK-LABEL: func.func @silu_used_twice
func.func @silu_used_twice(%g: tensor<4xf32>, %v: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: nn.silu
  // CHECK: nn.mul
  %b = nn.silu %g : tensor<4xf32>
  %c = nn.mul %v, %b : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  return %b, %c : tensor<4xf32>, tensor<4xf32>
}
