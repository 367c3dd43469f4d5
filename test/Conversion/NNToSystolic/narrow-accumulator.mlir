// RUN: sed 's/accumulator_bits = 32/accumulator_bits = 16, overflow = #arch.overflow<saturate>/' \
// RUN:     %inputs/small-machine.mlir > %t.mlir
// RUN: cat %t.mlir %s | atleus-opt --convert-nn-to-systolic 2>&1 >%t.out \
// RUN:   | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
// RUN: FileCheck %s --check-prefix=IR --input-file=%t.out
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt \
// RUN:     --convert-nn-to-systolic 2>&1 \
// RUN:   | FileCheck %s --check-prefix=WIDE --implicit-check-not=warning:

// Four times 128 * 128 takes 18 bits, as does four times 128 * (255 - 10). The
// product of floats has no accumulator of integers.
// CHECK: warning: sums of products may need an accumulator of 18 bits, found 16: larger ones saturate, here and in 1 other kernel{{$}}
// CHECK-NEXT: systolic.matmul
// CHECK: note: declared here
// CHECK-NEXT: arch.systolic @pe

// IR: systolic.matmul {{.*}} {accumulator_bits = 16 : i64, nn.name = "matmul.0", overflow = #arch.overflow<saturate>}
// IR: systolic.matmul {{.*}} {accumulator_bits = 16 : i64, nn.name = "matmul.1", overflow = #arch.overflow<saturate>}
// IR: systolic.matmul {{.*}} {nn.name = "matmul.2"}

// WIDE: systolic.matmul {{.*}} {accumulator_bits = 32 : i64, nn.name = "matmul.0"}

!x = !quant.uniform<i8:f32, 0.1>
!y = !quant.uniform<u8:f32, 0.1:10>
func.func @main(%a: tensor<4x4x!x>, %b: tensor<4x4x!y>, %c: tensor<4x4xf32>)
    -> (tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>) {
  %0 = nn.matmul %a, %a {arch.tier = @sa0}
      : (tensor<4x4x!x>, tensor<4x4x!x>) -> tensor<4x4xf32>
  %1 = nn.matmul %a, %b {arch.tier = @sa0}
      : (tensor<4x4x!x>, tensor<4x4x!y>) -> tensor<4x4xf32>
  %2 = nn.matmul %c, %c {arch.tier = @sa0}
      : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  return %0, %1, %2 : tensor<4x4xf32>, tensor<4x4xf32>, tensor<4x4xf32>
}
