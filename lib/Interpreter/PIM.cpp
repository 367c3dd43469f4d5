// What crossbars compute. The value of an array is the weight that it holds.
#include "EvaluationModel.h"

#include "atleus/Interpreter/ArrayConfiguration.h"
#include "atleus/Interpreter/CrossbarNumerics.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/Quantization.h"

using namespace mlir;
using namespace atleus;

/// What crossbars hold of a matrix [k, n]: signed integers. Unsigned ones and
/// their zero points are moved down by half their range, which changes no
/// product.
static llvm::Expected<std::shared_ptr<CrossbarWeight>>
writeCells(const Tensor &matrix, pim::ArrayType array) {
  if (getElementBytes(matrix.getKind()) != 1)
    return llvm::createStringError(
        "weights in crossbars must be integers of up to 8 bits");
  auto parameters = kernels::getQuantizationParameters(matrix);
  if (!parameters)
    return parameters.takeError();
  CrossbarConfiguration configuration = getConfiguration(array);
  Tensor values = matrix;
  int64_t offset = 0;
  if (matrix.getKind() != ElementKind::Int8) {
    offset = int64_t(1) << (configuration.weightBits - 1);
    values = Tensor(matrix.getShape(),
                    IntegerType::get(matrix.getElementType().getContext(), 8));
    for (auto [from, to] :
         llvm::zip_equal(matrix.as<uint8_t>(), values.mutableAs<int8_t>()))
      to = static_cast<int8_t>(from - offset);
  }
  SmallVector<int64_t> zeroPoints;
  int64_t columns = matrix.getDim(1);
  if (offset != 0 || !parameters->zeroPoints.empty())
    for (int64_t row = 0; row < parameters->grid[0]; ++row)
      for (int64_t column = 0; column < columns; ++column) {
        int64_t block =
            row * parameters->grid[1] + column / parameters->blockSizes[1];
        zeroPoints.push_back(parameters->zeroPoint(block) - offset);
      }
  return std::make_shared<CrossbarWeight>(values, parameters->blockSizes[0],
                                          zeroPoints, configuration);
}

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
  pim::ArrayType array = op.getArray().getType();
  Tensor held = matrix.withElementType(array.getMatrix().getElementType());
  held.copyRunTimeScale(operands[0]);
  auto cells = writeCells(held, array);
  if (!cells)
    return cells.takeError();
  if (std::shared_ptr<const AnalogEffects> effects = getEffects(op))
    (*cells)->setAnalogEffects(std::move(effects));
  held.setPrepared(std::move(*cells));
  return held;
}

static llvm::Expected<Tensor> evaluateMVM(pim::MVMOp op,
                                          ArrayRef<Tensor> operands) {
  const Tensor &input = operands[1];
  if (getElementBytes(input.getKind()) > 2)
    return llvm::createStringError(
        "inputs of crossbars must be integers of up to 16 bits");
  const auto *weight =
      static_cast<const CrossbarWeight *>(operands[0].getPrepared());
  unsigned bits = cast<quant::QuantizedType>(input.getElementType())
                      .getStorageTypeIntegralWidth();
  llvm::Expected<Tensor> result = kernels::addScaledRows(
      input, operands[0], /*transposeRhs=*/false, optionalOperand(operands, 2),
      [&](const kernels::ScaledRows &rows) {
        return weight->multiply(input, bits, rows.zeroPoints.lhs, rows.index);
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
