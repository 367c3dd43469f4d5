// Operators that are not known are reported all at once.
// RUN: atleus-opt %s --convert-onnx-to-nn -verify-diagnostics \
// RUN:   -split-input-file

// expected-error@+1 {{3 operators are not known: LSTM (1 node), com.example.Foo (5 nodes), If (1 node)}}
module {
  func.func @main(%x: tensor<4xf32>, %c: tensor<i1>) -> !onnx.unknown {
    // expected-note@+1 {{LSTM: '/lstm'}}
    %a = onnx.node "LSTM"(%x) opset 17 {name = "/lstm"}
        : (tensor<4xf32>) -> !onnx.unknown
    // expected-note@+1 {{com.example.Foo: '/b', '/c', 'd' and 2 more}}
    %b = onnx.node "Foo"(%a) domain "com.example" opset 1 {name = "/b"}
        : (!onnx.unknown) -> !onnx.unknown
    %d = onnx.node "Foo"(%b) domain "com.example" opset 1 {name = "/c"}
        : (!onnx.unknown) -> !onnx.unknown
    %e = onnx.node "Foo"(%d) domain "com.example" opset 1
        {output_names = ["d"]} : (!onnx.unknown) -> !onnx.unknown
    %f = onnx.node "Foo"(%e) domain "com.example" opset 1
        : (!onnx.unknown) -> !onnx.unknown
    // expected-note@+1 {{If: a node without a name}}
    %g = onnx.node "If"(%c) opset 17 graphs ["then_branch"] {
      %h = onnx.node "Foo"(%f) domain "com.example" opset 1
          : (!onnx.unknown) -> !onnx.unknown
      onnx.yield %h : !onnx.unknown
    } : (tensor<i1>) -> !onnx.unknown
    return %g : !onnx.unknown
  }
}

// -----

// expected-error@+1 {{1 operator is not known: Foo (1 node)}}
module {
  func.func @main(%x: tensor<4xf32>) -> !onnx.unknown {
    // expected-note@+1 {{Foo: '/a'}}
    %a = onnx.node "Foo"(%x) opset 17 {name = "/a"}
        : (tensor<4xf32>) -> !onnx.unknown
    return %a : !onnx.unknown
  }
}

// -----

// expected-error@+1 {{opset must be from 6 to 24, found 5}}
module {
  func.func @main(%x: tensor<4xf32>) -> !onnx.unknown {
    %a = onnx.node "Relu"(%x) opset 5 : (tensor<4xf32>) -> !onnx.unknown
    return %a : !onnx.unknown
  }
}

// -----

// expected-error@+1 {{opset must be from 6 to 24, found 99}}
module {
  func.func @main(%x: tensor<4xf32>) -> !onnx.unknown {
    %a = onnx.node "Relu"(%x) opset 99 : (tensor<4xf32>) -> !onnx.unknown
    return %a : !onnx.unknown
  }
}
