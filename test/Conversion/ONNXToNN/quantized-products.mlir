// Products of integers that are scaled become products of quantized operands.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @dynamic
func.func @dynamic(%x: tensor<2x4xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<4x5xi8>
  %v = onnx.initializer "v" dense<0.25> : tensor<f32>
  %b = onnx.initializer "b" dense<1.0> : tensor<5xf32>
  // CHECK-DAG: %[[Q:.*]] = nn.quantize %{{.*}} to tensor<2x4x!quant.any<u8:f32>>
  // CHECK-DAG: %[[W:.*]] = nn.storage_cast %{{.*}} : tensor<4x5xi8> to tensor<4x5x!quant.uniform<i8:f32, 2.500000e-01>>
  // CHECK: %[[Y:.*]] = nn.linear %[[Q]], %[[W]] bias
  // CHECK-NEXT: return %[[Y]]
  %q, %s, %z = onnx.node "DynamicQuantizeLinear"(%x) opset 11
      : (tensor<2x4xf32>) -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  %p = onnx.node "MatMulInteger"(%q, %w, %z) opset 10
      : (!onnx.unknown, tensor<4x5xi8>, !onnx.unknown) -> !onnx.unknown
  %f = onnx.node "Cast"(%p) opset 13 attributes {to = 1 : i64}
      : (!onnx.unknown) -> !onnx.unknown
  %m = onnx.node "Mul"(%s, %v) opset 13
      : (!onnx.unknown, tensor<f32>) -> !onnx.unknown
  %g = onnx.node "Mul"(%f, %m) opset 13
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %y = onnx.node "Add"(%g, %b) opset 13
      : (!onnx.unknown, tensor<5xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// Both operands are quantized when the model runs.
// CHECK-LABEL: func.func @dynamic_by_dynamic
func.func @dynamic_by_dynamic(%x: tensor<2x4xf32>, %y: tensor<4x3xf32>)
    -> !onnx.unknown {
  // CHECK-DAG: %[[Q:.*]] = nn.quantize %arg0
  // CHECK-DAG: %[[R:.*]] = nn.quantize %arg1
  // CHECK: %[[P:.*]] = nn.matmul %[[Q]], %[[R]]
  // CHECK-NEXT: return %[[P]]
  %q, %s, %z = onnx.node "DynamicQuantizeLinear"(%x) opset 11
      : (tensor<2x4xf32>) -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  %r, %t, %u = onnx.node "DynamicQuantizeLinear"(%y) opset 11
      : (tensor<4x3xf32>) -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  %p = onnx.node "MatMulInteger"(%q, %r, %z, %u) opset 10
      : (!onnx.unknown, !onnx.unknown, !onnx.unknown, !onnx.unknown)
      -> !onnx.unknown
  %f = onnx.node "Cast"(%p) opset 13 attributes {to = 1 : i64}
      : (!onnx.unknown) -> !onnx.unknown
  %m = onnx.node "Mul"(%s, %t) opset 13
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  %g = onnx.node "Mul"(%f, %m) opset 13
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  return %g : !onnx.unknown
}

// A scale of another value is no scale of this one.
// CHECK-LABEL: func.func @scale_of_another_value
func.func @scale_of_another_value(%x: tensor<2x4xf32>, %o: tensor<2x4xf32>)
    -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<4x5xi8>
  // CHECK: nn.integer_matmul
  %q, %s, %z = onnx.node "DynamicQuantizeLinear"(%x) opset 11
      : (tensor<2x4xf32>) -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  %r, %t, %u = onnx.node "DynamicQuantizeLinear"(%o) opset 11
      : (tensor<2x4xf32>) -> (!onnx.unknown, !onnx.unknown, !onnx.unknown)
  %p = onnx.node "MatMulInteger"(%q, %w, %z) opset 10
      : (!onnx.unknown, tensor<4x5xi8>, !onnx.unknown) -> !onnx.unknown
  %f = onnx.node "Cast"(%p) opset 13 attributes {to = 1 : i64}
      : (!onnx.unknown) -> !onnx.unknown
  %g = onnx.node "Mul"(%f, %t) opset 13
      : (!onnx.unknown, !onnx.unknown) -> !onnx.unknown
  return %g : !onnx.unknown
}

// CHECK-LABEL: func.func @constant_scales
func.func @constant_scales(%x: tensor<2x4xui8>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<4x2xui8>
  %z = onnx.initializer "z" dense<7> : tensor<ui8>
  %u = onnx.initializer "u" dense<[1, 2]> : tensor<2xui8>
  %v = onnx.initializer "v" dense<[0.25, 0.5]> : tensor<2xf32>
  // CHECK-DAG: %[[X:.*]] = nn.storage_cast %{{.*}} : tensor<2x4xui8> to tensor<2x4x!quant.uniform<u8:f32, 1.000000e+00:7>>
  // CHECK-DAG: %[[W:.*]] = nn.storage_cast %{{.*}} : tensor<4x2xui8> to tensor<4x2x!{{.*}}>
  // CHECK: %[[Y:.*]] = nn.linear %[[X]], %[[W]]
  // CHECK-NEXT: return %[[Y]]
  %p = onnx.node "MatMulInteger"(%x, %w, %z, %u) opset 10
      : (tensor<2x4xui8>, tensor<4x2xui8>, tensor<ui8>, tensor<2xui8>)
      -> !onnx.unknown
  %f = onnx.node "Cast"(%p) opset 13 attributes {to = 1 : i64}
      : (!onnx.unknown) -> !onnx.unknown
  %g = onnx.node "Mul"(%f, %v) opset 13
      : (!onnx.unknown, tensor<2xf32>) -> !onnx.unknown
  return %g : !onnx.unknown
}

// CHECK-LABEL: func.func @sums
func.func @sums(%x: tensor<4xui8>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<1x4x2xui8>
  // CHECK: %[[P:.*]] = nn.integer_matmul
  // CHECK-SAME: -> tensor<1x2xi32>
  // CHECK: nn.reshape %[[P]] : tensor<1x2xi32> to tensor<2xi32>
  %p = onnx.node "MatMulInteger"(%x, %w) opset 10
      : (tensor<4xui8>, tensor<1x4x2xui8>) -> !onnx.unknown
  return %p : !onnx.unknown
}

// CHECK-LABEL: func.func @qlinear_matmul
func.func @qlinear_matmul(%a: tensor<2x4xui8>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<3> : tensor<4x2xui8>
  %s = onnx.initializer "s" dense<0.5> : tensor<f32>
  %z = onnx.initializer "z" dense<7> : tensor<ui8>
  // CHECK: %[[P:.*]] = nn.linear
  // CHECK: %[[Q:.*]] = nn.quantize %[[P]] {{.*}} to tensor<2x2x!quant.uniform<u8:f32, 5.000000e-01:7>>
  // CHECK: nn.storage_cast %[[Q]] {{.*}} to tensor<2x2xui8>
  %y = onnx.node "QLinearMatMul"(%a, %s, %z, %w, %s, %z, %s, %z) opset 10
      : (tensor<2x4xui8>, tensor<f32>, tensor<ui8>, tensor<4x2xui8>,
         tensor<f32>, tensor<ui8>, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// The last block of 2 has one weight for each feature: the input gets a zero.
// CHECK-LABEL: func.func @weights_of_four_bits
func.func @weights_of_four_bits(%a: tensor<2x3xf32>) -> !onnx.unknown {
  %w = onnx.initializer "w" dense<[[[33], [4]]]> : tensor<1x2x1xui8>
  %s = onnx.initializer "s" dense<[0.5, 0.25]> : tensor<2xf32>
  // CHECK-DAG: %[[W:.*]] = nn.constant {{.*}}dense<{{.}}[1, 2, 4, 0]{{.}}> : tensor<1x4xui4>
  // CHECK-DAG: %[[Q:.*]] = nn.storage_cast %[[W]]
  // CHECK-DAG: %[[D:.*]] = nn.dequantize %[[Q]]
  // CHECK-DAG: %[[A:.*]] = nn.pad %{{.*}} low [0, 0] high [0, 1]
  // CHECK: nn.linear %[[A]], %[[D]] {{.*}}transposed
  %y = onnx.node "MatMulNBits"(%a, %w, %s) domain "com.microsoft" opset 1
      attributes {K = 3 : i64, N = 1 : i64, bits = 4 : i64, block_size = 2 : i64}
      : (tensor<2x3xf32>, tensor<1x2x1xui8>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}
