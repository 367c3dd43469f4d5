//===- ONNXOps.td - nodes and initializers of an ONNX graph ---*- tablegen -*-===//
//
// Four ops: a node of any operator, an initializer, an absent input, and the
// outputs of a subgraph.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_ONNX_ONNXOPS_TD
#define ATLEUS_ONNX_ONNXOPS_TD

include "dialects/ONNX/ONNXDialect.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/OpAsmInterface.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class ONNX_Op<string mnemonic, list<Trait> traits = []>
    : Op<ONNXDialect, mnemonic, traits>;

def ONNX_NodeOp : ONNX_Op<"node", [
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "a node of an ONNX graph, whatever its operator";
  let description = [{
    A `NodeProto`. `op_type` and `domain` name the operator (the default domain
    is empty) and `opset` is the version that the model imports for that domain:
    the operator is the newest one with `since_version <= opset`.

    `node_attributes` maps the node's attributes to MLIR's: INT is `i64`, FLOAT is
    `f32`, STRING a string, INTS `array<i64>`, FLOATS `array<f32>`, STRINGS an
    array of strings, TENSOR an elements attribute, TENSORS an array of those
    and TYPE_PROTO a type. Attributes that are graphs are regions; `graph_names`
    says which attribute each of them is, and a GRAPHS attribute repeats its
    name. A region may use the values of the graphs around it.

    An optional input that is left out is the result of `onnx.none`; an optional
    output that is left out has type `none` and the name "". `output_names` are
    the names of the outputs in the file.

    Constraints:

    - (C1) `op_type` is not empty.
    - (C2) `opset` is positive.
    - (C3) `output_names`, where given, has one name for each output.
    - (C4) `graph_names` has one name for each region.
    - (C5) no name is both in `node_attributes` and in `graph_names`.
    - (C6) each region is one block that ends with `onnx.yield`.

    ```mlir
    func.func @node(%x: tensor<1x128x768xf32>, %w: tensor<768x768xf32>,
                    %c: tensor<i1>) {
      %q = onnx.node "MatMul"(%x, %w) opset 17
          {name = "/layer.0/query/MatMul", output_names = ["query"]}
          : (tensor<1x128x768xf32>, tensor<768x768xf32>) -> tensor<*xf32>
      %p = onnx.node "Softmax"(%q) opset 17 attributes {axis = -1 : i64}
          : (tensor<*xf32>) -> !onnx.unknown
      %b = onnx.node "BiasGelu"(%q, %w) domain "com.microsoft" opset 1
          : (tensor<*xf32>, tensor<768x768xf32>) -> tensor<*xf32>
      %i = onnx.node "If"(%c) opset 17 graphs ["then_branch", "else_branch"] {
        onnx.yield %q : tensor<*xf32>
      }, {
        onnx.yield %b : tensor<*xf32>
      } : (tensor<i1>) -> tensor<*xf32>
      return
    }
    ```
  }];
  let arguments = (ins
    StrAttr:$op_type,
    Variadic<AnyType>:$inputs,
    DefaultValuedStrAttr<StrAttr, "">:$domain,
    I64Attr:$opset,
    DefaultValuedAttr<DictionaryAttr, "{}">:$node_attributes,
    OptionalAttr<StrArrayAttr>:$graph_names,
    OptionalAttr<StrAttr>:$name,
    OptionalAttr<StrArrayAttr>:$output_names);
  let results = (outs Variadic<AnyType>:$outputs);
  let regions = (region VariadicRegion<SizedRegion<1>>:$graphs);
  let assemblyFormat = [{
    $op_type `(` $inputs `)` (`domain` $domain^)? `opset` $opset
    (`attributes` $node_attributes^)? (`graphs` $graph_names^ $graphs)?
    attr-dict `:` functional-type($inputs, $outputs)
  }];
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// How a diagnostic names the node: "node '/fc' (MatMul)", or "node MatMul
    /// that makes 'y'" where it has no name.
    std::string describe();
  }];
}

def ONNX_InitializerOp : ONNX_Op<"initializer", [
    Pure, AllTypesMatch<["value", "output"]>,
    DeclareOpInterfaceMethods<OpAsmOpInterface, ["getAsmResultNames"]>]> {
  let summary = "a constant of an ONNX graph";
  let description = [{
    A `TensorProto` of the graph's initializers. `value` is a `dense` attribute
    where the tensor is small and a `dense_resource` otherwise. A resource is a
    view of the model file where that could be mapped: its bytes may be
    misaligned, and elements of less than a byte stand as ONNX packs them, the
    first in the low bits. A bool takes a byte, 0 or 1.

    Constraints:

    - (C1) `name` is not empty.
    - (C2) a resource that is present has as many bytes as its type needs.

    ```mlir
    func.func @initializer() -> tensor<2xi64> {
      %shape = onnx.initializer "shape" dense<[1, 768]> : tensor<2xi64>
      return %shape : tensor<2xi64>
    }
    ```
  }];
  let arguments = (ins StrAttr:$name, ElementsAttr:$value);
  let results = (outs AnyStaticShapeTensor:$output);
  let assemblyFormat = "$name attr-dict $value";
  let hasVerifier = 1;
}

def ONNX_NoneOp : ONNX_Op<"none", [Pure]> {
  let summary = "an optional input that is left out";
  let description = [{
    Stands in the place of an optional input with the empty name, so that the
    inputs after it keep their positions.

    ```mlir
    func.func @none(%x: tensor<4xf32>, %max: tensor<f32>) {
      %none = onnx.none
      %y = onnx.node "Clip"(%x, %none, %max) opset 13
          : (tensor<4xf32>, none, tensor<f32>) -> tensor<4xf32>
      return
    }
    ```
  }];
  let results = (outs NoneType:$output);
  let assemblyFormat = "attr-dict";
}

def ONNX_YieldOp : ONNX_Op<"yield", [
    Pure, Terminator, HasParent<"NodeOp">]> {
  let summary = "the outputs of a subgraph";
  let description = [{
    Ends a region of `onnx.node`; the operands are the graph's outputs.

    ```mlir
    func.func @yield(%c: tensor<i1>, %x: tensor<4xf32>) {
      %i = onnx.node "If"(%c) opset 17 graphs ["then_branch"] {
        onnx.yield %x : tensor<4xf32>
      } : (tensor<i1>) -> tensor<4xf32>
      return
    }
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "attr-dict ($values^ `:` type($values))?";
}

#endif // ATLEUS_ONNX_ONNXOPS_TD
