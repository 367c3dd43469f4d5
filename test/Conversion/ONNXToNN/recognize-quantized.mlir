// Attention between QuantizeLinear and DequantizeLinear is one kernel. Each pair
// stands where its value is computed, and the probabilities have a type.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s
// RUN: atleus-opt %s --convert-onnx-to-nn --atleus-quantize \
// RUN:   | FileCheck %s --check-prefix=STORED

!x = tensor<1x3x8xf32>
// CHECK-LABEL: func.func @heads
// CHECK-SAME: %[[X:.*]]: tensor<1x3x8xf32>
// STORED-LABEL: func.func @heads
func.func @heads(%x: !x) -> !onnx.unknown {
  // CHECK: %[[Q:.*]] = nn.quantize %[[X]] {{.*}} to tensor<1x3x8x!quant.uniform<u8:f32, 5.000000e-01:7>>
  // CHECK-NEXT: %[[D:.*]] = nn.dequantize %[[Q]]
  // CHECK-NEXT: %[[Y:.*]] = nn.attention %[[D]], %[[D]], %[[D]] heads 2 kv_heads 2 scale 1.000000e+00 probabilities !quant.uniform<u8:f32, 5.000000e-01:7>
  // CHECK-NEXT: return %[[Y]]
  // STORED-NEXT: %[[Q:.*]] = nn.quantize
  // STORED-NEXT: nn.attention %[[Q]], %[[Q]], %[[Q]] {{.*}} probabilities !quant.uniform<u8:f32, 5.000000e-01:7>
  %shape = onnx.initializer "shape" dense<[1, 3, 2, 4]> : tensor<4xi64>
  %back = onnx.initializer "back" dense<[1, 3, 8]> : tensor<3xi64>
  %s = onnx.initializer "s" dense<0.5> : tensor<f32>
  %z = onnx.initializer "z" dense<7> : tensor<ui8>
  %h = onnx.node "Reshape"(%x, %shape) opset 13
      : (!x, tensor<4xi64>) -> !onnx.unknown
  %q0 = onnx.node "Transpose"(%h) opset 13
      attributes {perm = array<i64: 0, 2, 1, 3>}
      : (!onnx.unknown) -> !onnx.unknown
  %k0 = onnx.node "Transpose"(%h) opset 13
      attributes {perm = array<i64: 0, 2, 3, 1>}
      : (!onnx.unknown) -> !onnx.unknown
  %q1 = onnx.node "QuantizeLinear"(%q0, %s, %z) opset 13
      : (!onnx.unknown, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  %q2 = onnx.node "DequantizeLinear"(%q1, %s, %z) opset 13
      : (!onnx.unknown, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  %k1 = onnx.node "QuantizeLinear"(%k0, %s, %z) opset 13
      : (!onnx.unknown, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  %k2 = onnx.node "DequantizeLinear"(%k1, %s, %z) opset 13
      : (!onnx.unknown, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  %scores = onnx.node "MatMul"(%q2, %k2) opset 13
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %p0 = onnx.node "Softmax"(%scores) opset 13 : (!onnx.unknown) -> !onnx.unknown
  %p1 = onnx.node "QuantizeLinear"(%p0, %s, %z) opset 13
      : (!onnx.unknown, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  %p2 = onnx.node "DequantizeLinear"(%p1, %s, %z) opset 13
      : (!onnx.unknown, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  %c = onnx.node "MatMul"(%p2, %q2) opset 13
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %t = onnx.node "Transpose"(%c) opset 13
      attributes {perm = array<i64: 0, 2, 1, 3>}
      : (!onnx.unknown) -> !onnx.unknown
  %y = onnx.node "Reshape"(%t, %back) opset 13
      : (!onnx.unknown, tensor<3xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}
