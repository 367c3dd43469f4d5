// RUN: cat %S/Inputs/irregular-machine.mlir %s | atleus-opt \
// RUN:   --pass-pipeline='builtin.module(atleus-insert-transfers,atleus-verify-transfers,atleus-build-schedule,sched.schedule(atleus-schedule),atleus-estimate)' \
// RUN:   | FileCheck %s

// Data goes around the missing vertical links, and over the added link, whose
// 3 cycles are less than those of 3 planar links and the routers between them.
// CHECK-LABEL: func.func @main
func.func @main(%x: tensor<4x2xf32>) -> tensor<4x2xf32> {
  // CHECK: noc.transfer %{{.*}} from @sa0[(0, 0, 0)] to @sa1[(0, 0, 1)] along [(0, 0, 0)[x+, z+, x-]]
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "a"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  %z = systolic.vector (%y) on @sa1 at (0, 0, 1) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "b"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  // CHECK: noc.transfer %{{.*}} from @sa1[(0, 0, 1)] to @sa0[(2, 1, 0)] along [(0, 0, 1)[x+, x+, y+, z-]]
  %u = systolic.vector (%z) on @sa0 at (2, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<4x2xf32>):
    %r = nn.gelu %a : tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "c"} : (tensor<4x2xf32>) -> tensor<4x2xf32>
  // CHECK: noc.transfer %{{.*}} from @sa0[(2, 1, 0)] to @dram[(0, 0, 0)] along [(2, 1, 0)[-> (0, 0, 0)]]
  return %u : tensor<4x2xf32>
}

// 256 bits are 3 flits. Over 3 links they take 4 routers of 4 cycles, 3 cycles
// of links, 3 of ports, and 2 for the flits behind the head; over the added link
// 2 routers, 7.5 mm of wire at 100 fJ per bit and mm, and 2 routers' energy.
// CHECK: sched.transfer {{.*}} along (0, 0, 0)[x+, z+, x-] bits 256 flits 3 flit_ps 1000 hop_ps 5000 after({{.*}}) start {{[0-9]+}} duration 24000
// CHECK: sched.transfer {{.*}} along (2, 1, 0)[-> (0, 0, 0)] bits 256 flits 3 flit_ps 1000 hop_ps 5000 added_hop_ps 7000 after({{.*}}) start {{[0-9]+}} duration 16000 energy 350220
