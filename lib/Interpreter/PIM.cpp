// What crossbars compute. The value of an array is the weight that it holds.
#include "EvaluationModel.h"

#include "atleus/Interpreter/CrossbarNumerics.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Quantization.h"

#include "dialects/PIM/PIM.h"

using namespace mlir;
using namespace atleus;

/// The features that are written, as a matrix [k, n] of the array's type.
static llvm::Expected<Tensor> evaluateProgram(pim::ProgramOp op,
                                              ArrayRef<Tensor> operands) {
  Tensor matrix = operands[0];
  if (op.getTransposed())
    matrix = kernels::transpose(matrix, {1, 0});
  int64_t rows = matrix.getDim(0);
  int64_t first = op.getFeatures()[0], count = op.getFeatures()[1];
  if (count != matrix.getDim(1))
    matrix = kernels::slice(matrix, {0, first}, {rows, count}, {1, 1});
  Type elementType = op.getArray().getType().getMatrix().getElementType();
  Tensor held = matrix.withElementType(elementType);
  if (std::optional<float> scale = operands[0].getRunTimeScale())
    held.setRunTimeScale(*scale);
  return held;
}

static SignEncoding signEncoding(arch::Encoding encoding) {
  switch (encoding) {
  case arch::Encoding::Offset:
    return SignEncoding::Offset;
  case arch::Encoding::Flipped:
    return SignEncoding::Flipped;
  case arch::Encoding::Differential:
    return SignEncoding::Differential;
  }
  llvm_unreachable("every encoding is handled");
}

static CrossbarConfiguration crossbarConfiguration(pim::CrossbarAttr crossbar,
                                                   const Tensor &input,
                                                   const Tensor &weight) {
  auto bits = [](const Tensor &tensor) {
    return cast<quant::QuantizedType>(tensor.getElementType())
        .getStorageTypeIntegralWidth();
  };
  CrossbarConfiguration configuration;
  configuration.rows = crossbar.getRows();
  configuration.activeRows = crossbar.getActiveRows();
  configuration.cellBits = crossbar.getCellBits();
  configuration.dacBits = crossbar.getDacBits();
  configuration.adcBits = crossbar.getAdcBits();
  configuration.encoding = signEncoding(crossbar.getEncoding());
  configuration.weightBits = bits(weight);
  configuration.inputBits = bits(input);
  configuration.signedInputs = input.getKind() == ElementKind::Int8;
  return configuration;
}

/// Subtracts the input's zero point times the sum of each column: the digital
/// part knows both.
static Tensor subtractZeroPoint(const Tensor &sums, const Tensor &weight,
                                int64_t zeroPoint) {
  if (zeroPoint == 0)
    return sums;
  int64_t columns = weight.getDim(1);
  std::vector<int64_t> columnSums(columns);
  for (int64_t i = 0; i < weight.numElements(); ++i)
    columnSums[i % columns] += weight.as<int8_t>()[i];
  Tensor result = sums;
  MutableArrayRef<int32_t> values = result.mutableAs<int32_t>();
  for (size_t i = 0; i < values.size(); ++i)
    values[i] -= static_cast<int32_t>(zeroPoint * columnSums[i % columns]);
  return result;
}

/// The integer product in the arrays.
static llvm::Expected<Tensor>
multiplyInCrossbar(pim::CrossbarAttr crossbar, const Tensor &input,
                   const Tensor &weight,
                   const kernels::ZeroPoints &zeroPoints) {
  if (weight.getKind() != ElementKind::Int8)
    return llvm::createStringError(
        "weights in crossbars must be signed integers of up to 8 bits");
  if (getElementBytes(input.getKind()) != 1)
    return llvm::createStringError(
        "inputs of crossbars must be integers of up to 8 bits");
  if (!zeroPoints.rhs.empty())
    return llvm::createStringError(
        "weights in crossbars must have no zero points");
  llvm::Expected<Tensor> sums = crossbarProduct(
      input, weight, crossbarConfiguration(crossbar, input, weight));
  if (!sums)
    return sums.takeError();
  return subtractZeroPoint(*sums, weight, zeroPoints.lhs);
}

/// Blocks of rows with scales of their own are rescaled before they are added.
static llvm::Expected<Tensor> evaluateMVM(pim::MVMOp op,
                                          ArrayRef<Tensor> operands) {
  pim::CrossbarAttr crossbar = op.getArray().getType().getCrossbar();
  llvm::Expected<Tensor> result = kernels::quantizedProduct(
      operands[1], operands[0], /*transposeRhs=*/false,
      optionalOperand(operands, 2),
      [&](const Tensor &input, const Tensor &weight, bool,
          const kernels::ZeroPoints &zeroPoints) {
        return multiplyInCrossbar(crossbar, input, weight, zeroPoints);
      });
  if (!result)
    return result.takeError();
  return kernels::convert(*result,
                          getElementTypeOrSelf(op.getResult().getType()));
}

void atleus::attachPIMModels(MLIRContext *context) {
  attachEvaluation<pim::ProgramOp, evaluateProgram>(context);
  attachEvaluation<pim::MVMOp, evaluateMVM>(context);
}
