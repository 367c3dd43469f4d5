// RUN: cat %inputs/small-machine.mlir %s > %t.mlir
// RUN: atleus-opt %t.mlir --atleus-assign-tiers="assign=layer.*=@sa0,layer.1.*=@reram0,*.gelu=@host" \
// RUN:   | FileCheck %s
// RUN: atleus-opt %t.mlir --atleus-assign-tiers="policy=cost assign=layer.*=@sa0,layer.1.*=@reram0" \
// RUN:   | FileCheck %s --check-prefix=COST
// RUN: atleus-opt %t.mlir --atleus-assign-tiers="assign=layr.0.*=@sa0" 2>&1 \
// RUN:   | FileCheck %s --check-prefix=UNUSED

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// UNUSED: warning: pin 'layr.0.*=@sa0' matches no kernel; the nearest names are 'layer.0.

// The last pin that matches counts; the host can be one.
// CHECK: arch.reason = "pinned by 'layer.*=@sa0'", arch.tier = @sa0, nn.name = "layer.0.ffn"
// CHECK: arch.reason = "pinned by '*.gelu=@host'", arch.tier = @host, nn.name = "layer.0.gelu"
// CHECK: nn.quantize {{.*}}arch.tier = @sa0}
// CHECK: arch.reason = "pinned by 'layer.1.*=@reram0'", arch.tier = @reram0, nn.name = "layer.1.ffn"
// COST: arch.tier = @sa0, nn.name = "layer.0.ffn"
// COST: arch.tier = @reram0, nn.name = "layer.1.ffn"
func.func @main(%x: tensor<4x16x!x>) -> tensor<4x16xf32> {
  %c = nn.constant dense<0.5> : tensor<16x16xf32>
  %w = nn.quantize %c : tensor<16x16xf32> to tensor<16x16x!w>
  %a = nn.linear %x, %w {nn.name = "layer.0.ffn"}
      : (tensor<4x16x!x>, tensor<16x16x!w>) -> tensor<4x16xf32>
  %g = nn.gelu %a {nn.name = "layer.0.gelu"} : tensor<4x16xf32>
  %q = nn.quantize %g : tensor<4x16xf32> to tensor<4x16x!x>
  %b = nn.linear %q, %w {nn.name = "layer.1.ffn"}
      : (tensor<4x16x!x>, tensor<16x16x!w>) -> tensor<4x16xf32>
  return %b : tensor<4x16xf32>
}
