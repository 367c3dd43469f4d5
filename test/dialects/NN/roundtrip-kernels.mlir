// RUN: atleus-opt %s --verify-roundtrip | FileCheck %s
// RUN: atleus-opt %s --mlir-print-op-generic | atleus-opt | FileCheck %s

// CHECK-LABEL: func @conv
func.func @conv(%x: tensor<1x4x9x9xf32>, %w: tensor<6x2x3x3xf32>,
                %b: tensor<6xf32>) -> tensor<1x6x4x5xf32> {
  // CHECK: nn.conv %{{.*}}, %{{.*}} bias %{{.*}} strides [2, 2] pads [0, 1, 1, 2] dilations [1, 1] groups 2 {nn.name = "stem"} : (tensor<1x4x9x9xf32>, tensor<6x2x3x3xf32>, tensor<6xf32>) -> tensor<1x6x4x5xf32>
  %0 = nn.conv %x, %w bias %b strides [2, 2] pads [0, 1, 1, 2]
      dilations [1, 1] groups 2 {nn.name = "stem"}
      : (tensor<1x4x9x9xf32>, tensor<6x2x3x3xf32>, tensor<6xf32>)
      -> tensor<1x6x4x5xf32>
  return %0 : tensor<1x6x4x5xf32>
}

// CHECK-LABEL: func @conv_with_dilation
func.func @conv_with_dilation(%x: tensor<1x4x9x9xf32>, %w: tensor<6x4x3x3xf32>)
    -> tensor<1x6x5x1xf32> {
  // CHECK: nn.conv %{{.*}}, %{{.*}} strides [1, 1] pads [0, 0, 0, 0] dilations [2, 4] groups 1 : (tensor<1x4x9x9xf32>, tensor<6x4x3x3xf32>) -> tensor<1x6x5x1xf32>
  %0 = nn.conv %x, %w strides [1, 1] pads [0, 0, 0, 0] dilations [2, 4]
      groups 1 : (tensor<1x4x9x9xf32>, tensor<6x4x3x3xf32>)
      -> tensor<1x6x5x1xf32>
  return %0 : tensor<1x6x5x1xf32>
}

// CHECK-LABEL: func @patches
func.func @patches(%x: tensor<2x3x8x8xf32>) -> tensor<2x16x12xf32> {
  // CHECK: nn.patches %{{.*}} kernel [2, 2] strides [2, 2] pads [0, 0, 0, 0] dilations [1, 1] : tensor<2x3x8x8xf32> -> tensor<2x16x12xf32>
  %0 = nn.patches %x kernel [2, 2] strides [2, 2] pads [0, 0, 0, 0]
      dilations [1, 1] : tensor<2x3x8x8xf32> -> tensor<2x16x12xf32>
  return %0 : tensor<2x16x12xf32>
}

// CHECK-LABEL: func @softmax
func.func @softmax(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK: nn.softmax %{{.*}} axis 0 : tensor<2x3xf32>
  %0 = nn.softmax %x axis 0 : tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func @layer_norm
// CHECK-SAME: (%[[X:.*]]: tensor<2x3x4xf32>, %[[W:.*]]: tensor<4xf32>, %[[M:.*]]: tensor<3x4xf32>)
func.func @layer_norm(%x: tensor<2x3x4xf32>, %w: tensor<4xf32>,
                      %m: tensor<3x4xf32>) -> tensor<2x3x4xf32> {
  // CHECK: %[[Y:.*]] = nn.layer_norm %[[X]], %[[W]] epsilon 0.000000e+00 : (tensor<2x3x4xf32>, tensor<4xf32>) -> tensor<2x3x4xf32>
  %0 = nn.layer_norm %x, %w epsilon 0.0
      : (tensor<2x3x4xf32>, tensor<4xf32>) -> tensor<2x3x4xf32>
  // CHECK: nn.layer_norm %[[Y]], %[[M]] bias %[[M]] epsilon 1.000000e-05 : (tensor<2x3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>)
  %1 = nn.layer_norm %0, %m bias %m epsilon 1.0e-5
      : (tensor<2x3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>)
      -> tensor<2x3x4xf32>
  return %1 : tensor<2x3x4xf32>
}

// CHECK-LABEL: func @rms_norm
func.func @rms_norm(%x: tensor<2x3xf16>, %w: tensor<3xf16>) -> tensor<2x3xf16> {
  // CHECK: nn.rms_norm %{{.*}}, %{{.*}} epsilon 9.99{{[0-9]*}}E-7 : (tensor<2x3xf16>, tensor<3xf16>) -> tensor<2x3xf16>
  %0 = nn.rms_norm %x, %w epsilon 1.0e-6
      : (tensor<2x3xf16>, tensor<3xf16>) -> tensor<2x3xf16>
  return %0 : tensor<2x3xf16>
}

// CHECK-LABEL: func @host
func.func @host(%i: tensor<1x3xi64>) -> (tensor<1x3x2xf32>, tensor<1x3xf32>) {
  // CHECK: %[[TABLE:.*]] = nn.constant
  %table = nn.constant dense<0.5> : tensor<10x2xf32>
  // CHECK: nn.host(%[[TABLE]], %{{.*}}) on @host at (0, 0, 0) task_tile [1, 2, 2] {
  // CHECK-NEXT: ^bb0(%[[T:.*]]: tensor<10x2xf32>, %[[J:.*]]: tensor<1x3xi64>):
  // CHECK-NEXT:   %[[R:.*]] = nn.embedding %[[T]], %[[J]]
  // CHECK-NEXT:   %[[C:.*]] = nn.cast %[[J]]
  // CHECK-NEXT:   nn.yield %[[R]], %[[C]] : tensor<1x3x2xf32>, tensor<1x3xf32>
  // CHECK-NEXT: } {nn.name = "look_up"} : (tensor<10x2xf32>, tensor<1x3xi64>) -> (tensor<1x3x2xf32>, tensor<1x3xf32>)
  %0:2 = nn.host (%table, %i) on @host at (0, 0, 0) task_tile [1, 2, 2] {
  ^bb0(%t: tensor<10x2xf32>, %j: tensor<1x3xi64>):
    %r = nn.embedding %t, %j
        : (tensor<10x2xf32>, tensor<1x3xi64>) -> tensor<1x3x2xf32>
    %c = nn.cast %j : tensor<1x3xi64> to tensor<1x3xf32>
    nn.yield %r, %c : tensor<1x3x2xf32>, tensor<1x3xf32>
  } {nn.name = "look_up"} : (tensor<10x2xf32>, tensor<1x3xi64>)
      -> (tensor<1x3x2xf32>, tensor<1x3xf32>)
  return %0#0, %0#1 : tensor<1x3x2xf32>, tensor<1x3xf32>
}

// CHECK-LABEL: func @host_of_a_scalar_without_operands
func.func @host_of_a_scalar_without_operands() -> tensor<f32> {
  // CHECK: nn.host() on @host task_tile [] {
  // CHECK-NEXT: nn.constant
  // CHECK-NEXT: nn.yield
  // CHECK-NEXT: } : () -> tensor<f32>
  %0 = nn.host () on @host task_tile [] {
    %c = nn.constant dense<1.0> : tensor<f32>
    nn.yield %c : tensor<f32>
  } : () -> tensor<f32>
  return %0 : tensor<f32>
}

// CHECK-LABEL: func @names
// CHECK-SAME: (%{{.*}}: tensor<4xf32> {nn.name = "input"}) -> (tensor<4xf32> {nn.name = "output"})
func.func @names(%x: tensor<4xf32> {nn.name = "input"})
    -> (tensor<4xf32> {nn.name = "output"}) {
  return %x : tensor<4xf32>
}

// CHECK-LABEL: func @rotary_embedding
func.func @rotary_embedding(%x: tensor<1x4x2x8xf32>, %c: tensor<4x1x4xf32>,
                            %s: tensor<4x1x4xf32>) -> tensor<1x4x2x8xf32> {
  // CHECK: nn.rotary_embedding %{{.*}}, %{{.*}}, %{{.*}} : (tensor<1x4x2x8xf32>, tensor<4x1x4xf32>, tensor<4x1x4xf32>) -> tensor<1x4x2x8xf32>
  %0 = nn.rotary_embedding %x, %c, %s
      : (tensor<1x4x2x8xf32>, tensor<4x1x4xf32>, tensor<4x1x4xf32>)
      -> tensor<1x4x2x8xf32>
  // CHECK: nn.rotary_embedding %{{.*}} {interleaved, nn.name = "q"} :
  %1 = nn.rotary_embedding %0, %c, %s {interleaved, nn.name = "q"}
      : (tensor<1x4x2x8xf32>, tensor<4x1x4xf32>, tensor<4x1x4xf32>)
      -> tensor<1x4x2x8xf32>
  return %1 : tensor<1x4x2x8xf32>
}
