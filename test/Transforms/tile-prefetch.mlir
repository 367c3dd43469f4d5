// A task of a product with a streamed weight reads no more columns than half of
// the quarter of a buffer that is for weights holds: one tile comes while another
// is in use.
// RUN: cat %inputs/small-machine.mlir %s \
// RUN:   | sed 's/buffer_bytes = 65536, buffer_bytes_per_cycle/buffer_bytes = 6400, buffer_bytes_per_cycle/' \
// RUN:   | atleus-opt --atleus-tile | FileCheck %s
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --atleus-tile \
// RUN:   | FileCheck %s --check-prefix=ROOMY

// 800 bytes hold 3 columns of 64 floats, and none of 512. The other 4800 hold all
// 16 rows of 64 floats, and 2 of 512. Of the rows half wait for less.
// CHECK: systolic.matmul {{.*}} task_tile [8, 3] {nn.name = "narrow"
// CHECK: systolic.matmul {{.*}} task_tile [2, 1] {nn.name = "tall"
// ROOMY: systolic.matmul {{.*}} task_tile [16, 16] {nn.name = "narrow"
// ROOMY: systolic.matmul {{.*}} task_tile [8, 4] {nn.name = "tall"
func.func @main(%x: tensor<16x64xf32>, %y: tensor<16x512xf32>)
    -> (tensor<16x64xf32>, tensor<16x16xf32>) {
  %v = nn.constant dense<0.5> : tensor<64x64xf32>
  %w = nn.constant dense<0.5> : tensor<512x16xf32>
  %a = systolic.matmul %x, %v on @sa0 task_tile [16, 64]
      {nn.name = "narrow", static_rhs}
      : (tensor<16x64xf32>, tensor<64x64xf32>) -> tensor<16x64xf32>
  %b = systolic.matmul %y, %w on @sa0 task_tile [16, 16]
      {nn.name = "tall", static_rhs}
      : (tensor<16x512xf32>, tensor<512x16xf32>) -> tensor<16x16xf32>
  return %a, %b : tensor<16x64xf32>, tensor<16x16xf32>
}
