// RUN: atleus-opt %s --atleus-attach-machine="machine=%inputs/small-machine.mlir" \
// RUN:   --atleus-estimate --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --atleus-attach-machine="machine=%inputs/small-machine.mlir set=mesh.router_leakage_uw=1000,pe.leakage_uw=300,lanes.leakage_uw=20,cells.leakage_uw=4,dram.idle_uw=50000,host.idle_uw=600000" \
// RUN:   --atleus-estimate | FileCheck %s --check-prefix=IDLE
// RUN: atleus-opt %s --atleus-attach-machine="machine=%inputs/small-machine.mlir set=cells.array_leakage_nw=500,cells.dac_leakage_nw=10,cells.adc_leakage_nw=60,cells.shift_add_leakage_nw=5,cells.register_leakage_nw=1,cells.buffer_leakage_nw=2000" \
// RUN:   --atleus-estimate | FileCheck %s --check-prefix=PARTS

func.func @main(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [2, 8] {
  ^bb0(%a: tensor<4x8xf32>):
    %b = nn.relu %a : tensor<4x8xf32>
    nn.yield %b : tensor<4x8xf32>
  } {nn.name = "relu"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y : tensor<4x8xf32>
}

// A task compares 16 elements for 10 fJ each. Its 64 bytes go into the buffer
// and out to the unit, and so do its results: 4 * 64 * 50 fJ.
// The transfer's 5 flits of 64 bits pass 3 routers for 100 fJ a flit, 1 mm of
// wire for 10 fJ a bit, and a link to the next tier for 1 fJ a bit.
// CHECK: sched.task "input:x"[0] {{.*}} energy 4096
// CHECK: sched.task "relu"[0] {{.*}} energy 12960
// CHECK: sched.task "relu"[1] {{.*}} energy 12960
// CHECK: sched.transfer "relu"[1] {{.*}} energy 5020
// CHECK: sched.summary
// CHECK-SAME: energy_fj {analog_to_digital = 0 : i64, buffer = 25600 : i64,
// CHECK-SAME: crossbar_array = 0 : i64, digital_to_analog = 0 : i64, dram = 4096 : i64,
// CHECK-SAME: host = 0 : i64, leakage = 0 : i64, link = 3520 : i64,
// CHECK-SAME: processor = 0 : i64, register = 0 : i64, router = 1500 : i64, shift_and_add = 0 : i64,
// CHECK-SAME: systolic_mac = 0 : i64, vector_unit = 320 : i64}
// At (0, 0, 0) the tasks and a router; at (1, 0, 0) a router and the link to it;
// at (1, 0, 1) a router and the link from below.
// CHECK-SAME: node_energy_fj [26420, 3700, 0, 0, 0, 820, 0, 0]
// The temperatures of a former estimate are taken away.
// CHECK-NOT: sched.temperature

// Over 2000 ps a microwatt is 2 fJ: 8 routers of 1000 uW, 4 systolic nodes of
// 320 uW with their vector units, 4 crossbar nodes of 24 uW, the memory and the
// host.
// IDLE: leakage = 1318752 : i64
// IDLE-SAME: node_energy_fj [29060, 6340, 2640, 2640, 2048, 2868, 2048, 2048]

// A crossbar node has 16 arrays of 500 nW with 16 DACs of 10 nW, an ADC of 60
// nW, adders of 5 and registers of 1 nW each, and two buffers of 2000 nW: 15616
// nW, in 2000 ps 31.232 fJ, which are rounded up.
// PARTS: leakage = 128 : i64
// PARTS-SAME: node_energy_fj [26420, 3700, 0, 0, 32, 852, 32, 32]
sched.schedule @main_schedule on @small makespan_ps(2000) {
  %0 = sched.task "input:x"[0] on (0, 0, 0) "dram" start 0 duration 100
    energy 4096
  %1 = sched.task "relu"[0] on (0, 0, 0) "vector" after(%0) start 100
    duration 500
  %2 = sched.task "relu"[1] on (0, 0, 0) "vector" after(%0) start 600
    duration 500
  %3 = sched.transfer "relu"[1] along (0, 0, 0)[x+, z+] bits 256 flits 5
    flit_ps 10 hop_ps 10 after(%2) start 1100 duration 900
  sched.summary makespan_ps 2000 critical_path_ps 2000
    busiest_resource_ps 1000 "unit (0, 0, 0) vector" bandwidth_ps 50
  sched.temperature period_ps 2000 peak_mk 300000 at (0, 0, 0) node_mk [300000]
}

// A route of two links, a branch of one from its middle, and the middle itself:
// 5 flits of 64 bits at six outputs of routers for 100 fJ a flit, two of 1 mm of
// wire for 10 fJ a bit and two vertical links for 1 fJ a bit.
// CHECK-LABEL: sched.schedule @multicast
// CHECK: sched.transfer "relu"[1] {{.*}} energy 10540
// (0, 0, 0) has an output; (1, 0, 0) three and the link to it; (1, 1, 0),
// (1, 0, 1) and (1, 1, 1) one and the link to it.
// CHECK: node_energy_fj [500, 4700, 0, 3700, 0, 820, 0, 820]
sched.schedule @multicast on @small makespan_ps(900) {
  %0 = sched.transfer "relu"[1] along (0, 0, 0)[x+, y+, z+]
    branches [(1, 0, 0)[z+], (1, 0, 0)[]] bits 256 flits 5
    flit_ps 10 hop_ps 10 start 0 duration 900
  sched.summary makespan_ps 900 critical_path_ps 900
    busiest_resource_ps 50 "injection (0, 0, 0)" bandwidth_ps 50
}
