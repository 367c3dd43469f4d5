// Rotary embeddings that the exporter took apart.
// RUN: atleus-opt %s --convert-onnx-to-nn -split-input-file | FileCheck %s

// As Llama writes it: x * cos + (-second half, first half) * sin, with tables
// whose halves are equal.
// CHECK-LABEL: func.func @halves
func.func @halves(%x: tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32> {
  // CHECK-DAG: %[[C:.*]] = nn.constant dense<{{\[}}[1.000000e+00, 5.000000e-01]{{.*}} : tensor<3x2xf32>
  // CHECK-DAG: %[[S:.*]] = nn.constant dense<{{\[}}[0.000000e+00, 2.500000e-01]{{.*}} : tensor<3x2xf32>
  // CHECK: nn.rotary_embedding %{{.*}}, %[[C]], %[[S]] {nn.name = "rotary_embedding"}
  // CHECK-NEXT: return
  %c = nn.constant dense<[[1.0, 0.5, 1.0, 0.5], [0.3, 0.4, 0.3, 0.4],
                          [0.1, 0.2, 0.1, 0.2]]> : tensor<3x4xf32>
  %s = nn.constant dense<[[0.0, 0.25, 0.0, 0.25], [0.3, 0.4, 0.3, 0.4],
                          [0.1, 0.2, 0.1, 0.2]]> : tensor<3x4xf32>
  %xc = nn.mul %x, %c
      : (tensor<1x2x3x4xf32>, tensor<3x4xf32>) -> tensor<1x2x3x4xf32>
  %a = nn.slice %x offsets [0, 0, 0, 0] sizes [1, 2, 3, 2] strides [1, 1, 1, 1]
      : tensor<1x2x3x4xf32> -> tensor<1x2x3x2xf32>
  %b = nn.slice %x offsets [0, 0, 0, 2] sizes [1, 2, 3, 2] strides [1, 1, 1, 1]
      : tensor<1x2x3x4xf32> -> tensor<1x2x3x2xf32>
  %n = nn.neg %b : tensor<1x2x3x2xf32>
  %r = nn.concat %n, %a axis 3
      : (tensor<1x2x3x2xf32>, tensor<1x2x3x2xf32>) -> tensor<1x2x3x4xf32>
  %rs = nn.mul %r, %s
      : (tensor<1x2x3x4xf32>, tensor<3x4xf32>) -> tensor<1x2x3x4xf32>
  %y = nn.add %xc, %rs
      : (tensor<1x2x3x4xf32>, tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}

// -----

// The halves of the cosines differ: that is no rotation.
// CHECK-LABEL: func.func @unequal_tables
func.func @unequal_tables(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  // CHECK-NOT: nn.rotary_embedding
  // CHECK: return
  %c = nn.constant dense<[[1.0, 0.5, 1.0, 0.6]]> : tensor<1x4xf32>
  %s = nn.constant dense<[[0.0, 0.5, 0.0, 0.5]]> : tensor<1x4xf32>
  %xc = nn.mul %x, %c : (tensor<3x4xf32>, tensor<1x4xf32>) -> tensor<3x4xf32>
  %a = nn.slice %x offsets [0, 0] sizes [3, 2] strides [1, 1]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %b = nn.slice %x offsets [0, 2] sizes [3, 2] strides [1, 1]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %n = nn.neg %b : tensor<3x2xf32>
  %r = nn.concat %n, %a axis 1
      : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x4xf32>
  %rs = nn.mul %r, %s : (tensor<3x4xf32>, tensor<1x4xf32>) -> tensor<3x4xf32>
  %y = nn.add %xc, %rs : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// The first half is negated instead of the second: it turns the other way.
// CHECK-LABEL: func.func @wrong_half
func.func @wrong_half(%x: tensor<3x4xf32>) -> tensor<3x4xf32> {
  // CHECK-NOT: nn.rotary_embedding
  // CHECK: return
  %c = nn.constant dense<[[1.0, 0.5, 1.0, 0.5]]> : tensor<1x4xf32>
  %s = nn.constant dense<[[0.0, 0.5, 0.0, 0.5]]> : tensor<1x4xf32>
  %xc = nn.mul %x, %c : (tensor<3x4xf32>, tensor<1x4xf32>) -> tensor<3x4xf32>
  %a = nn.slice %x offsets [0, 0] sizes [3, 2] strides [1, 1]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %b = nn.slice %x offsets [0, 2] sizes [3, 2] strides [1, 1]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %n = nn.neg %a : tensor<3x2xf32>
  %r = nn.concat %b, %n axis 1
      : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x4xf32>
  %rs = nn.mul %r, %s : (tensor<3x4xf32>, tensor<1x4xf32>) -> tensor<3x4xf32>
  %y = nn.add %xc, %rs : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// Angles that depend on an input: the tables are cosine and sine of angles that
// stand twice.
// CHECK-LABEL: func.func @computed_angles
func.func @computed_angles(%x: tensor<2x3x4xf32>, %angles: tensor<3x2xf32>)
    -> tensor<2x3x4xf32> {
  // CHECK-DAG: %[[C:.*]] = nn.cos %[[A:.*]] {{.*}} : tensor<3x2xf32>
  // CHECK-DAG: %[[S:.*]] = nn.sin %[[A]] {{.*}} : tensor<3x2xf32>
  // CHECK: nn.rotary_embedding %{{.*}}, %[[C]], %[[S]]
  // CHECK-NEXT: return
  %twice = nn.concat %angles, %angles axis 1
      : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x4xf32>
  %c = nn.cos %twice : tensor<3x4xf32>
  %s = nn.sin %twice : tensor<3x4xf32>
  %xc = nn.mul %c, %x
      : (tensor<3x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %a = nn.slice %x offsets [0, 0, 0] sizes [2, 3, 2] strides [1, 1, 1]
      : tensor<2x3x4xf32> -> tensor<2x3x2xf32>
  %b = nn.slice %x offsets [0, 0, 2] sizes [2, 3, 2] strides [1, 1, 1]
      : tensor<2x3x4xf32> -> tensor<2x3x2xf32>
  %minus = nn.constant dense<-1.0> : tensor<f32>
  %n = nn.mul %b, %minus : (tensor<2x3x2xf32>, tensor<f32>) -> tensor<2x3x2xf32>
  %r = nn.concat %n, %a axis 2
      : (tensor<2x3x2xf32>, tensor<2x3x2xf32>) -> tensor<2x3x4xf32>
  %rs = nn.mul %s, %r
      : (tensor<3x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %y = nn.add %rs, %xc
      : (tensor<2x3x4xf32>, tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %y : tensor<2x3x4xf32>
}

// -----

// Each half by itself.
// CHECK-LABEL: func.func @pairwise
func.func @pairwise(%x: tensor<3x4xf32>, %c: tensor<3x2xf32>,
                    %s: tensor<3x2xf32>) -> tensor<3x4xf32> {
  // CHECK-NEXT: nn.rotary_embedding %{{.*}}, %{{.*}}, %{{.*}} {nn.name = "rotary_embedding"}
  // CHECK-NEXT: return
  %a = nn.slice %x offsets [0, 0] sizes [3, 2] strides [1, 1]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %b = nn.slice %x offsets [0, 2] sizes [3, 2] strides [1, 1]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %ac = nn.mul %a, %c : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %bs = nn.mul %b, %s : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %as = nn.mul %a, %s : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %bc = nn.mul %b, %c : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %p = nn.sub %ac, %bs : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %q = nn.add %as, %bc : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %y = nn.concat %p, %q axis 1
      : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// Pairs of neighbours, as of complex numbers.
// CHECK-LABEL: func.func @neighbours
func.func @neighbours(%x: tensor<3x4xf32>, %c: tensor<3x2xf32>,
                      %s: tensor<3x2xf32>) -> tensor<3x4xf32> {
  // CHECK-NEXT: nn.rotary_embedding %{{.*}}, %{{.*}}, %{{.*}} {interleaved, nn.name = "rotary_embedding"}
  // CHECK-NEXT: return
  %a = nn.slice %x offsets [0, 0] sizes [3, 2] strides [1, 2]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %b = nn.slice %x offsets [0, 1] sizes [3, 2] strides [1, 2]
      : tensor<3x4xf32> -> tensor<3x2xf32>
  %ac = nn.mul %a, %c : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %bs = nn.mul %b, %s : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %as = nn.mul %a, %s : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %bc = nn.mul %b, %c : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %p = nn.sub %ac, %bs : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %q = nn.add %as, %bc : (tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
  %p1 = nn.reshape %p : tensor<3x2xf32> to tensor<3x2x1xf32>
  %q1 = nn.reshape %q : tensor<3x2xf32> to tensor<3x2x1xf32>
  %pq = nn.concat %p1, %q1 axis 2
      : (tensor<3x2x1xf32>, tensor<3x2x1xf32>) -> tensor<3x2x2xf32>
  %y = nn.reshape %pq : tensor<3x2x2xf32> to tensor<3x4xf32>
  return %y : tensor<3x4xf32>
}

// -----

// The first four of six features.
// CHECK-LABEL: func.func @partial
func.func @partial(%x: tensor<3x6xf32>, %c: tensor<3x2xf32>,
                   %s: tensor<3x2xf32>) -> tensor<3x6xf32> {
  // CHECK-NEXT: nn.rotary_embedding {{.*}} : (tensor<3x6xf32>, tensor<3x2xf32>, tensor<3x2xf32>)
  // CHECK-NEXT: return
  %front = nn.slice %x offsets [0, 0] sizes [3, 4] strides [1, 1]
      : tensor<3x6xf32> -> tensor<3x4xf32>
  %back = nn.slice %x offsets [0, 4] sizes [3, 2] strides [1, 1]
      : tensor<3x6xf32> -> tensor<3x2xf32>
  %r = nn.rotary_embedding %front, %c, %s
      : (tensor<3x4xf32>, tensor<3x2xf32>, tensor<3x2xf32>) -> tensor<3x4xf32>
  %y = nn.concat %r, %back axis 1
      : (tensor<3x4xf32>, tensor<3x2xf32>) -> tensor<3x6xf32>
  return %y : tensor<3x6xf32>
}

// -----

// A transpose of heads and tokens comes after the rotation.
// CHECK-LABEL: func.func @before_transpose
func.func @before_transpose(%x: tensor<1x3x2x4xf32>, %c: tensor<3x2xf32>,
                            %s: tensor<3x2xf32>) -> tensor<1x2x3x4xf32> {
  // CHECK: %[[R:.*]] = nn.rotary_embedding %{{[a-z0-9]*}}, {{.*}} : (tensor<1x3x2x4xf32>, tensor<1x3x1x2xf32>, tensor<1x3x1x2xf32>)
  // CHECK-NEXT: nn.transpose %[[R]] [0, 2, 1, 3]
  %t = nn.transpose %x [0, 2, 1, 3]
      : tensor<1x3x2x4xf32> -> tensor<1x2x3x4xf32>
  %y = nn.rotary_embedding %t, %c, %s
      : (tensor<1x2x3x4xf32>, tensor<3x2xf32>, tensor<3x2xf32>)
      -> tensor<1x2x3x4xf32>
  return %y : tensor<1x2x3x4xf32>
}
