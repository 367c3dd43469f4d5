// Counts the bits of weights by their types.
#include "atleus/Report/WeightReport.h"

#include "atleus/Support/AbsentWeights.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Systolic/Systolic.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace atleus;

/// The static operand of a product, or null.
static Value findWeight(Operation *op) {
  Value operand =
      llvm::TypeSwitch<Operation *, Value>(op)
          .Case([](pim::ProgramOp program) { return program.getWeight(); })
          .Case([](systolic::MatMulOp matmul) { return matmul.getRhs(); })
          .Case([](nn::LinearOp linear) { return linear.getWeight(); })
          .Case([](nn::MatMulOp matmul) { return matmul.getRhs(); })
          .Default(Value());
  return operand && nn::isStatic(operand) ? operand : Value();
}

/// Scales and zero points of a quantized type. A symmetric code stores no zero
/// points, since all are 0.
static int64_t countScaleBits(RankedTensorType type) {
  Type element = type.getElementType();
  auto bitsOf = [&](int64_t scales, bool hasZeroPoints) {
    auto quantized = cast<quant::QuantizedType>(element);
    unsigned bits = quantized.getExpressedType().getIntOrFloatBitWidth();
    if (hasZeroPoints)
      bits += quantized.getStorageTypeIntegralWidth();
    return scales * bits;
  };
  auto isNotZero = [](int64_t zeroPoint) { return zeroPoint != 0; };
  return llvm::TypeSwitch<Type, int64_t>(element)
      .Case([&](quant::UniformQuantizedType uniform) {
        return bitsOf(1, uniform.getZeroPoint() != 0);
      })
      .Case([&](quant::UniformQuantizedPerAxisType perAxis) {
        return bitsOf(perAxis.getScales().size(),
                      llvm::any_of(perAxis.getZeroPoints(), isNotZero));
      })
      .Case([&](quant::UniformQuantizedSubChannelType blocks) {
        auto zeroPoints = blocks.getZeroPoints().getValues<APInt>();
        return bitsOf(blocks.getScales().getNumElements(),
                      llvm::any_of(zeroPoints, [](const APInt &zeroPoint) {
                        return !zeroPoint.isZero();
                      }));
      })
      .Case([&](nn::CodebookType codebook) -> int64_t {
        return llvm::divideCeil(type.getNumElements(), codebook.getBlock()) *
               codebook.getExpressed().getWidth();
      })
      .Default(int64_t{0});
}

/// The parameter in sparse storage from which quantization, casts and views
/// make `weight`, or null.
static nn::SparseConstantOp findSparse(Value weight) {
  Operation *op = weight.getDefiningOp();
  while (op && op->getNumOperands() == 1)
    op = op->getOperand(0).getDefiningOp();
  return dyn_cast_or_null<nn::SparseConstantOp>(op);
}

static int64_t countBits(Value weight) {
  auto type = cast<RankedTensorType>(weight.getType());
  int64_t elements = type.getNumElements(), indexBits = 0;
  if (nn::SparseConstantOp sparse = findSparse(weight)) {
    elements = cast<ShapedType>(sparse.getValues().getType()).getNumElements();
    indexBits =
        8 * cast<ShapedType>(sparse.getIndex().getType()).getNumElements();
  }
  return elements * nn::getElementBits(type.getElementType()) + indexBits +
         countScaleBits(type);
}

WeightReport atleus::readWeights(ModuleOp module) {
  llvm::SetVector<Value> weights;
  module.walk([&](Operation *op) {
    if (Value weight = findWeight(op))
      weights.insert(weight);
  });
  WeightReport report;
  report.areRead = !areWeightsAbsent(module);
  for (Value weight : weights) {
    report.count += cast<RankedTensorType>(weight.getType()).getNumElements();
    report.bits += countBits(weight);
  }
  return report;
}
