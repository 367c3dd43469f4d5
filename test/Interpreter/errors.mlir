// RUN: not atleus-test-evaluate %s 2>&1 | FileCheck %s
// Errors that depend on values, so that they show only when an op runs.

// CHECK: error: 'nn.gather' op index 5 is out of range for dimension 0 of size 3
func.func @gather() -> tensor<1xf32> {
  %x = nn.constant dense<0.0> : tensor<3xf32>
  %i = nn.constant dense<5> : tensor<1xi64>
  %y = nn.gather %x, %i axis 0 : (tensor<3xf32>, tensor<1xi64>) -> tensor<1xf32>
  return %y : tensor<1xf32>
}

// CHECK: error: 'nn.embedding' op index -4 is out of range for dimension 0 of size 3
func.func @embedding() -> tensor<1x2xf32> {
  %x = nn.constant dense<0.0> : tensor<3x2xf32>
  %i = nn.constant dense<-4> : tensor<1xi64>
  %y = nn.embedding %x, %i
      : (tensor<3x2xf32>, tensor<1xi64>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK: error: 'nn.gather_elements' op index 3 is out of range for dimension 1 of size 3
func.func @gather_elements() -> tensor<1x1xf32> {
  %x = nn.constant dense<0.0> : tensor<1x3xf32>
  %i = nn.constant dense<3> : tensor<1x1xi64>
  %y = nn.gather_elements %x, %i axis 1
      : (tensor<1x3xf32>, tensor<1x1xi64>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// CHECK: error: 'nn.gather_nd' op index -4 is out of range for dimension 1 of size 3
func.func @gather_nd() -> tensor<2xf32> {
  %x = nn.constant dense<0.0> : tensor<2x3xf32>
  %i = nn.constant dense<-4> : tensor<2x1xi64>
  %y = nn.gather_nd %x, %i batch_dims 1
      : (tensor<2x3xf32>, tensor<2x1xi64>) -> tensor<2xf32>
  return %y : tensor<2xf32>
}

// CHECK: error: 'nn.scatter_elements' op index 7 is out of range for dimension 0 of size 3
func.func @scatter_elements() -> tensor<3xf32> {
  %x = nn.constant dense<0.0> : tensor<3xf32>
  %i = nn.constant dense<7> : tensor<1xi64>
  %u = nn.constant dense<1.0> : tensor<1xf32>
  %y = nn.scatter_elements %x, %i, %u axis 0 add
      : (tensor<3xf32>, tensor<1xi64>, tensor<1xf32>) -> tensor<3xf32>
  return %y : tensor<3xf32>
}

// CHECK: error: 'nn.scatter_nd' op index 3 is out of range for dimension 1 of size 3
func.func @scatter_nd() -> tensor<2x3xf32> {
  %x = nn.constant dense<0.0> : tensor<2x3xf32>
  %i = nn.constant dense<[[1, 3]]> : tensor<1x2xi64>
  %u = nn.constant dense<1.0> : tensor<1xf32>
  %y = nn.scatter_nd %x, %i, %u replace
      : (tensor<2x3xf32>, tensor<1x2xi64>, tensor<1xf32>) -> tensor<2x3xf32>
  return %y : tensor<2x3xf32>
}

// CHECK: error: 'nn.div' op integer division by zero
func.func @div() -> tensor<1xi64> {
  %x = nn.constant dense<1> : tensor<1xi64>
  %z = nn.constant dense<0> : tensor<1xi64>
  %y = nn.div %x, %z : (tensor<1xi64>, tensor<1xi64>) -> tensor<1xi64>
  return %y : tensor<1xi64>
}

// CHECK: error: 'nn.quantize' op value to quantize holds NaN or infinity, so it has no scale
func.func @quantize() -> tensor<1x!quant.any<i8:f32>> {
  %x = nn.constant dense<0x7FC00000> : tensor<1xf32>
  %y = nn.quantize %x : tensor<1xf32> to tensor<1x!quant.any<i8:f32>>
  return %y : tensor<1x!quant.any<i8:f32>>
}

// CHECK: error: 'nn.arg_max' op maximum of no elements
func.func @arg_max() -> tensor<2xi64> {
  %x = nn.constant dense<> : tensor<2x0xf32>
  %y = nn.arg_max %x axis 1 : tensor<2x0xf32> -> tensor<2xi64>
  return %y : tensor<2xi64>
}

// CHECK: error: 'nn.linear' op left operand of a product has 2 scales along the dimension that is summed over
func.func @linear() -> tensor<1x1xf32> {
  %x = nn.constant dense<1.0> : tensor<1x2xf32>
  %w = nn.constant dense<1.0> : tensor<2x1xf32>
  %xq = nn.quantize %x : tensor<1x2xf32>
      to tensor<1x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
  %wq = nn.quantize %w
      : tensor<2x1xf32> to tensor<2x1x!quant.uniform<i8:f32, 0.5>>
  %y = nn.linear %xq, %wq
      : (tensor<1x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>,
         tensor<2x1x!quant.uniform<i8:f32, 0.5>>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// CHECK: error: 'nn.matmul' op left operand of a product has 2 scales along the dimension that is summed over
func.func @turned() -> tensor<2x1xf32> {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %w = nn.constant dense<1.0> : tensor<2x1xf32>
  %xq = nn.quantize %x scales<vector>
      : tensor<2x2xf32> to tensor<2x2x!quant.any<i8:f32>>
  %wq = nn.quantize %w : tensor<2x1xf32> to tensor<2x1x!quant.any<i8:f32>>
  %t = nn.transpose %xq [1, 0] : tensor<2x2x!quant.any<i8:f32>>
      -> tensor<2x2x!quant.any<i8:f32>>
  %y = nn.matmul %t, %wq : (tensor<2x2x!quant.any<i8:f32>>,
      tensor<2x1x!quant.any<i8:f32>>) -> tensor<2x1xf32>
  return %y : tensor<2x1xf32>
}

// CHECK: error: 'nn.scale' op quantized value has 2 scales, not one
func.func @scale_of_vectors() -> tensor<f32> {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %q = nn.quantize %x scales<vector>
      : tensor<2x2xf32> to tensor<2x2x!quant.any<i8:f32>>
  %s = nn.scale %q : tensor<2x2x!quant.any<i8:f32>> -> tensor<f32>
  return %s : tensor<f32>
}

// CHECK: error: 'nn.gather_nd' op elements to look up must have one scale, found 2
func.func @gather_nd_of_vectors() -> tensor<1x!quant.any<i8:f32>> {
  %x = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %i = nn.constant dense<[[0, 1]]> : tensor<1x2xi64>
  %q = nn.quantize %x scales<vector>
      : tensor<2x2xf32> to tensor<2x2x!quant.any<i8:f32>>
  %y = nn.gather_nd %q, %i batch_dims 0
      : (tensor<2x2x!quant.any<i8:f32>>, tensor<1x2xi64>)
      -> tensor<1x!quant.any<i8:f32>>
  return %y : tensor<1x!quant.any<i8:f32>>
}

// CHECK: error: 'nn.patches' op image to cut into patches must have one scale, found 2
func.func @patches_of_vectors() -> tensor<1x2x1x!quant.any<i8:f32>> {
  %x = nn.constant dense<[[[[1.0], [2.0]]]]> : tensor<1x1x2x1xf32>
  %q = nn.quantize %x scales<vector>
      : tensor<1x1x2x1xf32> to tensor<1x1x2x1x!quant.any<i8:f32>>
  %y = nn.patches %q kernel [1, 1] strides [1, 1] pads [0, 0, 0, 0]
      dilations [1, 1] : tensor<1x1x2x1x!quant.any<i8:f32>>
      -> tensor<1x2x1x!quant.any<i8:f32>>
  return %y : tensor<1x2x1x!quant.any<i8:f32>>
}

// CHECK: error: 'nn.constant' op weights 'elided' were elided, this file cannot be executed
func.func @elided() -> tensor<1xf32> {
  %x = nn.constant dense_resource<elided> : tensor<1xf32>
  return %x : tensor<1xf32>
}

// CHECK: error: 'nn.sparse_constant' op index of a sparse weight was elided
func.func @elided_index() -> tensor<2x4xf32> {
  %x = nn.sparse_constant <group = 4, kept = 2, group_dimension = 1>
      values dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32>
      index dense_resource<elided> : tensor<1xi8> : tensor<2x4xf32>
  return %x : tensor<2x4xf32>
}

#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped>

// CHECK: error: 'pim.program' op weights in crossbars must be integers of up to 8 bits
func.func @wide_weights() -> tensor<1x1xf32> {
  %w = nn.constant dense<0.5> : tensor<2x1xf32>
  %q = nn.quantize %w : tensor<2x1xf32> to tensor<2x1x!quant.uniform<i16:f32, 0.5>>
  %x = nn.constant dense<0.5> : tensor<1x2xf32>
  %p = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i8:f32, 0.5>>
  %a = pim.program %q on @reram features [0, 1] : tensor<2x1x!quant.uniform<i16:f32, 0.5>>
      -> !pim.array<tensor<2x1x!quant.uniform<i16:f32, 0.5>>, #crossbar>
  %y = pim.mvm %a, %p on @reram task_tile [1, 1]
      : (!pim.array<tensor<2x1x!quant.uniform<i16:f32, 0.5>>, #crossbar>,
         tensor<1x2x!quant.uniform<i8:f32, 0.5>>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// CHECK: error: 'pim.mvm' op inputs of crossbars must be integers of up to 16 bits
func.func @wide_inputs() -> tensor<1x1xf32> {
  %w = nn.constant dense<0.5> : tensor<2x1xf32>
  %q = nn.quantize %w : tensor<2x1xf32> to tensor<2x1x!quant.uniform<i8:f32, 0.5>>
  %x = nn.constant dense<0.5> : tensor<1x2xf32>
  %p = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!quant.uniform<i32:f32, 0.5>>
  %a = pim.program %q on @reram features [0, 1] : tensor<2x1x!quant.uniform<i8:f32, 0.5>>
      -> !pim.array<tensor<2x1x!quant.uniform<i8:f32, 0.5>>, #crossbar>
  %y = pim.mvm %a, %p on @reram task_tile [1, 1]
      : (!pim.array<tensor<2x1x!quant.uniform<i8:f32, 0.5>>, #crossbar>,
         tensor<1x2x!quant.uniform<i32:f32, 0.5>>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// Scales of codes belong to places, which a transpose changes.
// CHECK: error: 'nn.dequantize' op codes have lost the scales of their blocks
func.func @moved_codes() -> tensor<2x2xf32> {
  %x = nn.constant dense<[[2.0, 1.0], [0.0, 1.0]]> : tensor<2x2xf32>
  %q = nn.quantize %x : tensor<2x2xf32> to tensor<2x2x!nn.codebook<nf4 : f32, block = 2>>
  %t = nn.transpose %q [1, 0] : tensor<2x2x!nn.codebook<nf4 : f32, block = 2>>
      -> tensor<2x2x!nn.codebook<nf4 : f32, block = 2>>
  %y = nn.dequantize %t : tensor<2x2x!nn.codebook<nf4 : f32, block = 2>> to tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

// CHECK: error: 'nn.quantize' op value to quantize holds NaN or infinity, so it has no scale
func.func @codes_of_infinity() -> tensor<1x!nn.codebook<nf4 : f32, block = 2>> {
  %x = nn.constant dense<[0xFF800000]> : tensor<1xf32>
  %q = nn.quantize %x : tensor<1xf32> to tensor<1x!nn.codebook<nf4 : f32, block = 2>>
  return %q : tensor<1x!nn.codebook<nf4 : f32, block = 2>>
}

!x = !quant.uniform<i8:f32, 1.0>
!cells = !pim.array<tensor<1x1x!x>, #pim.crossbar<rows = 4, columns = 4,
    cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 4,
    encoding = flipped>>

// CHECK: error: 'pim.mvm' op sum of 2147483649 does not fit in 32 bits
func.func @sums() -> tensor<1x1xi32> {
  %x = nn.constant dense<2.0> : tensor<1x1xf32>
  %q = nn.quantize %x : tensor<1x1xf32> to tensor<1x1x!x>
  %s = nn.constant dense<2147483645> : tensor<1x1xi32>
  %a = pim.program %q on @reram0 features [0, 1] : tensor<1x1x!x> -> !cells
  %y = pim.mvm %a, %q sums %s on @reram0 task_tile [1, 1]
      : (!cells, tensor<1x1x!x>, tensor<1x1xi32>) -> tensor<1x1xi32>
  return %y : tensor<1x1xi32>
}
