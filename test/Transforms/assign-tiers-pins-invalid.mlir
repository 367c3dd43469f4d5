// RUN: cat %inputs/small-machine.mlir %s > %t.mlir
// RUN: not atleus-opt %t.mlir --atleus-assign-tiers=assign=large 2>&1 | FileCheck %s --check-prefix=SYNTAX
// RUN: not atleus-opt %t.mlir --atleus-assign-tiers="assign=l[=@sa0" 2>&1 | FileCheck %s --check-prefix=GLOB
// RUN: not atleus-opt %t.mlir --atleus-assign-tiers=assign=large=@reram 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not atleus-opt %t.mlir --atleus-assign-tiers=assign=product=@reram0 2>&1 | FileCheck %s --check-prefix=DYNAMIC
// RUN: sed 's/vector = @lanes, memory = @dram/vector = @lanes/' %t.mlir | not atleus-opt --atleus-assign-tiers=assign=large=@sa0 2>&1 | FileCheck %s --check-prefix=MEMORY
// RUN: not atleus-opt %t.mlir --atleus-assign-tiers="policy=cost spill=auto assign=*ge=@reram0" 2>&1 | FileCheck %s --check-prefix=ROOM

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// SYNTAX: error: pin 'large': needs a pattern of names and a tier, such as 'encoder.*=@reram0'
// GLOB: error: pin 'l[=@sa0': invalid glob pattern
// UNKNOWN: error: pin 'large=@reram': @small has no tier and no host 'reram'; the nearest names are 'reram0', 
// UNKNOWN: note: machine declared here
// DYNAMIC: error: 'nn.matmul' op cannot run on tier @reram0, to which 'product=@reram0' sends it: a crossbar holds static operands only
// MEMORY: error: 'nn.linear' op cannot run on tier @sa0, to which 'large=@sa0' sends it: the core has no memory to read 3,072 bytes of parameters from
// ROOM: error: 'nn.linear' op has no room in the tier that '*ge=@reram0' names: 2 kernels pinned there need 96 crossbars, tier @reram0 has 64: short by 32
// ROOM: note: 'large' needs 48
// ROOM: note: 'huge' needs 48
// ROOM: note: tier @reram0 has 4 cores of 16 crossbars
func.func @main(%x: tensor<4x16x!x>)
    -> (tensor<4x192xf32>, tensor<4x192xf32>, tensor<4x4xf32>) {
  %c = nn.constant dense<0.5> : tensor<16x192xf32>
  %w = nn.quantize %c : tensor<16x192xf32> to tensor<16x192x!w>
  %a = nn.linear %x, %w {nn.name = "large"}
      : (tensor<4x16x!x>, tensor<16x192x!w>) -> tensor<4x192xf32>
  %b = nn.linear %x, %w {nn.name = "huge"}
      : (tensor<4x16x!x>, tensor<16x192x!w>) -> tensor<4x192xf32>
  %g = nn.gelu %b {nn.name = "gelu"} : tensor<4x192xf32>
  %p = nn.matmul %g, %g {transpose_rhs, nn.name = "product"}
      : (tensor<4x192xf32>, tensor<4x192xf32>) -> tensor<4x4xf32>
  return %a, %g, %p : tensor<4x192xf32>, tensor<4x192xf32>, tensor<4x4xf32>
}
