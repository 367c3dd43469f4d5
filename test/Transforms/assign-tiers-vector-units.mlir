// RUN: sed 's/arch.tier @sm0.*//' %inputs/processor-machine.mlir > %t.mlir
// RUN: cat %t.mlir %s | atleus-opt --atleus-assign-tiers=policy=all-crossbar 2>&1 | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// On a machine of crossbars alone, their vector units take what they can; the
// rest goes to the host, and the reason is said.
// CHECK: remark: runs on the host: a crossbar holds static operands only; the product of 4x4 by 4x4 has two dynamic operands
// CHECK: remark: runs on the host: the core's vector unit has no 'divide' operation
// CHECK: remark: runs on the host: a crossbar holds static operands only
func.func @main(%x: tensor<4x4x!x>) -> tensor<4x4xf32> {
  %c = nn.constant dense<0.5> : tensor<4x4xf32>
  %w = nn.quantize %c : tensor<4x4xf32> to tensor<4x4x!w>
  // CHECK: nn.linear {{.*}}arch.tier = @reram0
  %y = nn.linear %x, %w : (tensor<4x4x!x>, tensor<4x4x!w>) -> tensor<4x4xf32>
  // CHECK: nn.add {{.*}}arch.tier = @reram0
  %a = nn.add %y, %y
      : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  // CHECK: nn.matmul {{.*}}arch.tier = @host
  %s = nn.matmul %a, %a {transpose_rhs}
      : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  // CHECK: nn.softmax {{.*}}arch.tier = @host
  %p = nn.softmax %s axis 1 : tensor<4x4xf32>
  // CHECK: nn.matmul {{.*}}arch.tier = @host
  %z = nn.matmul %p, %a
      : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  return %z : tensor<4x4xf32>
}
