// RUN: atleus-opt %s --atleus-attach-machine="machine=atleus set=reram.tiles=1,reram.arrays_per_tile=12" \
// RUN:   --atleus-assign-tiers=policy=cost -split-input-file | FileCheck %s

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// Many tokens wait longer for crossbars, which take them one by one, than for
// the memory to send the weights, where there is no room for replicas.
// CHECK: func.func @prefill
// CHECK-SAME: arch.assignment = {energy_fj = {{[0-9]+}} : i64, exact = true, gap_ppm = 0 : i64, latency_ps = {{[0-9]+}} : i64, objective = "latency", policy = "cost"}
func.func @prefill(%x: tensor<1024x768x!x>) -> tensor<1024x768xf32> {
  %c = nn.constant dense<0.5> : tensor<768x768xf32>
  %w = nn.quantize %c : tensor<768x768xf32> to tensor<768x768x!w>
  // CHECK: nn.linear
  // CHECK-SAME: arch.alternatives = {reram0 = array<i64: [[SLOW:[0-9]+]], {{[0-9]+}}>, reram1 = array<i64: [[SLOW]], {{[0-9]+}}>, sa0 = array<i64: {{[0-9]+}}, {{[0-9]+}}>, sa1 = array<i64:
  // CHECK-SAME: arch.reason = "cheapest by latency", arch.tier = @sa
  %a = nn.linear %x, %w
      : (tensor<1024x768x!x>, tensor<768x768x!w>) -> tensor<1024x768xf32>
  return %a : tensor<1024x768xf32>
}

// -----

!x = !quant.uniform<i8:f32, 0.1>
!w = !quant.uniform<i8:f32, 0.2>

// CHECK: func.func @decode
func.func @decode(%x: tensor<1x768x!x>) -> tensor<1x768xf32> {
  %c = nn.constant dense<0.5> : tensor<768x768xf32>
  %w = nn.quantize %c : tensor<768x768xf32> to tensor<768x768x!w>
  // CHECK: nn.linear {{.*}}arch.reason = "cheapest by latency", arch.tier = @reram0
  %a = nn.linear %x, %w
      : (tensor<1x768x!x>, tensor<768x768x!w>) -> tensor<1x768xf32>
  // What cannot run on crossbars says why.
  // CHECK: nn.gelu {{.*}}arch.alternatives = {reram0 = "the core's vector unit has no '{{[a-z_]+}}' operation", {{.*}}sa0 = array<i64:
  // CHECK-SAME: arch.reason = "no weight to hold: tiers without crossbars first"
  %g = nn.gelu %a : tensor<1x768xf32>
  return %g : tensor<1x768xf32>
}
