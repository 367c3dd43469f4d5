// Constants of a quantized type stay ops: no attribute holds their type.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

!q = !quant.uniform<i8:f32, 0.5>

// CHECK-LABEL: func.func @main
func.func @main() -> tensor<4x!q> {
  // CHECK: nn.constant
  %x = nn.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
  // CHECK: nn.quantize
  %y = nn.quantize %x : tensor<4xf32> to tensor<4x!q>
  return %y : tensor<4x!q>
}
