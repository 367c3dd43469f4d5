// RUN: atleus-test-evaluate %s | FileCheck %s
// What the kernels of the tiers and of the host compute, by hand.

!x = !quant.uniform<i8:f32, 0.5>
!w = !quant.uniform<i8:f32:1, {0.5, 0.25}>
!columns = !quant.uniform<i8:f32, 0.25>
!whole = !pim.array<tensor<2x2x!w>, #pim.crossbar<rows = 128, columns = 128,
    cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 128,
    encoding = flipped>>
!second = !pim.array<tensor<2x1x!columns>, #pim.crossbar<rows = 128,
    columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8,
    active_rows = 128, encoding = differential>>
!coarse = !pim.array<tensor<2x2x!w>, #pim.crossbar<rows = 128, columns = 128,
    cell_bits = 8, dac_bits = 1, adc_bits = 8, active_rows = 128,
    encoding = offset>>

// The same as nn.linear: the converter loses nothing.
// CHECK: @mvm: [8, 4] : tensor<1x2xf32>
func.func @mvm() -> tensor<1x2xf32> {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[1.0, 1.0], [3.0, 2.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %xq = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!x>
  %wq = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!w>
  %a = pim.program %wq on @reram0 features [0, 2] : tensor<2x2x!w> -> !whole
  %y = pim.mvm %a, %xq bias %b on @reram0 task_tile [1, 2]
      : (!whole, tensor<1x2x!x>, tensor<2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// The second feature only, from a weight that is stored as [n, k].
// CHECK: @mvm_features: [5] : tensor<1x1xf32>
func.func @mvm_features() -> tensor<1x1xf32> {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[9.0, 9.0], [1.0, 2.0]]> : tensor<2x2xf32>
  %xq = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!x>
  %wq = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!columns>
  %a = pim.program %wq on @reram0 features [1, 1] {transposed}
      : tensor<2x2x!columns> -> !second
  %y = pim.mvm %a, %xq on @reram0 task_tile [1, 1]
      : (!second, tensor<1x2x!x>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

!row = !pim.array<tensor<1x2x!w>, #pim.crossbar<rows = 128, columns = 128,
    cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 128,
    encoding = flipped>>

// The product of @mvm, of which one array has the first row and another one the
// second: 2 x 2 and 2 x 4 in the first, and 4 x 6 and 4 x 8 more.
// CHECK: @mvm_rows: [4, 8] : tensor<1x2xi32>
// CHECK: @mvm_rows: [8, 4] : tensor<1x2xf32>
func.func @mvm_rows() -> (tensor<1x2xi32>, tensor<1x2xf32>) {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[1.0, 1.0], [3.0, 2.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %xq = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!x>
  %wq = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!w>
  %upper = pim.program %wq on @reram0 features [0, 2] rows [0, 1]
      : tensor<2x2x!w> -> !row
  %lower = pim.program %wq on @reram0 features [0, 2] rows [1, 1]
      : tensor<2x2x!w> -> !row
  %x0 = nn.slice %xq offsets [0, 0] sizes [1, 1] strides [1, 1]
      : tensor<1x2x!x> -> tensor<1x1x!x>
  %x1 = nn.slice %xq offsets [0, 1] sizes [1, 1] strides [1, 1]
      : tensor<1x2x!x> -> tensor<1x1x!x>
  %s = pim.mvm %upper, %x0 on @reram0 task_tile [1, 2]
      : (!row, tensor<1x1x!x>) -> tensor<1x2xi32>
  %y = pim.mvm %lower, %x1 bias %b sums %s on @reram0 task_tile [1, 2]
      : (!row, tensor<1x1x!x>, tensor<2xf32>, tensor<1x2xi32>)
      -> tensor<1x2xf32>
  return %s, %y : tensor<1x2xi32>, tensor<1x2xf32>
}

// Floats are added to once they are scaled: 2 x 4 x 0.25 + 100, and less.
// CHECK: @mvm_scaled_sums: [106, 0] : tensor<1x2xf32>
func.func @mvm_scaled_sums() -> tensor<1x2xf32> {
  %x = nn.constant dense<[[2.0]]> : tensor<1x1xf32>
  %w = nn.constant dense<[[1.0, 1.0], [3.0, 2.0]]> : tensor<2x2xf32>
  %s = nn.constant dense<[[100.0, -4.0]]> : tensor<1x2xf32>
  %xq = nn.quantize %x : tensor<1x1xf32> to tensor<1x1x!x>
  %wq = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!w>
  %a = pim.program %wq on @reram0 features [0, 2] rows [1, 1]
      : tensor<2x2x!w> -> !row
  %y = pim.mvm %a, %xq sums %s on @reram0 task_tile [1, 2]
      : (!row, tensor<1x1x!x>, tensor<1x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// Cells hold 130 and 134, 132 and 136; two inputs of all ones drive both rows,
// so each of the lower seven passes sums 264 and 268, and the converter clips
// them to 255: of 8 and 12 times 127, 9 and 13 times 127 are lost.
// CHECK: @mvm_clipped: [-31.75, -15.875] : tensor<1x2xf32>
func.func @mvm_clipped() -> tensor<1x2xf32> {
  %x = nn.constant dense<63.5> : tensor<1x2xf32>
  %w = nn.constant dense<[[1.0, 1.0], [3.0, 2.0]]> : tensor<2x2xf32>
  %xq = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!x>
  %wq = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!w>
  %a = pim.program %wq on @reram0 features [0, 2] : tensor<2x2x!w> -> !coarse
  %y = pim.mvm %a, %xq on @reram0 task_tile [1, 2]
      : (!coarse, tensor<1x2x!x>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK: @systolic_matmul: [6, 10] : tensor<1x2xf32>
func.func @systolic_matmul() -> tensor<1x2xf32> {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %b = nn.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %xq = nn.quantize %x : tensor<1x2xf32> to tensor<1x2x!x>
  %wq = nn.quantize %w : tensor<2x2xf32> to tensor<2x2x!x>
  %y = systolic.matmul %xq, %wq bias %b on @sa0 task_tile [1, 2]
      {transpose_rhs, static_rhs}
      : (tensor<1x2x!x>, tensor<2x2x!x>, tensor<2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK: @systolic_matmul_of_floats: [7, 10] : tensor<1x2xf32>
func.func @systolic_matmul_of_floats() -> tensor<1x2xf32> {
  %x = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
  %w = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %y = systolic.matmul %x, %w on @sa0 task_tile [1, 2]
      : (tensor<1x2xf32>, tensor<2x2xf32>) -> tensor<1x2xf32>
  return %y : tensor<1x2xf32>
}

// CHECK: @systolic_vector: [1, 0] : tensor<2xf32>
// CHECK: @systolic_vector: [2, 0] : tensor<2xf32>
func.func @systolic_vector() -> (tensor<2xf32>, tensor<2xf32>) {
  %x = nn.constant dense<[1.0, -1.0]> : tensor<2xf32>
  %y:2 = systolic.vector (%x) on @sa0 task_tile [1] {
  ^bb0(%a: tensor<2xf32>):
    %b = nn.relu %a : tensor<2xf32>
    %c = nn.add %b, %b : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
    nn.yield %b, %c : tensor<2xf32>, tensor<2xf32>
  } : (tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>)
  return %y#0, %y#1 : tensor<2xf32>, tensor<2xf32>
}

// CHECK: @host: [3, 4, 1, 2] : tensor<2x2xf32>
func.func @host() -> tensor<2x2xf32> {
  %i = nn.constant dense<[1, 0]> : tensor<2xi64>
  %y = nn.host (%i) on @host task_tile [2, 2] {
  ^bb0(%j: tensor<2xi64>):
    %t = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
    %r = nn.embedding %t, %j
        : (tensor<2x2xf32>, tensor<2xi64>) -> tensor<2x2xf32>
    nn.yield %r : tensor<2x2xf32>
  } : (tensor<2xi64>) -> tensor<2x2xf32>
  return %y : tensor<2x2xf32>
}

!uw = !quant.uniform<u8:f32, 0.5:4>
!ux = !quant.uniform<u8:f32, 1.0:8>
!unsigned = !pim.array<tensor<2x1x!uw>, #pim.crossbar<rows = 128,
    columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 8,
    active_rows = 128, encoding = flipped>>
!narrow = !pim.array<tensor<2x1x!uw>, #pim.crossbar<rows = 128,
    columns = 128, cell_bits = 2, dac_bits = 1, adc_bits = 1,
    active_rows = 1, encoding = offset>>

// ((7 - 8) * (3 - 4) + (10 - 8) * (250 - 4)) / 2
// CHECK: @mvm_zero_points: [246.5] : tensor<1x1xf32>
func.func @mvm_zero_points() -> tensor<1x1xf32> {
  %x = nn.constant dense<[[7, 10]]> : tensor<1x2xui8>
  %w = nn.constant dense<[[3], [250]]> : tensor<2x1xui8>
  %xq = nn.storage_cast %x : tensor<1x2xui8> to tensor<1x2x!ux>
  %wq = nn.storage_cast %w : tensor<2x1xui8> to tensor<2x1x!uw>
  %a = pim.program %wq on @reram0 features [0, 1] : tensor<2x1x!uw> -> !unsigned
  %y = pim.mvm %a, %xq on @reram0 task_tile [1, 1]
      : (!unsigned, tensor<1x2x!ux>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// A converter of one bit clips slices of 2 and 3 to 1: 250 = 3322 in slices of
// two bits becomes 1111 = 85, and 3 = 0003 becomes 1. What makes up for the zero
// points is exact: 7 * 1 + 10 * 85 - 8 * 253 - 4 * 17 + 2 * 8 * 4 = -1171.
// CHECK: @mvm_zero_points_clipped: [-585.5] : tensor<1x1xf32>
func.func @mvm_zero_points_clipped() -> tensor<1x1xf32> {
  %x = nn.constant dense<[[7, 10]]> : tensor<1x2xui8>
  %w = nn.constant dense<[[3], [250]]> : tensor<2x1xui8>
  %xq = nn.storage_cast %x : tensor<1x2xui8> to tensor<1x2x!ux>
  %wq = nn.storage_cast %w : tensor<2x1xui8> to tensor<2x1x!uw>
  %a = pim.program %wq on @reram0 features [0, 1] : tensor<2x1x!uw> -> !narrow
  %y = pim.mvm %a, %xq on @reram0 task_tile [1, 1]
      : (!narrow, tensor<1x2x!ux>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// Inputs of 16 bits take twice as many passes.
// CHECK: @mvm_wide_input: [1000, -32768] : tensor<2x1xf32>
func.func @mvm_wide_input() -> tensor<2x1xf32> {
  %x = nn.constant dense<[[1000, 0], [0, -32768]]> : tensor<2x2xi16>
  %w = nn.constant dense<[[6], [6]]> : tensor<2x1xui8>
  %xq = nn.storage_cast %x
      : tensor<2x2xi16> to tensor<2x2x!quant.uniform<i16:f32, 1.0>>
  %wq = nn.storage_cast %w : tensor<2x1xui8> to tensor<2x1x!uw>
  %a = pim.program %wq on @reram0 features [0, 1] : tensor<2x1x!uw> -> !unsigned
  %y = pim.mvm %a, %xq on @reram0 task_tile [2, 1]
      : (!unsigned, tensor<2x2x!quant.uniform<i16:f32, 1.0>>) -> tensor<2x1xf32>
  return %y : tensor<2x1xf32>
}

// A register of 8 bits wraps: 16 + 112 is -128. One row of arrays is one row.
!wraps = !pim.array<tensor<2x1x!uw>, #pim.crossbar<rows = 1, columns = 128,
    cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 1,
    encoding = flipped, accumulator_bits = 8>>
!saturates = !pim.array<tensor<2x1x!uw>, #pim.crossbar<rows = 1, columns = 128,
    cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 1,
    encoding = flipped, accumulator_bits = 8, overflow = saturate>>
// CHECK: @mvm_overflow: [-64] : tensor<1x1xf32>
// CHECK: @mvm_overflow: [63.5] : tensor<1x1xf32>
func.func @mvm_overflow() -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  %x = nn.constant dense<[[12, 15]]> : tensor<1x2xui8>
  %w = nn.constant dense<[[8], [20]]> : tensor<2x1xui8>
  %xq = nn.storage_cast %x : tensor<1x2xui8> to tensor<1x2x!ux>
  %wq = nn.storage_cast %w : tensor<2x1xui8> to tensor<2x1x!uw>
  %a = pim.program %wq on @reram0 features [0, 1] : tensor<2x1x!uw> -> !wraps
  %b = pim.program %wq on @reram0 features [0, 1] : tensor<2x1x!uw> -> !saturates
  %y = pim.mvm %a, %xq on @reram0 task_tile [1, 1]
      : (!wraps, tensor<1x2x!ux>) -> tensor<1x1xf32>
  %z = pim.mvm %b, %xq on @reram0 task_tile [1, 1]
      : (!saturates, tensor<1x2x!ux>) -> tensor<1x1xf32>
  return %y, %z : tensor<1x1xf32>, tensor<1x1xf32>
}

// Three codes above zero for sums of up to 12 are steps of 4. Slices of 3 sum to
// 6, which becomes 8, in passes 0 and 3, those of 1 to 2, which becomes 4, in pass
// 3: 2 + 8 * 2 + 8 * 4 * 2 = 82 too many; -2 is exact.
!steps = !pim.array<tensor<4x1x!uw>, #pim.crossbar<rows = 4, columns = 128,
    cell_bits = 2, dac_bits = 1, adc_bits = 2, active_rows = 4,
    encoding = offset, adc_range = full_scale>>
// CHECK: @mvm_steps: [40] : tensor<1x1xf32>
func.func @mvm_steps() -> tensor<1x1xf32> {
  %x = nn.constant dense<[[9, 9, 8, 8]]> : tensor<1x4xui8>
  %w = nn.constant dense<[[3], [3], [4], [4]]> : tensor<4x1xui8>
  %xq = nn.storage_cast %x : tensor<1x4xui8> to tensor<1x4x!ux>
  %wq = nn.storage_cast %w : tensor<4x1xui8> to tensor<4x1x!uw>
  %a = pim.program %wq on @reram0 features [0, 1] : tensor<4x1x!uw> -> !steps
  %y = pim.mvm %a, %xq on @reram0 task_tile [1, 1]
      : (!steps, tensor<1x4x!ux>) -> tensor<1x1xf32>
  return %y : tensor<1x1xf32>
}

// 100, then 127 instead of 200, then 27; and 100 modulo 256.
// CHECK: @systolic_overflow: [27] : tensor<1x1xf32>
// CHECK: @systolic_overflow: [-56] : tensor<1x1xf32>
func.func @systolic_overflow() -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  %x = nn.constant dense<[[10, 10, -10]]> : tensor<1x3xi8>
  %w = nn.constant dense<[[10], [10], [10]]> : tensor<3x1xi8>
  %v = nn.constant dense<[[10], [10], [0]]> : tensor<3x1xi8>
  %xq = nn.storage_cast %x
      : tensor<1x3xi8> to tensor<1x3x!quant.uniform<i8:f32, 1.0>>
  %wq = nn.storage_cast %w
      : tensor<3x1xi8> to tensor<3x1x!quant.uniform<i8:f32, 1.0>>
  %vq = nn.storage_cast %v
      : tensor<3x1xi8> to tensor<3x1x!quant.uniform<i8:f32, 1.0>>
  %y = systolic.matmul %xq, %wq on @sa0 task_tile [1, 1]
      {accumulator_bits = 8 : i64, overflow = #arch.overflow<saturate>}
      : (tensor<1x3x!quant.uniform<i8:f32, 1.0>>,
         tensor<3x1x!quant.uniform<i8:f32, 1.0>>) -> tensor<1x1xf32>
  %z = systolic.matmul %xq, %vq on @sa0 task_tile [1, 1]
      {accumulator_bits = 8 : i64}
      : (tensor<1x3x!quant.uniform<i8:f32, 1.0>>,
         tensor<3x1x!quant.uniform<i8:f32, 1.0>>) -> tensor<1x1xf32>
  return %y, %z : tensor<1x1xf32>, tensor<1x1xf32>
}

#noisy = #pim.crossbar<rows = 4, columns = 8, cell_bits = 2, dac_bits = 1,
    adc_bits = 8, active_rows = 4, encoding = offset, device = <
      on_nanosiemens = 750000, off_nanosiemens = 50000, read_mv = 200,
      bandwidth_hz = 10000000, programming_sigma_ppm = 300000,
      stuck_on_ppm = 100000, stuck_off_ppm = 0, drift_exponent_ppm = 5000,
      drift_exponent_sigma_ppm = 0, drift_reference_s = 1,
      read_sigma_ppm = 50000>>
!tall = tensor<8x2x!quant.uniform<i8:f32, 1.0>>
!both = !pim.array<!tall, #noisy>
!half = !pim.array<tensor<4x2x!quant.uniform<i8:f32, 1.0>>, #noisy>

// Arrays are as noisy in two nodes as they are in one.
// CHECK: @noisy_rows: [-1419, 1786] : tensor<1x2xf32>
// CHECK: @noisy_rows: [[NOISY:\[-12[0-9.]+, .*\]]] : tensor<1x2xf32>
// CHECK: @noisy_rows: [[NOISY]] : tensor<1x2xf32>
func.func @noisy_rows()
    -> (tensor<1x2xf32>, tensor<1x2xf32>, tensor<1x2xf32>) {
  %x = nn.constant dense<[[9.0, -30.0, 41.0, 2.0, 17.0, 28.0, -9.0, 55.0]]>
      : tensor<1x8xf32>
  %w = nn.constant dense<[[8.0, -7.0], [31.0, 5.0], [12.0, 9.0], [0.0, 1.0],
                          [-22.0, 3.0], [15.0, 2.0], [6.0, -4.0], [-19.0, 27.0]]>
      : tensor<8x2xf32>
  %q = nn.quantize %x : tensor<1x8xf32>
      to tensor<1x8x!quant.uniform<i8:f32, 1.0>>
  %v = nn.quantize %w : tensor<8x2xf32> to !tall
  %ideal = pim.program %v on @reram0 features [0, 2] : !tall -> !both
  %whole = pim.program %v on @reram0 features [0, 2] noise <seed = 1, trial = 0,
      first_array = 5, temperature_mk = 300000, elapsed_s = 60> : !tall -> !both
  %upper = pim.program %v on @reram0 features [0, 2] rows [0, 4] noise <seed = 1,
      trial = 0, first_array = 5, temperature_mk = 300000, elapsed_s = 60>
      : !tall -> !half
  %lower = pim.program %v on @reram0 features [0, 2] rows [4, 4] noise <seed = 1,
      trial = 0, first_array = 6, temperature_mk = 300000, elapsed_s = 60>
      : !tall -> !half
  %x0 = nn.slice %q offsets [0, 0] sizes [1, 4] strides [1, 1]
      : tensor<1x8x!quant.uniform<i8:f32, 1.0>>
      -> tensor<1x4x!quant.uniform<i8:f32, 1.0>>
  %x1 = nn.slice %q offsets [0, 4] sizes [1, 4] strides [1, 1]
      : tensor<1x8x!quant.uniform<i8:f32, 1.0>>
      -> tensor<1x4x!quant.uniform<i8:f32, 1.0>>
  %a = pim.mvm %ideal, %q on @reram0 task_tile [1, 2]
      : (!both, tensor<1x8x!quant.uniform<i8:f32, 1.0>>) -> tensor<1x2xf32>
  %b = pim.mvm %whole, %q on @reram0 task_tile [1, 2]
      : (!both, tensor<1x8x!quant.uniform<i8:f32, 1.0>>) -> tensor<1x2xf32>
  %s = pim.mvm %upper, %x0 on @reram0 task_tile [1, 2]
      : (!half, tensor<1x4x!quant.uniform<i8:f32, 1.0>>) -> tensor<1x2xi32>
  %c = pim.mvm %lower, %x1 sums %s on @reram0 task_tile [1, 2]
      : (!half, tensor<1x4x!quant.uniform<i8:f32, 1.0>>, tensor<1x2xi32>)
      -> tensor<1x2xf32>
  return %a, %b, %c : tensor<1x2xf32>, tensor<1x2xf32>, tensor<1x2xf32>
}
