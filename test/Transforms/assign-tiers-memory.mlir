// RUN: sed -e 's/arch.machine @mixed/& streaming<overflow>/' \
// RUN:   -e 's/arch.tier @reram0.*//' %inputs/processor-machine.mlir > %t.mlir
// RUN: cat %t.mlir %s | not atleus-opt --atleus-assign-tiers=policy=cost 2>&1 | FileCheck %s
// RUN: sed 's/capacity_bytes = 65536/capacity_bytes = 85504/' %t.mlir \
// RUN:   | cat - %s | atleus-opt --atleus-assign-tiers=policy=cost -o /dev/null

// What streams from a memory, and what enters and leaves it, must fit into it:
// 16,384 numbers and 4,096 of 4 bytes, 512 that enter and 384 that leave.
// CHECK: error: needs 85,504 bytes of memory for parameters, inputs and results, @dram has 65,536: short by 19,968
// CHECK: note: 'large' needs 65,536 bytes
// CHECK: note: 'small' needs 16,384 bytes
// CHECK: note: input 0 needs 2,048 bytes
// CHECK: note: memory declared here; change it with --set dram.capacity_bytes=85504
func.func @main(%x: tensor<4x128xf32>) -> tensor<4x96xf32> {
  %c = nn.constant dense<0.5> : tensor<128x128xf32>
  %d = nn.constant dense<0.25> : tensor<128x32xf32>
  %y = nn.linear %x, %c {nn.name = "large"}
      : (tensor<4x128xf32>, tensor<128x128xf32>) -> tensor<4x128xf32>
  %z = nn.linear %y, %d {nn.name = "small"}
      : (tensor<4x128xf32>, tensor<128x32xf32>) -> tensor<4x32xf32>
  %a = nn.concat %z, %z, %z axis 1
      : (tensor<4x32xf32>, tensor<4x32xf32>, tensor<4x32xf32>)
      -> tensor<4x96xf32>
  return %a : tensor<4x96xf32>
}
