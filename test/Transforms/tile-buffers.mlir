// What a task reads and leaves has room in a part of its buffer.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile='tokens-per-task=16 buffer-share=1' \
// RUN:   | FileCheck %s --check-prefixes=CHECK,WHOLE
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile='tokens-per-task=16 buffer-share=2' \
// RUN:   | FileCheck %s --check-prefixes=CHECK,HALF
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | atleus-opt --atleus-tile='tokens-per-task=16 buffer-share=0' \
// RUN:   | FileCheck %s --check-prefix=FREE

// A row of 1024 floats has 4096 bytes, and a task reads two for each that it
// makes: 5 have room in 65536 bytes, of which halving 16 leaves 4.
// WHOLE: systolic.vector{{.*}} task_tile [4, 1024]
// HALF: systolic.vector{{.*}} task_tile [2, 1024]
// FREE: systolic.vector{{.*}} task_tile [16, 1024]

// Three quarters of the buffer are for the rows that a loaded weight multiplies:
// 8 of 16 have room there. Else they would be together, for the memory takes
// longer to send the weight than the network to bring all rows.
// CHECK: systolic.matmul {{.*}} task_tile [8, 2]
// FREE: systolic.matmul {{.*}} task_tile [16, 2]
func.func @main(%x: tensor<16x1024xf32>, %y: tensor<16x1024xf32>)
    -> tensor<16x64xf32> {
  %s = systolic.vector (%x, %y) on @sa0 task_tile [16, 1024] {
  ^bb0(%a: tensor<16x1024xf32>, %b: tensor<16x1024xf32>):
    %r = nn.add %a, %b : (tensor<16x1024xf32>, tensor<16x1024xf32>)
        -> tensor<16x1024xf32>
    nn.yield %r : tensor<16x1024xf32>
  } : (tensor<16x1024xf32>, tensor<16x1024xf32>) -> tensor<16x1024xf32>
  %w = nn.constant dense<0.5> : tensor<1024x64xf32>
  %p = systolic.matmul %s, %w on @sa0 task_tile [16, 64] {static_rhs}
      : (tensor<16x1024xf32>, tensor<1024x64xf32>) -> tensor<16x64xf32>
  return %p : tensor<16x64xf32>
}
