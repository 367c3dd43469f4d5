// RUN: atleus-opt %s -canonicalize -allow-unregistered-dialect | FileCheck %s

// Outside functions an op may depend on itself. Folding leaves such ops alone.

// CHECK: %[[A:.*]] = nn.reshape %[[A]]
%a = nn.reshape %a : tensor<4xf32> to tensor<4xf32>

// CHECK: %[[B:.*]] = nn.reshape %[[C:.*]] : tensor<4xf32> to tensor<2x2xf32>
// CHECK: %[[C]] = nn.reshape %[[B]] : tensor<2x2xf32> to tensor<4xf32>
%b = nn.reshape %c : tensor<4xf32> to tensor<2x2xf32>
%c = nn.reshape %b : tensor<2x2xf32> to tensor<4xf32>

// CHECK: %[[D:.*]] = nn.transpose %[[D]] [1, 0]
%d = nn.transpose %d [1, 0] : tensor<2x2xf32> -> tensor<2x2xf32>

// CHECK: %[[E:.*]] = nn.cast %[[E]]
%e = nn.cast %e : tensor<4xf32> to tensor<4xf32>

// CHECK: %[[F:.*]] = nn.slice %[[F]]
%f = nn.slice %f offsets [0] sizes [4] strides [1]
    : tensor<4xf32> -> tensor<4xf32>

// CHECK: %[[G:.*]] = nn.concat %[[G]]
%g = nn.concat %g axis 0 : (tensor<4xf32>) -> tensor<4xf32>

// CHECK: %[[H:.*]] = nn.expand %[[H]]
%h = nn.expand %h : tensor<4xf32> to tensor<4xf32>

"test.use"(%a, %b, %d, %e, %f, %g, %h)
    : (tensor<4xf32>, tensor<2x2xf32>, tensor<2x2xf32>, tensor<4xf32>,
       tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> ()
