// RUN: sed '/^\/\/ MACHINE$/r %inputs/warm-machine.mlir' %s \
// RUN:   | atleus-opt --atleus-inject-noise="seed=7 trial=3" \
// RUN:       -split-input-file --verify-roundtrip | FileCheck %s
// RUN: sed '/^\/\/ MACHINE$/r %inputs/warm-machine.mlir' %s \
// RUN:   | atleus-opt -split-input-file \
// RUN:       --atleus-inject-noise="temperature-mk=350000 elapsed-s=86400" \
// RUN:   | FileCheck %s --check-prefix=STATED

#device = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000,
  read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
  stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
  drift_exponent_sigma_ppm = 0, drift_reference_s = 20, read_sigma_ppm = 5000>
#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
  dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped,
  device = #device>
!byte = !quant.uniform<i8:f32, 0.5>

// Each array has a number of its own: the first weight takes 2 x 3 arrays. The
// ambient temperature is all that is known, and nothing has drifted. What was
// there before is replaced.
// CHECK-LABEL: func.func @numbered
// STATED-LABEL: func.func @numbered
// MACHINE
func.func @numbered(%a: tensor<200x70x!byte>, %b: tensor<8x4x!byte>) {
  // CHECK: pim.program %{{.*}} noise <seed = 7, trial = 3, first_array = 0, temperature_mk = 300000, elapsed_s = 20>
  // STATED: noise <seed = 0, trial = 0, first_array = 0, temperature_mk = 350000, elapsed_s = 86400>
  %0 = pim.program %a on @sa0 features [0, 70] : tensor<200x70x!byte>
    -> !pim.array<tensor<200x70x!byte>, #crossbar>
  // CHECK: pim.program %{{.*}} noise <seed = 7, trial = 3, first_array = 6, temperature_mk = 300000, elapsed_s = 20>
  // STATED: noise <seed = 0, trial = 0, first_array = 6, temperature_mk = 350000, elapsed_s = 86400>
  %1 = pim.program %b on @sa0 features [0, 4] noise <seed = 1, trial = 1,
      first_array = 1, temperature_mk = 1, elapsed_s = 1>
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  // Replicas are other arrays, though of the same numbers.
  // CHECK: pim.program %{{.*}} replicas 3 noise <seed = 7, trial = 3, first_array = 7,
  %2 = pim.program %b on @sa0 features [2, 2] replicas 3
    : tensor<8x4x!byte> -> !pim.array<tensor<8x2x!byte>, #crossbar>
  // CHECK: pim.program %{{.*}} noise <seed = 7, trial = 3, first_array = 10,
  %3 = pim.program %b on @sa0 features [2, 2]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x2x!byte>, #crossbar>
  return
}

// -----

#device = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000,
  read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
  stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
  drift_exponent_sigma_ppm = 0, drift_reference_s = 20, read_sigma_ppm = 5000>
#crossbar = #pim.crossbar<rows = 128, columns = 128, cell_bits = 2,
  dac_bits = 1, adc_bits = 8, active_rows = 128, encoding = flipped,
  device = #device>
!byte = !quant.uniform<i8:f32, 0.5>

// Arrays are as warm as their node at the highest rate of inferences. One that
// has no place is at the ambient temperature.
// CHECK-LABEL: func.func @warmed
// STATED-LABEL: func.func @warmed
// MACHINE
func.func @warmed(%a: tensor<8x4x!byte>) {
  // CHECK: pim.program {{.*}}first_array = 0, temperature_mk = 332000,
  // STATED: pim.program {{.*}}first_array = 0, temperature_mk = 350000,
  %0 = pim.program %a on @sa0 at (1, 0, 0) features [0, 4]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  // CHECK: pim.program {{.*}}first_array = 1, temperature_mk = 336000,
  %1 = pim.program %a on @sa1 at (1, 0, 1) features [0, 4]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  // CHECK: pim.program {{.*}}first_array = 2, temperature_mk = 300000,
  %2 = pim.program %a on @sa1 features [0, 4]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  return
}
sched.schedule @main on @warm {
  sched.temperature period_ps 1000000 peak_mk 325000 at (0, 0, 0)
    node_mk [321000, 322000, 323000, 324000, 321000, 322000, 323000, 324000,
             321000, 322000, 323000, 324000]
  sched.temperature period_ps 500000 peak_mk 339000 at (0, 0, 0)
    node_mk [331000, 332000, 333000, 334000, 335000, 336000, 337000, 338000,
             331000, 332000, 333000, 334000]
}
