//===- ONNXDialect.td - the model file as it was -------------*- tablegen -*-===//
//
// The dialect that holds an imported ONNX file, and its one type.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_ONNX_ONNXDIALECT_TD
#define ATLEUS_ONNX_ONNXDIALECT_TD

include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/DialectBase.td"

def ONNXDialect : Dialect {
  let name = "onnx";
  let cppNamespace = "::atleus::onnx";
  let summary = "An ONNX file as it was";
  let description = [{
    The file, mechanically: no operator is known here, nothing is folded and no
    shape is inferred. A model is a module with one `func.func @main`, whose
    arguments are the graph inputs that are not initializers.

    Attributes of the module:

    - `onnx.ir_version` (`i64`), `onnx.opsets` (domain to version; the default
      domain is written `ai.onnx`), `onnx.producer`, `onnx.graph` (its name) and
      `onnx.metadata` (a dictionary of strings).

    Attributes of the arguments and results of `@main`:

    - `onnx.name`: the name in the file.
    - `onnx.dims`: the names of the dimensions, one string for each, empty where
      the file gives a number or nothing. Ranked types only.

    ```mlir
    module attributes {onnx.ir_version = 8 : i64,
                       onnx.opsets = {ai.onnx = 17 : i64}} {
      func.func @main(%x: tensor<?x4xf32> {onnx.name = "x",
                                           onnx.dims = ["batch", ""]})
          -> (tensor<?x2xf32> {onnx.name = "y"}) {
        %w = onnx.initializer "w"
            dense<[[1.0, 0.0], [0.0, 1.0], [2.0, 0.0], [0.0, 2.0]]>
            : tensor<4x2xf32>
        %y = onnx.node "MatMul"(%x, %w) opset 17 {name = "fc"}
            : (tensor<?x4xf32>, tensor<4x2xf32>) -> tensor<?x2xf32>
        return %y : tensor<?x2xf32>
      }
    }
    ```
  }];
  let useDefaultTypePrinterParser = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
}

def ONNX_UnknownType : TypeDef<ONNXDialect, "Unknown"> {
  let mnemonic = "unknown";
  let summary = "the type of a value about which the file says nothing";
  let description = [{
    ONNX declares types for graph inputs and outputs; for other values a
    declaration is optional. A value without one has this type: not even its
    element type is known until shapes are inferred.

    ```mlir
    func.func @unknown(%x: tensor<4xf32>) {
      %y = onnx.node "Relu"(%x) opset 17 : (tensor<4xf32>) -> !onnx.unknown
      return
    }
    ```
  }];
}

#endif // ATLEUS_ONNX_ONNXDIALECT_TD
