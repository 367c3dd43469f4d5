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

    Tensors hold floats, integers of at most 64 bits or values of the `quant`
    dialect's types, which must state their storage and the float that they
    express. A tensor has at most 2^40 elements, so that every count of work
    fits into 64 bits. Any op may carry the attribute `nn.name`, a string: the name under which the
    kernel stands in reports. A product may carry `nn.precision`, the widths that
    quantization is to give its operands. Arguments and results of a function carry the
    names of the model's inputs and outputs in the same attribute.
  }];
  let cppNamespace = "::atleus::nn";
  let dependentDialects = ["::mlir::quant::QuantDialect"];
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let hasConstantMaterializer = 1;
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
}

/// Ops that only rearrange elements: they need no arithmetic unit, and the
/// engine that moves a tensor can do them with strides.
def NN_LayoutOnly : NativeOpTrait<"LayoutOnly"> {
  let cppNamespace = "::atleus::nn";
}

def NN_Integer : Type<
    And<[AnyInteger.predicate,
         CPred<"::llvm::cast<::mlir::IntegerType>($_self).getWidth() <= 64">]>,
    "integer of at most 64 bits">;
def NN_QuantizedType : Type<CPred<"::atleus::nn::isQuantized($_self)">,
    "quantized type with storage and expressed type">;

def NN_BoundedShapePred : CPred<
    "::atleus::nn::countElements("
    "::llvm::cast<::mlir::ShapedType>($_self).getShape()).has_value()">;

def NN_CodebookElement : Type<CPred<
    "::llvm::isa<::atleus::nn::CodebookType>($_self)">,
    "codes of a codebook">;

class NN_TensorOf<list<Type> elements>
    : RankedTensorOf<elements, [HasStaticShapePred, NN_BoundedShapePred],
                     "statically shaped tensor of at most 2^40 elements">;
def NN_Tensor : NN_TensorOf<[AnyFloat, NN_Integer, NN_QuantizedType,
                             NN_CodebookElement]>;
def NN_FloatTensor : NN_TensorOf<[AnyFloat]>;
def NN_NumberTensor : NN_TensorOf<[AnyFloat, NN_Integer]>;
def NN_RealTensor : NN_TensorOf<[AnyFloat, NN_QuantizedType]>;
def NN_WeightTensor : NN_TensorOf<[AnyFloat, NN_QuantizedType,
                                   NN_CodebookElement]>;
def NN_IndexTensor : NN_TensorOf<[I32, I64]>;
def NN_BoolTensor : NN_TensorOf<[I1]>;

class NN_Op<string mnemonic, list<Trait> traits = []>
    : Op<NN_Dialect, mnemonic,
         [Pure, DeclareOpInterfaceMethods<WorkOpInterface>,
          DeclareOpInterfaceMethods<AccessOpInterface>] # traits>;

/// An op whose result type follows from its operands and attributes.
class NN_InferredOp<string mnemonic, list<Trait> traits = []>
    : NN_Op<mnemonic, [InferTypeOpAdaptor] # traits>;

#endif // ATLEUS_NN_NNBASE_TD
