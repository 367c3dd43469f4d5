// Scales and zero points become types; where they cannot, arithmetic.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-DAG: ![[AXIS:.*]] = !quant.uniform<i8:f32:0, {5.000000e-01,2.500000e-01}>
// Zero points of blocks are printed as signed numbers of their width: 8 is -8.
// CHECK-DAG: ![[BLOCKS:.*]] = !quant.uniform<u4:f32:{0:2, 1:1}, {{.*}}5.000000e-01:-8{{.*}}2.500000e-01:7

// What stands between two casts of one value is gone.
// CHECK-LABEL: func.func @quantize_and_dequantize
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>
func.func @quantize_and_dequantize(%x: tensor<2x3xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<0.5> : tensor<f32>
  %z = onnx.initializer "z" dense<128> : tensor<ui8>
  // CHECK-NEXT: %[[Q:.*]] = nn.quantize %[[X]] {{.*}}: tensor<2x3xf32> to tensor<2x3x!quant.uniform<u8:f32, 5.000000e-01:128>>
  // CHECK-NEXT: %[[Y:.*]] = nn.dequantize %[[Q]]
  // CHECK-NEXT: return %[[Y]]
  %q = onnx.node "QuantizeLinear"(%x, %s, %z) opset 10
      : (tensor<2x3xf32>, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  %y = onnx.node "DequantizeLinear"(%q, %s, %z) opset 10
      : (!onnx.unknown, tensor<f32>, tensor<ui8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// Views of the integers are views of what they mean.
// CHECK-LABEL: func.func @view_between
func.func @view_between(%x: tensor<2x3xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<0.5> : tensor<f32>
  // CHECK: %[[Q:.*]] = nn.quantize
  // CHECK-NEXT: %[[D:.*]] = nn.dequantize %[[Q]]
  // CHECK-NEXT: nn.transpose %[[D]] [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  %q = onnx.node "QuantizeLinear"(%x, %s) opset 13
      : (tensor<2x3xf32>, tensor<f32>) -> !onnx.unknown
  %t = onnx.node "Transpose"(%q) opset 13 : (!onnx.unknown) -> !onnx.unknown
  %y = onnx.node "DequantizeLinear"(%t, %s) opset 13
      : (!onnx.unknown, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @scale_of_each_row
func.func @scale_of_each_row(%x: tensor<2x3xi8>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[0.5, 0.25]> : tensor<2xf32>
  // CHECK: %[[Q:.*]] = nn.storage_cast %{{.*}} : tensor<2x3xi8> to tensor<2x3x![[AXIS]]>
  // CHECK: nn.dequantize %[[Q]]
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 13 attributes {axis = -2 : i64}
      : (tensor<2x3xi8>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @scale_of_each_block
func.func @scale_of_each_block(%x: tensor<2x2xui4>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[[0.5, 0.25]]> : tensor<1x2xf32>
  %z = onnx.initializer "z" dense<[[8, 7]]> : tensor<1x2xui4>
  // CHECK: nn.storage_cast %{{.*}} : tensor<2x2xui4> to tensor<2x2x![[BLOCKS]]>
  %y = onnx.node "DequantizeLinear"(%x, %s, %z) opset 21
      attributes {axis = 0 : i64, block_size = 2 : i64}
      : (tensor<2x2xui4>, tensor<1x2xf32>, tensor<1x2xui4>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// The last block is shorter: no type says that.
// CHECK-LABEL: func.func @blocks_that_do_not_divide
func.func @blocks_that_do_not_divide(%x: tensor<3x2xi8>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[[0.5, 0.25], [1.0, 2.0]]> : tensor<2x2xf32>
  // CHECK: %[[F:.*]] = nn.cast %{{.*}} : tensor<3x2xi8> to tensor<3x2xf32>
  // CHECK: nn.mul %[[F]], %{{.*}} : (tensor<3x2xf32>, tensor<3x2xf32>)
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 21
      attributes {axis = 0 : i64, block_size = 2 : i64}
      : (tensor<3x2xi8>, tensor<2x2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @negative_scale
func.func @negative_scale(%x: tensor<2x2xi8>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<-0.5> : tensor<f32>
  // CHECK: nn.cast
  // CHECK: nn.mul
  %y = onnx.node "DequantizeLinear"(%x, %s) opset 13
      : (tensor<2x2xi8>, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @scale_of_the_model
func.func @scale_of_the_model(%x: tensor<2xf32>, %s: tensor<f32>,
                              %z: tensor<i8>) -> !onnx.unknown {
  // CHECK: %[[D:.*]] = nn.div %arg0, %arg1
  // CHECK: %[[R:.*]] = nn.round %[[D]]
  // CHECK: %[[Z:.*]] = nn.cast %arg2
  // CHECK: %[[A:.*]] = nn.add %[[R]], %[[Z]]
  // CHECK: %[[C:.*]] = nn.clip %[[A]] {maximum = 1.270000e+02 : f64, minimum = -1.280000e+02 : f64
  // CHECK: nn.cast %[[C]] {{.*}}: tensor<2xf32> to tensor<2xi8>
  %y = onnx.node "QuantizeLinear"(%x, %s, %z) opset 13
      : (tensor<2xf32>, tensor<f32>, tensor<i8>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// A bias is computed when compiling.
// CHECK-LABEL: func.func @bias
func.func @bias() -> !onnx.unknown {
  %b = onnx.initializer "b" dense<[2, -4]> : tensor<2xi32>
  %s = onnx.initializer "s" dense<[0.5, 0.25]> : tensor<2xf32>
  // CHECK: nn.constant {{.*}}dense<[1.000000e+00, -1.000000e+00]> : tensor<2xf32>
  %y = onnx.node "DequantizeLinear"(%b, %s) opset 13 attributes {axis = 0 : i64}
      : (tensor<2xi32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @output_types
func.func @output_types(%x: tensor<2xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<0.5> : tensor<f32>
  // CHECK: nn.quantize {{.*}} to tensor<2x!quant.uniform<i4:f32, 5.000000e-01>>
  // CHECK: nn.dequantize {{.*}} to tensor<2xf16>
  %q = onnx.node "QuantizeLinear"(%x, %s) opset 21
      attributes {output_dtype = 22 : i64}
      : (tensor<2xf32>, tensor<f32>) -> !onnx.unknown
  %y = onnx.node "DequantizeLinear"(%q, %s) opset 23
      attributes {output_dtype = 10 : i64}
      : (!onnx.unknown, tensor<f32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// Rows are looked up as integers.
// CHECK-LABEL: func.func @table
func.func @table(%i: tensor<3xi64>) -> !onnx.unknown {
  %t = onnx.initializer "t" dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>
  %s = onnx.initializer "s" dense<0.5> : tensor<f32>
  // CHECK: %[[R:.*]] = nn.embedding
  // CHECK-SAME: -> tensor<3x2x!quant.uniform<i8:f32, 5.000000e-01>>
  // CHECK: nn.dequantize %[[R]]
  %f = onnx.node "DequantizeLinear"(%t, %s) opset 13
      : (tensor<2x2xi8>, tensor<f32>) -> !onnx.unknown
  %y = onnx.node "Gather"(%f, %i) opset 13
      : (!onnx.unknown, tensor<3xi64>) -> !onnx.unknown
  return %y : !onnx.unknown
}
