// RUN: cat %inputs/small-machine.mlir %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-assign-tiers=policy=all-systolic -o %t.assigned.mlir
// RUN: FileCheck %s --input-file=%t.assigned.mlir
// RUN: atleus-opt %t.assigned.mlir --convert-nn-to-systolic --atleus-tile \
// RUN:   --atleus-place --atleus-insert-transfers --atleus-build-schedule \
// RUN:   | FileCheck %s --check-prefix=TASKS

// The keys lie before the new ones: only these are written. The values come in
// another layout than they leave, and what is no operand of attention is no
// cache.
// CHECK: func.func @main
// CHECK-SAME: tensor<1x3x8xf32> {arch.appends_to = 1 : i64, nn.name = "keys"}
// CHECK-SAME: tensor<1x8x3xf32> {nn.name = "values"}
// CHECK-SAME: tensor<1x3x8xf32> {nn.name = "log"}
// TASKS-COUNT-1: sched.task "output:keys"
// TASKS-NOT: "output:keys"
// TASKS-COUNT-2: sched.task "output:values"
// TASKS-COUNT-2: sched.task "output:log"
func.func @main(%x: tensor<1x1x8xf32> {nn.name = "x"},
                %pk: tensor<1x2x8xf32> {nn.name = "past_keys"},
                %pv: tensor<1x2x8xf32> {nn.name = "past_values"},
                %pl: tensor<1x2x8xf32> {nn.name = "past_log"})
    -> (tensor<1x1x8xf32> {nn.name = "y"},
        tensor<1x3x8xf32> {nn.name = "keys"},
        tensor<1x8x3xf32> {nn.name = "values"},
        tensor<1x3x8xf32> {nn.name = "log"}) {
  %k = nn.relu %x {nn.name = "key"} : tensor<1x1x8xf32>
  %keys = nn.concat %pk, %k axis 1
      : (tensor<1x2x8xf32>, tensor<1x1x8xf32>) -> tensor<1x3x8xf32>
  %values = nn.concat %pv, %k axis 1
      : (tensor<1x2x8xf32>, tensor<1x1x8xf32>) -> tensor<1x3x8xf32>
  %log = nn.concat %pl, %k axis 1
      : (tensor<1x2x8xf32>, tensor<1x1x8xf32>) -> tensor<1x3x8xf32>
  %turned = nn.transpose %values [0, 2, 1]
      : tensor<1x3x8xf32> -> tensor<1x8x3xf32>
  %y = nn.attention %x, %keys, %values heads 1 kv_heads 1 scale 0.5
      {nn.name = "attention"}
      : (tensor<1x1x8xf32>, tensor<1x3x8xf32>, tensor<1x3x8xf32>)
      -> tensor<1x1x8xf32>
  return %y, %keys, %turned, %log
      : tensor<1x1x8xf32>, tensor<1x3x8xf32>, tensor<1x8x3xf32>,
        tensor<1x3x8xf32>
}
