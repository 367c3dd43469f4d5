// RUN: atleus-opt %s --atleus-attach-machine="machine=atleus" | FileCheck %s
// RUN: atleus-opt %s --atleus-attach-machine="machine=%source_dir/test/machines/Inputs/tiny.mlir" | FileCheck %s --check-prefix=FILE
// RUN: atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.adc_bits=6,reram.encoding=offset,mesh.speculative=true" | FileCheck %s --check-prefix=SET
// RUN: env ATLEUS_MACHINE_PATH=%source_dir/test/machines/Inputs atleus-opt %s --atleus-attach-machine=machine=tiny | FileCheck %s --check-prefix=FILE

// CHECK-LABEL: module {
// CHECK-NEXT: arch.machine @atleus
// CHECK: arch.tier @reram1 of @reram
// CHECK: func.func @main

// FILE: arch.machine @tiny

// SET: #[[SET:.*]] = #arch.source<estimated, "override reram.adc_bits=6">
// SET: speculative
// SET: arch.crossbar @reram
// SET-SAME: adc_bits = 6 from #[[SET]]
// SET-SAME: encoding = #arch.encoding<offset>
func.func @main() {
  return
}
