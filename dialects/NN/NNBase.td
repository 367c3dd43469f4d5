//===- NNBase.td - the nn dialect, its types and op classes ---------------===//
//
// What every op of the nn dialect has in common.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNBASE_TD
#define ATLEUS_NN_NNBASE_TD

include "dialects/Interfaces/Access.td"
include "dialects/Interfaces/Kernel.td"
include "dialects/Interfaces/WorkOp.td"
include "mlir/Dialect/Quant/IR/QuantBase.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def NN_Dialect : Dialect {
  let name = "nn";
  let summary = "the kernels of a transformer, on tensors";
  let description = [{
    A model as a list of kernels on tensors of static shape. A product with a
    parameter (`nn.linear`) and one of two computed operands (`nn.matmul`) are
    different ops, because a crossbar can hold the first only.

    Tensors hold floats, integers or values of the `quant` dialect's types. Any
    op may carry the attribute `nn.name`, a string: the name under which the
    kernel stands in reports. Arguments and results of a function carry the
    names of the model's inputs and outputs in the same attribute.
  }];
  let cppNamespace = "::atleus::nn";
  let dependentDialects = ["::mlir::quant::QuantDialect"];
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let hasConstantMaterializer = 1;
}

/// Ops that only rearrange elements: they need no arithmetic unit, and the
/// engine that moves a tensor can do them with strides.
def NN_LayoutOnly : NativeOpTrait<"LayoutOnly"> {
  let cppNamespace = "::atleus::nn";
}

def NN_Tensor : RankedTensorOf<[AnyFloat, AnyInteger, quant_QuantizedType],
    [HasStaticShapePred],
    "statically shaped tensor">;
def NN_FloatTensor : RankedTensorOf<[AnyFloat],
    [HasStaticShapePred],
    "statically shaped tensor of floats">;
def NN_NumberTensor : RankedTensorOf<[AnyFloat, AnyInteger],
    [HasStaticShapePred],
    "statically shaped tensor of floats or integers">;
def NN_RealTensor : RankedTensorOf<[AnyFloat, quant_QuantizedType],
    [HasStaticShapePred],
    "statically shaped tensor of floats or quantized values">;
def NN_IndexTensor : RankedTensorOf<[I32, I64],
    [HasStaticShapePred],
    "statically shaped tensor of indices">;
def NN_BoolTensor : RankedTensorOf<[I1],
    [HasStaticShapePred],
    "statically shaped tensor of booleans">;

class NN_Op<string mnemonic, list<Trait> traits = []>
    : Op<NN_Dialect, mnemonic,
         [Pure, DeclareOpInterfaceMethods<WorkOpInterface>,
          DeclareOpInterfaceMethods<AccessOpInterface>] # traits>;

/// An op whose result type follows from its operands and attributes.
class NN_InferredOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, [InferTypeOpAdaptor] # traits>;

#endif // ATLEUS_NN_NNBASE_TD
