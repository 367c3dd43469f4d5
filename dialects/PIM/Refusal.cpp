// What keeps a linear layer from crossbars.
#include "dialects/PIM/PIM.h"

using namespace mlir;
using namespace atleus;

/// What the numbers of the operands, and whether they are known, forbid.
static LogicalResult checkOperands(nn::LinearOp op, llvm::raw_ostream &reason) {
  RankedTensorType input = op.getInput().getType();
  RankedTensorType weight = op.getWeight().getType();
  if (isa<nn::CodebookType>(weight.getElementType())) {
    reason << "needs a weight of integers, of 2 to 8 bits: slices in cells "
              "cannot hold the codes of '"
           << weight.getElementType() << "'";
    return failure();
  }
  if (!nn::isQuantized(input) || !nn::isQuantized(weight)) {
    reason << "needs quantized operands, found '" << input << "' and '"
           << weight << "'";
    return failure();
  }
  Type element = weight.getElementType();
  if (isa<quant::AnyQuantizedType>(element)) {
    reason << "needs a weight with known scales, found '" << element << "'";
    return failure();
  }
  if (!nn::isStatic(op.getWeight())) {
    reason << "needs a weight that is known when compiling";
    return failure();
  }
  constexpr unsigned minWeightBits = 2, maxWeightBits = 8, maxInputBits = 16;
  unsigned weightBits = nn::getElementBits(element);
  unsigned inputBits = nn::getElementBits(input.getElementType());
  if (weightBits >= minWeightBits && weightBits <= maxWeightBits &&
      inputBits <= maxInputBits)
    return success();
  reason << "needs weights of " << minWeightBits << " to " << maxWeightBits
         << " and inputs of up to " << maxInputBits << " bits, found "
         << weightBits << " and " << inputBits;
  return failure();
}

/// What the scales of the weight forbid.
static void checkScales(nn::LinearOp op, int64_t rows,
                        llvm::raw_ostream &reason) {
  RankedTensorType weight = op.getWeight().getType();
  int64_t inner = op.getTransposed() ? 1 : 0;
  auto perAxis =
      dyn_cast<quant::UniformQuantizedPerAxisType>(weight.getElementType());
  if (perAxis && perAxis.getQuantizedDimension() == inner) {
    reason << "needs the weight's scales along its features, dimension "
           << 1 - inner << ", found dimension " << inner;
    return;
  }
  int64_t block = nn::getScaleBlock(weight, inner);
  if (block < op.getInnerSize() && block % rows != 0 && rows % block != 0)
    reason << "needs blocks of weights with a scale that divide the " << rows
           << " rows of an array or are a multiple of them, found blocks of "
           << block;
}

std::string pim::explainRefusal(nn::LinearOp op, int64_t rows) {
  std::string text;
  llvm::raw_string_ostream reason(text);
  if (succeeded(checkOperands(op, reason)))
    checkScales(op, rows, reason);
  return text;
}
