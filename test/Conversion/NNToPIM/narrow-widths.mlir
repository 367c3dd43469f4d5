// RUN: sed 's/adc_bits = 6/adc_bits = 5/; s/adc_min_bits = 6/adc_min_bits = 5/; \
// RUN:     s/columns_per_adc/accumulator_bits = 16, columns_per_adc/' \
// RUN:     %inputs/small-machine.mlir > %t.mlir
// RUN: cat %t.mlir %s | atleus-opt --convert-nn-to-pim 2>&1 >%t.out \
// RUN:   | FileCheck %s --implicit-check-not=warning: --implicit-check-not=error:
// RUN: FileCheck %s --check-prefix=IR --input-file=%t.out

// The same with converters that round and registers that saturate.
// RUN: sed 's/adc_bits = 5/adc_range = #arch.adc_range<full_scale>, adc_bits = 5/; \
// RUN:     s/accumulator_bits = 16/accumulator_bits = 16, overflow = #arch.overflow<saturate>/' \
// RUN:     %t.mlir | cat - %s | atleus-opt --convert-nn-to-pim 2>&1 >%t.out \
// RUN:   | FileCheck %s --check-prefix=OTHER
// RUN: FileCheck %s --check-prefix=OTHERIR --input-file=%t.out

// Wide enough: nothing is said.
// RUN: cat %inputs/small-machine.mlir %s | atleus-opt --convert-nn-to-pim 2>&1 \
// RUN:   | FileCheck %s --check-prefix=WIDE --implicit-check-not=warning:

// 16 rows of 3 in a column sum up to 48; 20 products of up to 2^14 need 20 bits.
// CHECK: warning: column sums may need an ADC of 6 bits, found 5: larger ones are clipped{{$}}
// CHECK-NEXT: %1 = nn.linear
// CHECK: note: declared here
// CHECK-NEXT: arch.crossbar @cells
// CHECK: warning: sums of products may need an accumulator of 20 bits, found 16: larger ones wrap around, here and in 1 other kernel{{$}}
// CHECK-NEXT: %1 = nn.linear
// CHECK: note: declared here
// CHECK-NEXT: arch.crossbar @cells
// IR: #pim.crossbar<rows = 16, columns = 16, cell_bits = 2, dac_bits = 1, adc_bits = 5, active_rows = 16, encoding = offset, accumulator_bits = 16>

// OTHER: warning: column sums may need an ADC of 6 bits, found 5: all are rounded, here and in 1 other kernel{{$}}
// OTHER: warning: sums of products may need an accumulator of 20 bits, found 16: larger ones saturate, here and in 1 other kernel{{$}}
// OTHERIR: #pim.crossbar<{{.*}}, accumulator_bits = 16, overflow = saturate, adc_range = full_scale>

// WIDE: pim.mvm

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.5>

func.func @main(%x: tensor<3x20x!x>, %y: tensor<3x4x!x>)
    -> (tensor<3x1xf32>, tensor<3x1xf32>) {
  // 4 products of up to 2^14 need 18 bits; 4 rows of 3 need 4 bits of the ADC.
  %c = nn.constant dense<0.5> : tensor<4x1xf32>
  %v = nn.quantize %c : tensor<4x1xf32> to tensor<4x1x!w>
  %0 = nn.linear %y, %v {arch.tier = @reram0}
      : (tensor<3x4x!x>, tensor<4x1x!w>) -> tensor<3x1xf32>
  %d = nn.constant dense<0.5> : tensor<20x1xf32>
  %w = nn.quantize %d : tensor<20x1xf32> to tensor<20x1x!w>
  %1 = nn.linear %x, %w {arch.tier = @reram0}
      : (tensor<3x20x!x>, tensor<20x1x!w>) -> tensor<3x1xf32>
  return %0, %1 : tensor<3x1xf32>, tensor<3x1xf32>
}
