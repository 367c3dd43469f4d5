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
  held.copyRunTimeScale(operands[0]);
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
  configuration.signedInputs = input.getKind() == ElementKind::Int8 ||
                               input.getKind() == ElementKind::Int16;
  return configuration;
}

namespace {
/// A weight as crossbars hold it: signed. Unsigned weights and their zero
/// points are moved down by half their range, which changes no product.
struct HeldWeight {
  Tensor values;
  /// None, one for all, or one for each column.
  SmallVector<int64_t> zeroPoints;
};
} // namespace

static HeldWeight holdWeight(const Tensor &weight,
                             ArrayRef<int64_t> zeroPoints) {
  if (weight.getKind() == ElementKind::Int8)
    return {weight, SmallVector<int64_t>(zeroPoints)};
  auto type = cast<quant::QuantizedType>(weight.getElementType());
  int64_t half = int64_t(1) << (type.getStorageTypeIntegralWidth() - 1);
  HeldWeight held;
  held.values =
      Tensor(weight.getShape(), IntegerType::get(type.getContext(), 8));
  for (auto [from, to] :
       llvm::zip_equal(weight.as<uint8_t>(), held.values.mutableAs<int8_t>()))
    to = static_cast<int8_t>(from - half);
  held.zeroPoints.assign(zeroPoints.begin(), zeroPoints.end());
  if (held.zeroPoints.empty())
    held.zeroPoints.push_back(0);
  for (int64_t &zeroPoint : held.zeroPoints)
    zeroPoint -= half;
  return held;
}

/// The sums of the rows or of the columns of a matrix of integers.
static std::vector<int64_t> sumAlong(const Tensor &matrix, bool rows) {
  int64_t columns = matrix.getShape().back();
  int64_t count = matrix.numElements();
  std::vector<int64_t> sums(rows ? count / columns : columns);
  dispatchElement(matrix.getKind(), [&](auto tag) {
    using T = typename decltype(tag)::Type;
    if constexpr (std::is_integral_v<T>)
      for (auto [i, value] : llvm::enumerate(matrix.as<T>()))
        sums[rows ? i / columns : i % columns] += value;
  });
  return sums;
}

/// Makes up for the zero points, as the digital part does:
/// sum of (x - p)(w - q) = sum of xw - p * (sum of w) - q * (sum of x - kp),
/// with the sum of each column of w and of each vector x of k elements.
static llvm::Error correctZeroPoints(Tensor &sums, const Tensor &input,
                                     const HeldWeight &weight,
                                     int64_t inputZero) {
  int64_t inner = weight.values.getDim(0), columns = weight.values.getDim(1);
  if (inner == 0)
    return llvm::Error::success();
  std::vector<int64_t> columnSums(columns), vectorSums;
  if (inputZero != 0)
    columnSums = sumAlong(weight.values, /*rows=*/false);
  if (!weight.zeroPoints.empty())
    vectorSums = sumAlong(input, /*rows=*/true);
  MutableArrayRef<int32_t> values = sums.mutableAs<int32_t>();
  for (size_t i = 0; i < values.size(); ++i) {
    int64_t column = i % columns;
    int64_t sum = values[i] - inputZero * columnSums[column];
    if (!weight.zeroPoints.empty())
      sum -= weight.zeroPoints[weight.zeroPoints.size() == 1 ? 0 : column] *
             (vectorSums[i / columns] - inner * inputZero);
    if (!llvm::isInt<32>(sum))
      return llvm::createStringError("sum " + llvm::Twine(sum) +
                                     " of a crossbar does not fit in 32 bits");
    values[i] = static_cast<int32_t>(sum);
  }
  return llvm::Error::success();
}

/// The integer product in the arrays.
static llvm::Expected<Tensor>
multiplyInCrossbar(pim::CrossbarAttr crossbar, const Tensor &input,
                   const Tensor &weight,
                   const kernels::ZeroPoints &zeroPoints) {
  if (getElementBytes(weight.getKind()) != 1)
    return llvm::createStringError(
        "weights in crossbars must be integers of up to 8 bits");
  if (getElementBytes(input.getKind()) > 2)
    return llvm::createStringError(
        "inputs of crossbars must be integers of up to 16 bits");
  HeldWeight held = holdWeight(weight, zeroPoints.rhs);
  llvm::Expected<Tensor> sums = crossbarProduct(
      input, held.values, crossbarConfiguration(crossbar, input, weight));
  if (!sums)
    return sums.takeError();
  if (zeroPoints.lhs == 0 && held.zeroPoints.empty())
    return sums;
  if (llvm::Error error = correctZeroPoints(*sums, input, held, zeroPoints.lhs))
    return error;
  return sums;
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
