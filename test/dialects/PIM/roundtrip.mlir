// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// Arrays and crossbars are printed once.
// CHECK-DAG: #[[CROSSBAR:.*]] = #pim.crossbar<rows = 128, columns = 64, cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 32, encoding = flipped>
// CHECK-DAG: #pim.crossbar<{{.*}}, accumulator_bits = 24, overflow = saturate, adc_range = full_scale, device = <
// CHECK-DAG: !array = !pim.array<tensor<8x4x!quant.uniform<i8:f32, 5.000000e-01>>, #[[CROSSBAR]]>
#crossbar = #pim.crossbar<rows = 128, columns = 64, cell_bits = 2, dac_bits = 1,
                          adc_bits = 8, active_rows = 32, encoding = flipped>
!weight = tensor<8x4x!quant.uniform<i8:f32, 5.0e-01>>
!whole = !pim.array<!weight, #crossbar>

// CHECK-LABEL: func @program
func.func @program(%w: !weight) {
  // CHECK: pim.program %{{.*}} on @reram0 at (0, 1, 2) features [0, 4] : tensor<8x4x!quant.uniform<i8:f32, 5.000000e-01>> -> !array
  %0 = pim.program %w on @reram0 at (0, 1, 2) features [0, 4]
      : !weight -> !whole
  // CHECK: pim.program %{{.*}} on @reram0 features [1, 2] {nn.name = "part"} : tensor<8x4x!quant.uniform<i8:f32, 5.000000e-01>> -> !array{{[0-9]+}}
  %1 = pim.program %w on @reram0 features [1, 2] {nn.name = "part"} : !weight
      -> !pim.array<tensor<8x2x!quant.uniform<i8:f32, 5.0e-01>>, #crossbar>
  // CHECK: pim.program %{{.*}} on @reram0 features [0, 8] {transposed}
  %2 = pim.program %w on @reram0 features [0, 8] {transposed} : !weight
      -> !pim.array<tensor<4x8x!quant.uniform<i8:f32, 5.0e-01>>, #crossbar>
  return
}

// CHECK-LABEL: func @program_a_part_of_a_per_axis_weight
func.func @program_a_part_of_a_per_axis_weight(
    %w: tensor<8x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>) {
  // CHECK: pim.program %{{.*}} on @reram0 features [1, 1] :
  %0 = pim.program %w on @reram0 features [1, 1]
      : tensor<8x2x!quant.uniform<i8:f32:1, {0.5, 0.25}>>
      -> !pim.array<tensor<8x1x!quant.uniform<i8:f32:1, {0.25}>>, #crossbar>
  return
}

// CHECK-LABEL: func @mvm
func.func @mvm(%a: !whole, %x: tensor<1x16x8x!quant.any<i8:f32>>,
               %b: tensor<4xf32>) {
  // CHECK: pim.mvm %{{.*}}, %{{.*}} on @reram0 task_tile [1, 16, 4] : (!array, tensor<1x16x8x!quant.any<i8:f32>>) -> tensor<1x16x4xf32>
  %0 = pim.mvm %a, %x on @reram0 task_tile [1, 16, 4]
      : (!whole, tensor<1x16x8x!quant.any<i8:f32>>) -> tensor<1x16x4xf32>
  // CHECK: pim.mvm %{{.*}}, %{{.*}} bias %{{.*}} on @reram0 at (0, 1, 2)(3, 1, 2) task_tile [1, 5, 4] {nn.name = "query"} : (!array, tensor<1x16x8x!quant.any<i8:f32>>, tensor<4xf32>) -> tensor<1x16x4xf32>
  %1 = pim.mvm %a, %x bias %b on @reram0 at (0, 1, 2)(3, 1, 2)
      task_tile [1, 5, 4] {nn.name = "query"}
      : (!whole, tensor<1x16x8x!quant.any<i8:f32>>, tensor<4xf32>)
      -> tensor<1x16x4xf32>
  return
}

// CHECK-LABEL: func @rows
func.func @rows(%w: !weight, %x: tensor<16x4x!quant.any<i8:f32>>,
                %s: tensor<16x4xf32>, %b: tensor<4xf32>) {
  // CHECK: pim.program %{{.*}} on @reram0 features [0, 4] rows [4, 4] replicas 2 slot "s" : {{.*}} -> ![[LOWER:array[0-9]*]]
  %0 = pim.program %w on @reram0 features [0, 4] rows [4, 4] replicas 2 slot "s"
      : !weight
      -> !pim.array<tensor<4x4x!quant.uniform<i8:f32, 5.0e-01>>, #crossbar>
  // CHECK: pim.program %{{.*}} on @reram0 features [0, 4] rows [2, 2] {transposed}
  %1 = pim.program %w on @reram0 features [0, 4] rows [2, 2] {transposed}
      : !weight
      -> !pim.array<tensor<2x4x!quant.uniform<i8:f32, 5.0e-01>>, #crossbar>
  // CHECK: %[[I:.*]] = pim.mvm %{{.*}}, %{{.*}} on @reram0 task_tile [8, 4] : (![[LOWER]], tensor<16x4x!quant.any<i8:f32>>) -> tensor<16x4xi32>
  %2 = pim.mvm %0, %x on @reram0 task_tile [8, 4]
      : (!pim.array<tensor<4x4x!quant.uniform<i8:f32, 5.0e-01>>, #crossbar>,
         tensor<16x4x!quant.any<i8:f32>>) -> tensor<16x4xi32>
  // CHECK: pim.mvm %{{.*}}, %{{.*}} sums %[[I]] on @reram0 at (0, 1, 2) task_tile [8, 4] : (![[LOWER]], tensor<16x4x!quant.any<i8:f32>>, tensor<16x4xi32>) -> tensor<16x4xi32>
  %3 = pim.mvm %0, %x sums %2 on @reram0 at (0, 1, 2) task_tile [8, 4]
      : (!pim.array<tensor<4x4x!quant.uniform<i8:f32, 5.0e-01>>, #crossbar>,
         tensor<16x4x!quant.any<i8:f32>>, tensor<16x4xi32>) -> tensor<16x4xi32>
  // CHECK: pim.mvm %{{.*}}, %{{.*}} bias %{{.*}} sums %{{.*}} on @reram0 task_tile [8, 4] : (![[LOWER]], tensor<16x4x!quant.any<i8:f32>>, tensor<4xf32>, tensor<16x4xf32>) -> tensor<16x4xf32>
  %4 = pim.mvm %0, %x bias %b sums %s on @reram0 task_tile [8, 4]
      : (!pim.array<tensor<4x4x!quant.uniform<i8:f32, 5.0e-01>>, #crossbar>,
         tensor<16x4x!quant.any<i8:f32>>, tensor<4xf32>, tensor<16x4xf32>)
      -> tensor<16x4xf32>
  return
}

// CHECK-LABEL: func @mvm_of_a_vector_in_differential_columns
func.func @mvm_of_a_vector_in_differential_columns(
    // CHECK-SAME: !array{{[0-9]+}}
    %a: !pim.array<!weight, #pim.crossbar<rows = 1, columns = 1, cell_bits = 8,
        dac_bits = 8, adc_bits = 16, active_rows = 1,
        encoding = differential>>,
    %x: tensor<8x!quant.uniform<i8:f32, 0.1>>) {
  // CHECK: pim.mvm %{{.*}}, %{{.*}} on @reram0 task_tile [4]
  %0 = pim.mvm %a, %x on @reram0 task_tile [4]
      : (!pim.array<!weight, #pim.crossbar<rows = 1, columns = 1,
             cell_bits = 8, dac_bits = 8, adc_bits = 16, active_rows = 1,
             encoding = differential>>,
         tensor<8x!quant.uniform<i8:f32, 0.1>>) -> tensor<4xf32>
  return
}

// CHECK-LABEL: func @noise
// CHECK: pim.program %{{.*}} on @reram0 features [0, 4] noise <seed = 1, trial = 2, first_array = 3, temperature_mk = 300000, elapsed_s = 60> : {{.*}} -> !array
func.func @noise(%w: !weight) {
  %0 = pim.program %w on @reram0 features [0, 4]
      noise <seed = 1, trial = 2, first_array = 3, temperature_mk = 300000, elapsed_s = 60>
      : !weight -> !pim.array<!weight, #pim.crossbar<rows = 128, columns = 64,
          cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 32, encoding = flipped,
          accumulator_bits = 24, overflow = saturate, adc_range = full_scale,
          device = <on_nanosiemens = 750000, off_nanosiemens = 50000, read_mv = 200,
            bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
            stuck_on_ppm = 1, stuck_off_ppm = 2, drift_exponent_ppm = 5000,
            drift_exponent_sigma_ppm = 0, drift_reference_s = 1,
            read_sigma_ppm = 5000>>>
  return
}

// CHECK-LABEL: func @lines
// CHECK: pim.program %{{.*}} on @reram0 features [0, 4] : tensor<8x4x{{.*}}> -> !array
func.func @lines() {
  %s = nn.sparse_constant <block_rows = 4, block_columns = 4, kept_lines = 1>
      values dense<1.0> : tensor<8xf32> index dense<33> : tensor<1xi8> : tensor<8x4xf32>
  %w = nn.quantize %s : tensor<8x4xf32> to !weight
  %0 = pim.program %w on @reram0 features [0, 4]
      : !weight -> !pim.array<!weight, #pim.crossbar<rows = 128, columns = 8,
          cell_bits = 2, dac_bits = 1, adc_bits = 8, active_rows = 32, encoding = flipped>,
          #nn.sparsity<block_rows = 4, block_columns = 2, kept_lines = 1>>
  return
}
