// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:   --atleus-insert-transfers --atleus-build-schedule | FileCheck %s

#cells = #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1,
    adc_bits = 6, active_rows = 16, encoding = offset>
!w = !quant.uniform<i8:f32, 0.5>
!array = !pim.array<tensor<16x16x!w>, #cells>

// Rows of an array are written one after another, 16 times 10 ns; 16 x 16
// weights take 4 arrays, or 1024 cells of 1000 fJ.
// CHECK-LABEL: sched.schedule @products_schedule of "products" on @small
// CHECK-NEXT: sched.program "query" on [(1, 0, 1)] arrays 4 duration 160000 energy 1024000

// Input tiles come from memory: 50 ns and 256 bytes at 8 bytes per ns.
// CHECK-NEXT: %[[IN0:.*]] = sched.task "input:tokens"[0] on (0, 0, 0) "dram" duration 82000 energy {{[0-9]+}} bytes 256 result_bits 2048
// CHECK-NEXT: %[[T0:.*]] = sched.transfer "input:tokens"[0] along (0, 0, 0)[x+, z+] bits 2048 flits 34 flit_ps 1000 hop_ps 5000 after(%[[IN0]])
// CHECK-NEXT: %[[IN1:.*]] = sched.task "input:tokens"[1] on (0, 0, 0) "dram"
// CHECK-NEXT: %[[T1:.*]] = sched.transfer "input:tokens"[1] {{.*}} after(%[[IN1]])

// Tasks run on the arrays of their kernel, each when its tokens are there, and
// leave 16 x 16 floats.
// CHECK-NEXT: %[[Q0:.*]] = sched.task "query"[0] on (1, 0, 1) "arrays query" after(%[[T0]]) {{.*}} result_bits 8192
// CHECK-NEXT: %[[Q1:.*]] = sched.task "query"[1] on (1, 0, 1) "arrays query" after(%[[T1]])

// CHECK-NEXT: %[[M0:.*]] = sched.transfer "query"[0] along (1, 0, 1)[z-] bits 8192
// CHECK-NEXT: %[[M1:.*]] = sched.transfer "query"[1] along (1, 0, 1)[y+, z-] bits 8192
// CHECK-NEXT: %[[G0:.*]] = sched.task "gelu"[0] on (1, 0, 0) "vector" after(%[[M0]])
// CHECK-NEXT: %[[G1:.*]] = sched.task "gelu"[1] on (1, 1, 0) "vector" after(%[[M1]])

// What is on the node is not sent. The weight comes from memory, which its
// loads hold for 1024 bytes at 8 bytes per ns.
// CHECK-NEXT: %[[L0:.*]] = sched.task "load:product"[0] on (1, 0, 0) "loader" streams "dram" (0, 0, 0) for 128000 duration 178000 energy {{[0-9]+}} bytes 1024 result_bits 8192
// CHECK-NEXT: %[[P0:.*]] = sched.task "product"[0] on (1, 0, 0) "array" after(%[[G0]], %[[L0]])
// CHECK-NEXT: %[[L1:.*]] = sched.task "load:product"[1] on (1, 1, 0) "loader" streams "dram" (0, 0, 0) for 128000 duration 178000
// CHECK-NEXT: %[[P1:.*]] = sched.task "product"[1] on (1, 1, 0) "array" after(%[[G1]], %[[L1]])
// CHECK-NEXT: %[[R0:.*]] = sched.transfer "product"[0] along (1, 0, 0)[x-] bits 8192
// CHECK-NEXT: sched.task "output:result"[0] on (0, 0, 0) "dram" after(%[[R0]])
// CHECK-NOT: result_bits
// CHECK-NEXT: %[[R1:.*]] = sched.transfer "product"[1] along (1, 1, 0)[x-, y-]
// CHECK-NEXT: sched.task "output:result"[1] on (0, 0, 0) "dram" after(%[[R1]])
// CHECK-NEXT: }
func.func @products(%x: tensor<32x16x!w> {nn.name = "tokens"},
                    %u: tensor<16x16x!w>)
    -> (tensor<32x16xf32> {nn.name = "result"}) {
  %a = pim.program %u on @reram0 at (1, 0, 1) features [0, 16]
      {nn.name = "query"} : tensor<16x16x!w> -> !array
  %y = pim.mvm %a, %x on @reram0 at (1, 0, 1) task_tile [16, 16]
      {nn.name = "query"} : (!array, tensor<32x16x!w>) -> tensor<32x16xf32>
  %z = systolic.vector (%y) on @sa0 at (1, 0, 0)(1, 1, 0) task_tile [16, 16] {
  ^bb0(%b: tensor<32x16xf32>):
    %r = nn.gelu %b : tensor<32x16xf32>
    nn.yield %r : tensor<32x16xf32>
  } {nn.name = "gelu"} : (tensor<32x16xf32>) -> tensor<32x16xf32>
  %c = nn.constant dense<0.5> : tensor<16x16xf32>
  %m = systolic.matmul %z, %c on @sa0 at (1, 0, 0)(1, 1, 0)
      task_tile [16, 16] {nn.name = "product", static_rhs}
      : (tensor<32x16xf32>, tensor<16x16xf32>) -> tensor<32x16xf32>
  return %m : tensor<32x16xf32>
}

// Four tasks read all that three have computed: the pieces are sent once to
// each of two nodes, and the tasks of a node wait for them together.
// CHECK-LABEL: sched.schedule @shared_schedule
// CHECK: %[[Y0:.*]] = sched.task "y"[0]
// CHECK: %[[Y1:.*]] = sched.task "y"[1]
// CHECK: %[[Y2:.*]] = sched.task "y"[2]
// CHECK: %[[A0:.*]] = sched.transfer "y"[0] along (0, 0, 0)[x+]
// CHECK: %[[A1:.*]] = sched.transfer "y"[1] along (0, 0, 0)[x+]
// CHECK: %[[A2:.*]] = sched.transfer "y"[2] along (0, 0, 0)[x+]
// CHECK: %[[ALL:.*]] = sched.barrier after(%[[A0]], %[[A1]], %[[A2]])
// CHECK: sched.transfer "y"[0] along (0, 0, 0)[x+, y+]
// CHECK: sched.transfer "y"[1] along (0, 0, 0)[x+, y+]
// CHECK: sched.transfer "y"[2] along (0, 0, 0)[x+, y+]
// CHECK: sched.barrier
// CHECK: sched.task "z"[0] on (1, 0, 0) "array" after({{.*}}%[[ALL]])
// CHECK: sched.task "z"[1] on (1, 0, 0) "array" after({{.*}}%[[ALL]])
// CHECK: sched.task "z"[2] on (1, 1, 0) "array"
// CHECK: sched.task "z"[3] on (1, 1, 0) "array"
// CHECK-NOT: sched.transfer "y"
func.func @shared(%x: tensor<6x8xf32>, %u: tensor<8x6xf32>)
    -> tensor<8x8xf32> {
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [2, 8] {
  ^bb0(%b: tensor<6x8xf32>):
    %r = nn.gelu %b : tensor<6x8xf32>
    nn.yield %r : tensor<6x8xf32>
  } {nn.name = "y"} : (tensor<6x8xf32>) -> tensor<6x8xf32>
  %z = systolic.matmul %u, %y on @sa0 at (1, 0, 0)(1, 1, 0) task_tile [2, 8]
      {nn.name = "z"} : (tensor<8x6xf32>, tensor<6x8xf32>) -> tensor<8x8xf32>
  return %z : tensor<8x8xf32>
}

// Without the views a transfer would carry all columns.
// CHECK-LABEL: sched.schedule @part_schedule
// CHECK: sched.transfer "all"[0] along (0, 0, 0)[x+] bits 256
// CHECK: sched.task "some"[0] on (1, 0, 0) "vector"
func.func @part(%x: tensor<4x8xf32>) -> tensor<2x4xf32> {
  %y = systolic.vector (%x) on @sa0 at (0, 0, 0) task_tile [4, 8] {
  ^bb0(%b: tensor<4x8xf32>):
    %r = nn.gelu %b : tensor<4x8xf32>
    nn.yield %r : tensor<4x8xf32>
  } {nn.name = "all"} : (tensor<4x8xf32>) -> tensor<4x8xf32>
  %s = nn.slice %y offsets [0, 6] sizes [4, 2] strides [1, 1]
      : tensor<4x8xf32> -> tensor<4x2xf32>
  %t = nn.transpose %s [1, 0] : tensor<4x2xf32> -> tensor<2x4xf32>
  %z = systolic.vector (%t) on @sa0 at (1, 0, 0) task_tile [2, 4] {
  ^bb0(%b: tensor<2x4xf32>):
    %r = nn.gelu %b : tensor<2x4xf32>
    nn.yield %r : tensor<2x4xf32>
  } {nn.name = "some"} : (tensor<2x4xf32>) -> tensor<2x4xf32>
  return %z : tensor<2x4xf32>
}

// CHECK-LABEL: sched.schedule @host_schedule
// CHECK: sched.task "lookup"[0] on (1, 1, 0) "host"
func.func @host(%i: tensor<4xi64>) -> tensor<4x2xf32> {
  %t = nn.constant dense<0.5> : tensor<10x2xf32>
  %y = nn.host (%t, %i) on @host at (1, 1, 0) task_tile [4, 2] {
  ^bb0(%a: tensor<10x2xf32>, %b: tensor<4xi64>):
    %r = nn.embedding %a, %b
        : (tensor<10x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
    nn.yield %r : tensor<4x2xf32>
  } {nn.name = "lookup"} : (tensor<10x2xf32>, tensor<4xi64>) -> tensor<4x2xf32>
  return %y : tensor<4x2xf32>
}

// Two tasks compute two rows of each result and leave 2 x 2 x 32 bits of the one
// and 2 x 2 x 64 bits of the other.
// CHECK-LABEL: sched.schedule @two_results_schedule
// CHECK: sched.task "both"[0] on (1, 0, 0) "vector" {{.*}} result_bits 384
// CHECK: sched.task "both"[1] on (1, 0, 0) "vector" {{.*}} result_bits 384
func.func @two_results(%x: tensor<4x2xf32>, %i: tensor<4x2xi64>)
    -> (tensor<4x2xf32>, tensor<4x2xi64>) {
  %y:2 = systolic.vector (%x, %i) on @sa0 at (1, 0, 0) task_tile [2, 2] {
  ^bb0(%a: tensor<4x2xf32>, %b: tensor<4x2xi64>):
    %r = nn.gelu %a : tensor<4x2xf32>
    %s = nn.add %b, %b
        : (tensor<4x2xi64>, tensor<4x2xi64>) -> tensor<4x2xi64>
    nn.yield %r, %s : tensor<4x2xf32>, tensor<4x2xi64>
  } {nn.name = "both"} : (tensor<4x2xf32>, tensor<4x2xi64>)
      -> (tensor<4x2xf32>, tensor<4x2xi64>)
  return %y#0, %y#1 : tensor<4x2xf32>, tensor<4x2xi64>
}
