// RUN: sed 's/, memory = @dram//' %inputs/small-machine.mlir \
// RUN:   | sed '/arch.memory @dram/,/from #test/d' > %t.mlir
// RUN: not grep memory %t.mlir
// RUN: cat %t.mlir %s | atleus-opt --atleus-assign-tiers=policy=cost \
// RUN:   --convert-nn-to-pim --convert-nn-to-systolic --atleus-tile \
// RUN:   --atleus-place --atleus-insert-transfers --atleus-build-schedule 2>&1 \
// RUN:   | FileCheck %s

// What a kernel reads as soon as attention is kernels counts when a tier is
// chosen: the scale of its scores, and the positions that it hides.
// CHECK: remark: runs on the host: the core has no memory to read 4 bytes of parameters from
// CHECK: remark: runs on the host: the core has no memory to read 40 bytes of parameters from
// CHECK: sched.schedule @main_schedule
func.func @main(%q: tensor<1x2x8xf32>) -> tensor<1x2x8xf32> {
  %a = nn.attention %q, %q, %q heads 1 kv_heads 1 scale 0.5
      {nn.name = "plain"}
      : (tensor<1x2x8xf32>, tensor<1x2x8xf32>, tensor<1x2x8xf32>)
      -> tensor<1x2x8xf32>
  %b = nn.attention %a, %a, %a heads 1 kv_heads 1 scale 0.5
      {causal, nn.name = "causal"}
      : (tensor<1x2x8xf32>, tensor<1x2x8xf32>, tensor<1x2x8xf32>)
      -> tensor<1x2x8xf32>
  %y = nn.relu %b {nn.name = "activation"} : tensor<1x2x8xf32>
  return %y : tensor<1x2x8xf32>
}
