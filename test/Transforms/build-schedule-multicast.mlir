// RUN: sed 's/arch.noc @mesh {dims/arch.noc @mesh {multicast, dims/' %inputs/small-machine.mlir \
// RUN:   | cat - %s | atleus-opt --atleus-insert-transfers --atleus-verify-transfers \
// RUN:       --atleus-build-schedule --atleus-schedule | FileCheck %s

// Tasks at four nodes read all of "x": each of its two results goes over the
// four links of one tree, 9 flits for 2 x 8 floats, and all wait for the same
// transfer. The farthest node is 4 routers of 4 cycles and 3 links away; 3 cycles
// at the ports and 8 more flits make 30. Energy is that of 9 flits at 8 outputs
// of routers, 100 fJ each, and of 576 bits over 2 mm at 10 fJ and over 2 vertical
// links at 1 fJ.
// CHECK-LABEL: sched.schedule @all_read_all_schedule
// CHECK: %[[X0:.*]] = sched.task "x"[0] on (0, 0, 0)
// CHECK: %[[X1:.*]] = sched.task "x"[1] on (0, 0, 0)
// CHECK: %[[T0:.*]] = sched.transfer "x"[0] along (0, 0, 0)[x+, y+, z+] branches [(1, 1, 0)[], (1, 0, 0)[z+], (1, 0, 0)[]] bits 512 flits 9 flit_ps 1000 hop_ps 5000 after(%[[X0]]) start {{[0-9]+}} duration 30000 energy 19872
// CHECK: %[[T1:.*]] = sched.transfer "x"[1] along (0, 0, 0)[x+, y+, z+] branches [(1, 1, 0)[], (1, 0, 0)[z+], (1, 0, 0)[]] {{.*}} after(%[[X1]])
// CHECK: sched.task "y"[0] on (1, 0, 0) "array" after(%[[B:.*]], %[[T0]], %[[T1]])
// CHECK: sched.task "y"[1] on (1, 1, 0) "array"
// CHECK-NOT: sched.transfer "x"
// CHECK: sched.task "z"[0] on (1, 1, 1) "vector" after(%[[T0]], %[[T1]])
// CHECK: sched.task "w"[0] on (1, 0, 1) "vector" after(%[[T0]], %[[T1]])
// CHECK: sched.summary
func.func @all_read_all(%u: tensor<8x4xf32>, %v: tensor<4x8xf32>)
    -> (tensor<8x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>) {
  %x = systolic.vector (%v) on @sa0 at (0, 0, 0) task_tile [2, 8] {
  ^bb0(%b: tensor<4x8xf32>):
    %r = nn.gelu %b : tensor<4x8xf32>
    nn.yield %r : tensor<4x8xf32>
  } {nn.name = "x"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %y = systolic.matmul %u, %x on @sa0 at (1, 0, 0)(1, 1, 0) task_tile [4, 8]
      {nn.name = "y"} : (tensor<8x4xf32>, tensor<4x8xf32>) -> tensor<8x8xf32>
  %z = systolic.vector (%x) on @sa0 at (1, 1, 1) task_tile [4, 8] {
  ^bb0(%b: tensor<4x8xf32>):
    %r = nn.gelu %b : tensor<4x8xf32>
    nn.yield %r : tensor<4x8xf32>
  } {nn.name = "z"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %w = systolic.vector (%x) on @sa0 at (1, 0, 1) task_tile [4, 8] {
  ^bb0(%b: tensor<4x8xf32>):
    %r = nn.gelu %b : tensor<4x8xf32>
    nn.yield %r : tensor<4x8xf32>
  } {nn.name = "w"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y, %z, %w : tensor<8x8xf32>, tensor<4x8xf32>, tensor<4x8xf32>
}

// What two nodes read of "most" is mostly the same: three of four rows go to the
// one, all to the other, and both get all, over one link that both ways share.
// CHECK-LABEL: sched.schedule @mostly_the_same_schedule
// CHECK: sched.transfer "most"[0] along (0, 0, 0)[x+, y+] branches [(1, 0, 0)[]] bits 1024
// CHECK-NOT: sched.transfer "most"
// CHECK: sched.summary
func.func @mostly_the_same(%v: tensor<4x8xf32>)
    -> (tensor<3x8xf32>, tensor<4x8xf32>) {
  %x = systolic.vector (%v) on @sa0 at (0, 0, 0) task_tile [4, 8] {
  ^bb0(%b: tensor<4x8xf32>):
    %r = nn.gelu %b : tensor<4x8xf32>
    nn.yield %r : tensor<4x8xf32>
  } {nn.name = "most"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %s = nn.slice %x offsets [0, 0] sizes [3, 8] strides [1, 1]
      : tensor<4x8xf32> -> tensor<3x8xf32>
  %y = systolic.vector (%s) on @sa0 at (1, 0, 0) task_tile [3, 8] {
  ^bb0(%b: tensor<3x8xf32>):
    %r = nn.gelu %b : tensor<3x8xf32>
    nn.yield %r : tensor<3x8xf32>
  } {nn.name = "some"} : (tensor<3x8xf32>) -> tensor<3x8xf32>
  %z = systolic.vector (%x) on @sa0 at (1, 1, 0) task_tile [4, 8] {
  ^bb0(%b: tensor<4x8xf32>):
    %r = nn.gelu %b : tensor<4x8xf32>
    nn.yield %r : tensor<4x8xf32>
  } {nn.name = "all"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  return %y, %z : tensor<3x8xf32>, tensor<4x8xf32>
}

// Halves of a result stay apart: together they would bring to both nodes twice
// what is read there.
// CHECK-LABEL: sched.schedule @halves_schedule
// CHECK: sched.transfer "halves"[0] along (0, 0, 0)[x+] bits 512
// CHECK: sched.transfer "halves"[0] along (0, 0, 0)[x+, y+] bits 512
// CHECK-NOT: branches
// CHECK: sched.summary
func.func @halves(%v: tensor<4x8xf32>)
    -> (tensor<2x8xf32>, tensor<2x8xf32>) {
  %x = systolic.vector (%v) on @sa0 at (0, 0, 0) task_tile [4, 8] {
  ^bb0(%b: tensor<4x8xf32>):
    %r = nn.gelu %b : tensor<4x8xf32>
    nn.yield %r : tensor<4x8xf32>
  } {nn.name = "halves"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %s = nn.slice %x offsets [0, 0] sizes [2, 8] strides [1, 1]
      : tensor<4x8xf32> -> tensor<2x8xf32>
  %t = nn.slice %x offsets [2, 0] sizes [2, 8] strides [1, 1]
      : tensor<4x8xf32> -> tensor<2x8xf32>
  %y = systolic.vector (%s) on @sa0 at (1, 0, 0) task_tile [2, 8] {
  ^bb0(%b: tensor<2x8xf32>):
    %r = nn.gelu %b : tensor<2x8xf32>
    nn.yield %r : tensor<2x8xf32>
  } {nn.name = "first"} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  %z = systolic.vector (%t) on @sa0 at (1, 1, 0) task_tile [2, 8] {
  ^bb0(%b: tensor<2x8xf32>):
    %r = nn.gelu %b : tensor<2x8xf32>
    nn.yield %r : tensor<2x8xf32>
  } {nn.name = "second"} : (tensor<2x8xf32>) -> tensor<2x8xf32>
  return %y, %z : tensor<2x8xf32>, tensor<2x8xf32>
}
