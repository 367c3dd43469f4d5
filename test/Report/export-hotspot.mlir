// RUN: sed '/^\/\/ MACHINE$/r %S/Inputs/hotspot-machine.mlir' %s > %t.mlir
// RUN: rm -rf %t
// RUN: atleus-translate --export-hotspot --hotspot-folder=%t %t.mlir \
// RUN:   | FileCheck %s --check-prefix=COMMAND
// RUN: cat %t/tier0.flp | FileCheck %s --check-prefix=FLP
// RUN: cat %t/layers.lcf | FileCheck %s --check-prefix=LCF
// RUN: cat %t/power.ptrace | FileCheck %s --check-prefix=PTRACE
// RUN: cat %t/hotspot.config | FileCheck %s --check-prefix=CONFIG
// RUN: %python %inputs/check_hotspot.py %t
// RUN: atleus-translate --export-hotspot --hotspot-folder=%t %t.mlir \
// RUN:   --hotspot-period=500000 > %t.out
// RUN: cat %t/power.ptrace | FileCheck %s --check-prefix=FASTER

// COMMAND: cd {{.*}} && hotspot -c hotspot.config -p power.ptrace -steady_file hotspot.steady

// FLP: node_0_0_0{{[[:space:]]}}0.005{{[[:space:]]}}0.004{{[[:space:]]}}0{{[[:space:]]}}0{{$}}
// FLP-NEXT: node_1_0_0{{[[:space:]]}}0.005{{[[:space:]]}}0.004{{[[:space:]]}}0.005{{[[:space:]]}}0{{$}}
// FLP-NOT: node

// LCF: # die0
// LCF-NEXT: {{^}}0{{$}}
// LCF-NEXT: {{^}}Y{{$}}
// LCF-NEXT: {{^}}Y{{$}}
// LCF-NEXT: {{^}}1750000{{$}}
// LCF-NEXT: {{^}}0.01{{$}}
// LCF-NEXT: {{^}}0.0001{{$}}
// LCF-NEXT: {{^}}tier0.flp{{$}}
// LCF: # a \0A b
// LCF-NEXT: {{^}}1{{$}}
// LCF-NEXT: {{^}}N{{$}}
// LCF-NEXT: {{^}}N{{$}}
// LCF-NEXT: {{^}}4000000{{$}}
// LCF-NEXT: {{^}}0.25{{$}}
// LCF-NEXT: {{^}}2e-05{{$}}
// LCF-NEXT: {{^}}die.flp{{$}}
// LCF-NOT: {{[a-z0-9]}}

// The routers of the level without a tier heat the one that there is.
// PTRACE: node_0_0_0{{[[:space:]]}}node_1_0_0{{$}}
// PTRACE-NEXT: {{^}}1.25{{[[:space:]]}}2{{$}}
// FASTER: {{^}}2{{[[:space:]]}}4{{$}}

// CONFIG: -grid_layer_file{{[[:space:]]}}layers.lcf
// CONFIG: -ambient{{[[:space:]]}}318.15
// CONFIG: -r_convec{{[[:space:]]}}0.1
// CONFIG: -c_convec{{[[:space:]]}}140.4
// CONFIG: -s_spreader{{[[:space:]]}}0.03
// CONFIG: -t_spreader{{[[:space:]]}}0.001
// CONFIG: -k_spreader{{[[:space:]]}}400
// CONFIG: -p_spreader{{[[:space:]]}}3550000
// CONFIG: -s_sink{{[[:space:]]}}0.06
// MACHINE
sched.schedule @main on @spread makespan_ps(1000000) {
  %0 = sched.task "a"[0] on (0, 0, 0) "array" start 0 duration 1000000
  sched.summary makespan_ps 1000000 critical_path_ps 0 busiest_resource_ps 0
    "none" bandwidth_ps 0
    node_energy_fj [1000000000, 2000000000, 250000000, 0]
    node_leakage_fj [500000000, 0, 0, 0]
}
