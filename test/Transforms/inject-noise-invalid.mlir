// RUN: not atleus-opt %inputs/warm-machine.mlir 2>&1 \
// RUN:   --atleus-inject-noise=trial=4294967296 \
// RUN:   | FileCheck %s --check-prefix=TRIAL
// RUN: not atleus-opt %inputs/warm-machine.mlir 2>&1 \
// RUN:   --atleus-inject-noise=temperature-mk=-1 \
// RUN:   | FileCheck %s --check-prefix=TEMPERATURE
// RUN: not atleus-opt %inputs/warm-machine.mlir 2>&1 \
// RUN:   --atleus-inject-noise=elapsed-s=-5 \
// RUN:   | FileCheck %s --check-prefix=ELAPSED
// RUN: not atleus-opt %inputs/warm-machine.mlir 2>&1 --atleus-inject-noise \
// RUN:   | FileCheck %s --check-prefix=NONE
// TRIAL: error: trial must be from 0 to 4294967295, found 4294967296
// TEMPERATURE: error: temperature-mk must be from 0 to {{[0-9]+}}, found -1
// ELAPSED: error: elapsed-s must be from 0 to {{[0-9]+}}, found -5
// NONE: error: has no 'pim.program', and noise is that of weights in crossbars: policy=static-dynamic of --atleus-assign-tiers (atleus compile --policy=static-dynamic) puts them there

// RUN: sed '/^\/\/ WARM$/r %inputs/warm-machine.mlir' %s \
// RUN:   | sed '/^\/\/ SMALL$/r %inputs/small-machine.mlir' \
// RUN:   | atleus-opt --atleus-inject-noise -split-input-file \
// RUN:       -verify-diagnostics=only-expected
// RUN: sed '/^\/\/ SMALL$/r %inputs/small-machine.mlir' %s \
// RUN:   | not atleus-opt --atleus-inject-noise -split-input-file 2>&1 \
// RUN:   | FileCheck %s --check-prefix=NOTE

// The note is at the crossbar of the machine.
// NOTE: error: 'pim.program' op has no noise, because its crossbar names no device
// NOTE: note: crossbar @cells declared here; it needs 'device = @NAME' of an 'arch.device'
// NOTE-NEXT: arch.crossbar @cells
!byte = !quant.uniform<i8:f32, 0.5>
#crossbar = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2,
  dac_bits = 1, adc_bits = 8, active_rows = 16, encoding = flipped>
// SMALL
func.func @no_device(%a: tensor<8x4x!byte>) {
  // expected-error @below {{has no noise, because its crossbar names no device}}
  %0 = pim.program %a on @reram0 features [0, 4]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  return
}

// -----

#device = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000,
  read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
  stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
  drift_exponent_sigma_ppm = 0, drift_reference_s = 20, read_sigma_ppm = 5000>
#crossbar = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2,
  dac_bits = 1, adc_bits = 8, active_rows = 16, encoding = flipped,
  device = #device>
!byte = !quant.uniform<i8:f32, 0.5>

// The machine has no package.
// SMALL
func.func @no_temperature(%a: tensor<8x4x!byte>) {
  // expected-error @below {{has arrays of unknown temperature: there is neither a schedule that states it nor a package with an ambient one; state temperature-mk}}
  %0 = pim.program %a on @reram0 features [0, 4]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  return
}

// -----

#device = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000,
  read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
  stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
  drift_exponent_sigma_ppm = 0, drift_reference_s = 20, read_sigma_ppm = 5000>
#crossbar = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2,
  dac_bits = 1, adc_bits = 8, active_rows = 16, encoding = flipped,
  device = #device>
!byte = !quant.uniform<i8:f32, 0.5>

// WARM
func.func @no_node(%a: tensor<8x4x!byte>) {
  // expected-error @below {{is at node (1, 1, 1), of which the schedule states no temperature}}
  %0 = pim.program %a on @sa1 at (1, 1, 1) features [0, 4]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  return
}
sched.schedule @main on @warm {
  // expected-note @below {{temperatures stated here}}
  sched.temperature period_ps 500000 peak_mk 339000 at (0, 0, 0)
    node_mk [331000, 332000, 333000, 334000, 335000, 336000, 337000]
}

// -----

#device = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000,
  read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
  stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
  drift_exponent_sigma_ppm = 0, drift_reference_s = 20, read_sigma_ppm = 5000>
#crossbar = #pim.crossbar<rows = 65536, columns = 65536, cell_bits = 2,
  dac_bits = 1, adc_bits = 8, active_rows = 16, encoding = flipped,
  device = #device>
!byte = !quant.uniform<i8:f32, 0.5>

// WARM
func.func @large_arrays(%a: tensor<8x4x!byte>) {
  // expected-error @below {{has arrays of 4294967296 cells, noise is for up to 4294967295}}
  %0 = pim.program %a on @sa0 features [0, 4]
    : tensor<8x4x!byte> -> !pim.array<tensor<8x4x!byte>, #crossbar>
  return
}

// -----

#device = #pim.device<on_nanosiemens = 750000, off_nanosiemens = 50000,
  read_mv = 200, bandwidth_hz = 10000000, programming_sigma_ppm = 30000,
  stuck_on_ppm = 100, stuck_off_ppm = 100, drift_exponent_ppm = 5000,
  drift_exponent_sigma_ppm = 0, drift_reference_s = 20, read_sigma_ppm = 5000>
#crossbar = #pim.crossbar<rows = 1, columns = 1, cell_bits = 2,
  dac_bits = 1, adc_bits = 8, active_rows = 1, encoding = flipped,
  device = #device>
!byte = !quant.uniform<i8:f32, 0.5>

// WARM
func.func @many_arrays(%a: tensor<65536x16384x!byte>, %b: tensor<1x1x!byte>) {
  %0 = pim.program %b on @sa0 features [0, 1]
    : tensor<1x1x!byte> -> !pim.array<tensor<1x1x!byte>, #crossbar>
  // expected-error @below {{has the arrays from 4 to 4294967299, noise is for up to 4294967295}}
  %1 = pim.program %a on @sa0 features [0, 16384]
    : tensor<65536x16384x!byte>
    -> !pim.array<tensor<65536x16384x!byte>, #crossbar>
  return
}
