// RUN: atleus-test-evaluate %s | FileCheck %s
// What stored integers mean, and products of them; values worked out by hand.

!dynamic = !quant.any<u8:f32>

// (2 - -1) / 255 is the scale, -1 is stored as 0.
// CHECK: @asymmetric: [0, 255, 217, 85]
// CHECK: @asymmetric: [0.011765] : tensor<f32>
// CHECK: @asymmetric: [85] : tensor<ui8>
func.func @asymmetric() -> (tensor<4x!dynamic>, tensor<f32>, tensor<ui8>) {
  %x = nn.constant dense<[-1.0, 2.0, 1.55, 0.0]> : tensor<4xf32>
  %q = nn.quantize %x : tensor<4xf32> to tensor<4x!dynamic>
  %s = nn.scale %q : tensor<4x!dynamic> -> tensor<f32>
  %z = nn.zero_point %q : tensor<4x!dynamic> -> tensor<ui8>
  return %q, %s, %z : tensor<4x!dynamic>, tensor<f32>, tensor<ui8>
}

// The range holds zero, and nothing else has the scale 1.
// CHECK: @asymmetric_positive: [128, 255]
// CHECK: @asymmetric_positive: [0, 0]
func.func @asymmetric_positive() -> (tensor<2x!dynamic>, tensor<2x!dynamic>) {
  %x = nn.constant dense<[1.28, 2.55]> : tensor<2xf32>
  %q = nn.quantize %x : tensor<2xf32> to tensor<2x!dynamic>
  %y = nn.constant dense<0.0> : tensor<2xf32>
  %r = nn.quantize %y : tensor<2xf32> to tensor<2x!dynamic>
  return %q, %r : tensor<2x!dynamic>, tensor<2x!dynamic>
}

// Views and products keep the scale and the zero point: 1 and 0.2 by 2.
// CHECK: @asymmetric_linear: [2, 0.4] : tensor<2x1xf32>
func.func @asymmetric_linear() -> tensor<2x1xf32> {
  %x = nn.constant dense<[[1.0, 0.2]]> : tensor<1x2xf32>
  %q = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!dynamic>
  %t = nn.transpose %q [1, 0] : tensor<1x2x!dynamic> -> tensor<2x1x!dynamic>
  %w = nn.constant dense<7> : tensor<1x1xi8>
  %v = nn.storage_cast %w
      : tensor<1x1xi8> to tensor<1x1x!quant.uniform<i8:f32, 0.5:3>>
  %y = nn.linear %t, %v
      : (tensor<2x1x!dynamic>, tensor<1x1x!quant.uniform<i8:f32, 0.5:3>>)
      -> tensor<2x1xf32>
  return %y : tensor<2x1xf32>
}

// CHECK: @storage_cast: [-4, 3.5] : tensor<2xf32>
func.func @storage_cast() -> tensor<2xf32> {
  %x = nn.constant dense<[0, 15]> : tensor<2xui4>
  %q = nn.storage_cast %x
      : tensor<2xui4> to tensor<2x!quant.uniform<u4:f32, 0.5:8>>
  %y = nn.dequantize %q
      : tensor<2x!quant.uniform<u4:f32, 0.5:8>> to tensor<2xf32>
  return %y : tensor<2xf32>
}

// Zero points of unsigned blocks are unsigned.
// CHECK: @unsigned_blocks: [0, 2, 1, 0] : tensor<2x2xf32>
func.func @unsigned_blocks() -> tensor<2x2xf32> {
  %x = nn.constant dense<[[200, 4], [201, 3]]> : tensor<2x2xui8>
  %q = nn.storage_cast %x : tensor<2x2xui8>
      to tensor<2x2x!quant.uniform<u8:f32:{0:2, 1:1}, {{1.0:200, 2.0:3}}>>
  %y = nn.dequantize %q
      : tensor<2x2x!quant.uniform<u8:f32:{0:2, 1:1}, {{1.0:200, 2.0:3}}>>
      to tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// The bits of 9, as they are printed.
// CHECK: @unsigned_blocks_of_four_bits: [0, 2, -1, 0] : tensor<2x2xf32>
func.func @unsigned_blocks_of_four_bits() -> tensor<2x2xf32> {
  %x = nn.constant dense<[[9, 4], [8, 3]]> : tensor<2x2xui4>
  %q = nn.storage_cast %x : tensor<2x2xui4>
      to tensor<2x2x!quant.uniform<u4:f32:{0:2, 1:1}, {{1.0:-7, 2.0:3}}>>
  %y = nn.dequantize %q
      : tensor<2x2x!quant.uniform<u4:f32:{0:2, 1:1}, {{1.0:-7, 2.0:3}}>>
      to tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// Four bits, two in a byte: 1, 2, -8, 7, -1, in the low bits first.
// CHECK: @packed: [1, 2, -8, 7, -1] : tensor<5xi4>
func.func @packed() -> tensor<5xi4> {
  %x = nn.constant dense_resource<nibbles> : tensor<5xi4>
  return %x : tensor<5xi4>
}

// [[1, 2]] less 1 by [[3], [4]] less 3 and 5.
// CHECK: @integer_matmul: [-1, 3] : tensor<1x2xi32>
func.func @integer_matmul() -> tensor<1x2xi32> {
  %a = nn.constant dense<[[1, 2]]> : tensor<1x2xui8>
  %z = nn.constant dense<1> : tensor<ui8>
  %b = nn.constant dense<[[3, -4], [4, 2]]> : tensor<2x2xi8>
  %c = nn.constant dense<[5, -1]> : tensor<2xi8>
  %y = nn.integer_matmul %a zero_point %z, %b zero_point %c
      : (tensor<1x2xui8>, tensor<2x2xi8>, tensor<ui8>, tensor<2xi8>)
      -> tensor<1x2xi32>
  return %y : tensor<1x2xi32>
}

{-#
  dialect_resources: {
    builtin: {
      nibbles: "0x0100000021780F"
    }
  }
#-}
