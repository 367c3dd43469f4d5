//===- NNPooling.td - windows that slide over an image --------------------===//
//
// Ops that summarize the elements under each position of a window.
//
//===----------------------------------------------------------------------===//
#ifndef ATLEUS_NN_NNPOOLING_TD
#define ATLEUS_NN_NNPOOLING_TD

include "dialects/NN/NNBase.td"

class NN_Pool<string mnemonic, string what, string outcome, Type tensor,
              Type resultTensor, string element> : NN_InferredOp<mnemonic> {
  let summary = what#" under each position of a window";
  let description =
      "Input [batch, channels, spatial...], result [batch,\n"#"channels, "
                                                              "positions...]:"
                                                              " "#outcome#" of "
                                                                          "the "
                                                                          "elem"
                                                                          "ents"
                                                                          " tha"
                                                                          "t "
                                                                          "the"
                                                                          "\n"#"window covers. What it covers in the padding does not count.\n"#"\n"#"Constraints:\n"#"- C1: the input has three dimensions or more.\n"#"- C2: kernel, strides and dilations are a positive number for each\n"#"  spatial dimension, pads two that are not negative: all at the\n"#"  beginnings, then all at the ends.\n"#"- C3: the kernel fits into the padded input; the windows have at most\n"#"  2^40 elements together.\n"#"- C4: every window covers an element of the input.\n"#"\n"#"```mlir\n"#"func.func @main(%x: tensor<1x3x8x8xf32>) -> tensor<1x3x4x4x"#element#"> {\n"#"  %y = nn."#mnemonic#" %x kernel [3, 3] strides [2, 2]\n"#"      pads [1, 1, 0, 0] dilations [1, 1]\n"#"      : tensor<1x3x8x8xf32> -> tensor<1x3x4x4x"#element#">\n"#"  return %y : tensor<1x3x4x4x"#element#">\n"#"}\n"#"```";
  let arguments = (ins tensor:$input, DenseI64ArrayAttr:$kernel,
      DenseI64ArrayAttr:$strides, DenseI64ArrayAttr:$pads,
      DenseI64ArrayAttr:$dilations);
  let results = (outs resultTensor:$result);
  let assemblyFormat = [{
    $input `kernel` $kernel `strides` $strides `pads` $pads
    `dilations` $dilations attr-dict `:` type($input) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// Where the window stands and what it covers.
    PoolingWindow getWindow() {
      return {getKernel(), getStrides(), getPads(), getDilations()};
    }
  }];
  string definition = [{
    Tile $cppClass::getOperandTile(unsigned, unsigned, const Tile &result) {
      return poolingOperandTile(getInput(), getWindow(), result);
    }
  }];
}

def NN_MaxPoolOp : NN_Pool<"max_pool", "maximum", "the maximum",
                           NN_NumberTensor, NN_NumberTensor, "f32"> {
  let extraClassDefinition = definition#[{
    LogicalResult $cppClass::inferReturnTypes(
        MLIRContext *, std::optional<Location> loc, Adaptor adaptor,
        SmallVectorImpl<Type> &types) {
      return inferPooling({loc, getOperationName()}, adaptor.getInput(),
                          {adaptor.getKernel(), adaptor.getStrides(),
                           adaptor.getPads(), adaptor.getDilations()},
                          Type(), types);
    }
    Work $cppClass::getWork() { return poolingWork(*this, getKernel()); }
  }];
}

def NN_ArgMaxPoolOp
    : NN_Pool<"arg_max_pool", "index of the maximum",
              "the number, in row-major order of the whole input, of the first "
              "maximum",
              NN_NumberTensor, NN_IndexTensor, "i64"> {
  let extraClassDefinition = definition#[{
    LogicalResult $cppClass::inferReturnTypes(
        MLIRContext *context, std::optional<Location> loc, Adaptor adaptor,
        SmallVectorImpl<Type> &types) {
      return inferPooling({loc, getOperationName()}, adaptor.getInput(),
                          {adaptor.getKernel(), adaptor.getStrides(),
                           adaptor.getPads(), adaptor.getDilations()},
                          IntegerType::get(context, 64), types);
    }
    Work $cppClass::getWork() { return poolingWork(*this, getKernel()); }
  }];
}

def NN_AveragePoolOp : NN_Pool<"average_pool", "arithmetic mean", "the mean",
                               NN_FloatTensor, NN_FloatTensor, "f32"> {
  let extraClassDefinition = definition#[{
    LogicalResult $cppClass::inferReturnTypes(
        MLIRContext *, std::optional<Location> loc, Adaptor adaptor,
        SmallVectorImpl<Type> &types) {
      return inferPooling({loc, getOperationName()}, adaptor.getInput(),
                          {adaptor.getKernel(), adaptor.getStrides(),
                           adaptor.getPads(), adaptor.getDilations()},
                          Type(), types);
    }
    Work $cppClass::getWork() {
      Work work = poolingWork(*this, getKernel());
      work[VectorOperation::Divide] += getType().getNumElements();
      return work;
    }
  }];
}

#endif // ATLEUS_NN_NNPOOLING_TD
