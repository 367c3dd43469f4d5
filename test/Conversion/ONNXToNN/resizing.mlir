// Resizing: what needs no look-up becomes slices and broadcasts.
// RUN: atleus-opt %s --convert-onnx-to-nn | FileCheck %s

// CHECK-LABEL: func.func @repeated_pixels
func.func @repeated_pixels(%x: tensor<1x2x3x4xf32>) -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1.0, 1.0, 2.0, 3.0]> : tensor<4xf32>
  // CHECK-NOT: nn.gather
  // CHECK: nn.expand %{{.*}} to tensor<1x2x3x2x4xf32>
  // CHECK: nn.expand %{{.*}} to tensor<1x2x6x4x3xf32>
  // CHECK: nn.reshape %{{.*}} to tensor<1x2x6x12xf32>
  %y = onnx.node "Upsample"(%x, %s) opset 9
      : (tensor<1x2x3x4xf32>, tensor<4xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @every_other_pixel
func.func @every_other_pixel(%x: tensor<1x8xf32>, %r: tensor<0xf32>)
    -> !onnx.unknown {
  %s = onnx.initializer "s" dense<[1.0, 0.5]> : tensor<2xf32>
  // CHECK: nn.slice %{{.*}} offsets [0, 0] sizes [1, 4] strides [1, 2]
  // CHECK-NEXT: return
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      attributes {coordinate_transformation_mode = "asymmetric",
                  nearest_mode = "floor"}
      : (tensor<1x8xf32>, tensor<0xf32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// One dimension changes, and each of its elements is made of two.
// CHECK-LABEL: func.func @between_two_pixels
func.func @between_two_pixels(%x: tensor<1x8xf32>) -> !onnx.unknown {
  %none = onnx.none
  %s = onnx.initializer "s" dense<[1, 15]> : tensor<2xi64>
  // CHECK: %[[A:.*]] = nn.mul {{.*}}tensor<1x15xf32>
  // CHECK: %[[B:.*]] = nn.mul {{.*}}tensor<1x15xf32>
  // CHECK: nn.add %[[A]], %[[B]]
  // CHECK-NEXT: return
  %y = onnx.node "Resize"(%x, %none, %none, %s) opset 13
      attributes {mode = "linear",
                  coordinate_transformation_mode = "align_corners"}
      : (tensor<1x8xf32>, none, none, tensor<2xi64>)
      -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @cut_out
func.func @cut_out(%x: tensor<1x8xf32>) -> !onnx.unknown {
  %r = onnx.initializer "r" dense<[0.0, 0.5, 1.0, 1.5]> : tensor<4xf32>
  %s = onnx.initializer "s" dense<[1.0, 1.0]> : tensor<2xf32>
  // CHECK: nn.select
  // CHECK-NEXT: return
  %y = onnx.node "Resize"(%x, %r, %s) opset 13
      attributes {coordinate_transformation_mode = "tf_crop_and_resize",
                  extrapolation_value = 10.0 : f32}
      : (tensor<1x8xf32>, tensor<4xf32>, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// CHECK-LABEL: func.func @same_ratio
func.func @same_ratio(%x: tensor<2x4xf32>) -> (!onnx.unknown, !onnx.unknown) {
  %none = onnx.none
  %s = onnx.initializer "s" dense<[4, 12]> : tensor<2xi64>
  %a = onnx.node "Resize"(%x, %none, %none, %s) opset 18
      attributes {keep_aspect_ratio_policy = "not_larger"}
      : (tensor<2x4xf32>, none, none, tensor<2xi64>)
      -> !onnx.unknown
  %b = onnx.node "Resize"(%x, %none, %none, %s) opset 18
      attributes {keep_aspect_ratio_policy = "not_smaller"}
      : (tensor<2x4xf32>, none, none, tensor<2xi64>)
      -> !onnx.unknown
  // CHECK: return %{{.*}}, %{{.*}} : tensor<4x8xf32>, tensor<6x12xf32>
  return %a, %b : !onnx.unknown, !onnx.unknown
}

// CHECK-LABEL: func.func @integers
func.func @integers(%x: tensor<1x2xui8>) -> !onnx.unknown {
  %none = onnx.none
  %s = onnx.initializer "s" dense<[1.0, 2.0]> : tensor<2xf32>
  // CHECK: nn.cast %{{.*}} : tensor<1x2xui8> to tensor<1x2xf32>
  // CHECK: nn.cast %{{.*}} : tensor<1x4xf32> to tensor<1x4xui8>
  %y = onnx.node "Resize"(%x, %none, %s) opset 13 attributes {mode = "linear"}
      : (tensor<1x2xui8>, none, tensor<2xf32>) -> !onnx.unknown
  return %y : !onnx.unknown
}

// A border that continues the tensor is made of slices.
// CHECK-LABEL: func.func @borders
func.func @borders(%x: tensor<6xf32>)
    -> (!onnx.unknown, !onnx.unknown, !onnx.unknown) {
  %p = onnx.initializer "p" dense<[2, 1]> : tensor<2xi64>
  // CHECK: nn.slice %{{.*}} offsets [2] sizes [3] strides [-1]
  // CHECK: nn.slice %{{.*}} offsets [1] sizes [5] strides [1]
  // CHECK: nn.slice %{{.*}} offsets [4] sizes [1] strides [1]
  // CHECK: nn.concat
  %a = onnx.node "Pad"(%x, %p) opset 13 attributes {mode = "reflect"}
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  // CHECK: nn.expand %{{.*}} : tensor<1xf32> to tensor<3xf32>
  // CHECK: nn.concat
  %b = onnx.node "Pad"(%x, %p) opset 13 attributes {mode = "edge"}
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  // CHECK: %[[LAST:.*]] = nn.slice %[[X:.*]] offsets [4] sizes [2]
  // CHECK: nn.concat %[[LAST]], %[[X]], %{{.*}} axis 0
  %c = onnx.node "Pad"(%x, %p) opset 19 attributes {mode = "wrap"}
      : (tensor<6xf32>, tensor<2xi64>) -> !onnx.unknown
  return %a, %b, %c : !onnx.unknown, !onnx.unknown, !onnx.unknown
}
