// What crossbars compute. The value of an array is the weight that it holds.
#include "EvaluationModel.h"

#include "atleus/Interpreter/ArrayConfiguration.h"
#include "atleus/Interpreter/CrossbarNumerics.h"
#include "atleus/Interpreter/DataMovement.h"
#include "atleus/Interpreter/Elementwise.h"
#include "atleus/Interpreter/PackedCrossbar.h"
#include "atleus/Interpreter/Quantization.h"

using namespace mlir;
using namespace atleus;

/// What crossbars hold of a matrix [k, n]: signed integers. Unsigned ones and
/// their zero points are moved down by half their range, which changes no
/// product.
static llvm::Expected<CrossbarMatrix>
holdMatrix(const Tensor &matrix, const CrossbarConfiguration &configuration) {
  if (getElementBytes(matrix.getKind()) != 1)
    return llvm::createStringError(
        "weights in crossbars must be integers of up to 8 bits");
  auto parameters = kernels::getQuantizationParameters(matrix);
  if (!parameters)
    return parameters.takeError();
  CrossbarMatrix held{matrix, parameters->blockSizes[0], {}};
  int64_t offset = 0;
  if (matrix.getKind() != ElementKind::Int8) {
    offset = int64_t(1) << (configuration.weightBits - 1);
    held.values =
        Tensor(matrix.getShape(),
               IntegerType::get(matrix.getElementType().getContext(), 8));
    for (auto [from, to] :
         llvm::zip_equal(matrix.as<uint8_t>(), held.values.mutableAs<int8_t>()))
      to = static_cast<int8_t>(from - offset);
  }
  int64_t columns = matrix.getDim(1);
  if (offset != 0 || !parameters->zeroPoints.empty())
    for (int64_t row = 0; row < parameters->grid[0]; ++row)
      for (int64_t column = 0; column < columns; ++column) {
        int64_t block =
            row * parameters->grid[1] + column / parameters->blockSizes[1];
        held.zeroPoints.push_back(parameters->zeroPoint(block) - offset);
      }
  return held;
}

/// The parts into which a weight without some lines falls.
static std::vector<PackedPart>
listParts(pim::ProgramOp op, const pim::KeptLines &kept, int64_t rowsPerScale) {
  int64_t rows = op.getArray().getType().getMatrix().getDimSize(0);
  std::vector<PackedPart> parts;
  for (const pim::KeptLines::Block &block : kept.blocks) {
    PackedPart &part = parts.emplace_back();
    auto across = llvm::seq(block.begin, block.end);
    (kept.areRows ? part.rows : part.columns) = block.lines;
    (kept.areRows ? part.columns : part.rows)
        .assign(across.begin(), across.end());
    if (!kept.areRows && rowsPerScale < rows)
      part.scaleBlock = block.begin / rowsPerScale;
  }
  return parts;
}

/// Gives each part of a weight the noise of its own arrays.
static void disturbParts(pim::ProgramOp op, ArrayRef<PackedPart> parts,
                         PackedCrossbarWeight &weight) {
  pim::ArrayType array = op.getArray().getType();
  pim::CrossbarAttr crossbar = array.getCrossbar();
  int64_t arraysBefore = 0;
  for (auto [index, part] : llvm::enumerate(parts)) {
    int64_t features = part.columns.size();
    weight.setAnalogEffects(index, getEffects(op, arraysBefore, features));
    arraysBefore +=
        llvm::divideCeil(part.rows.size(), crossbar.getRows()) *
        llvm::divideCeil(features * array.getSlices(), crossbar.getColumns());
  }
}

/// The weight of `op` in its arrays.
static llvm::Expected<std::shared_ptr<const PreparedValue>>
writeCells(pim::ProgramOp op, const Tensor &matrix) {
  pim::ArrayType array = op.getArray().getType();
  CrossbarConfiguration configuration = getConfiguration(array);
  llvm::Expected<CrossbarMatrix> held = holdMatrix(matrix, configuration);
  if (!held)
    return held.takeError();
  nn::SparsityAttr lines = array.getSparsity();
  if (!lines) {
    auto weight = std::make_shared<CrossbarWeight>(
        held->values, held->rowsPerScale, held->zeroPoints, configuration);
    if (std::shared_ptr<const AnalogEffects> effects = getEffects(op))
      weight->setAnalogEffects(std::move(effects));
    return weight;
  }
  llvm::Expected<pim::KeptLines> kept = pim::findKeptLines(op);
  if (!kept)
    return kept.takeError();
  int64_t rowsPerScale =
      lines.describe(matrix.getShape(), /*kept=*/1, /*inner=*/0)
          .rowsLeft(held->rowsPerScale);
  std::vector<PackedPart> parts = listParts(op, *kept, held->rowsPerScale);
  auto weight = std::make_shared<PackedCrossbarWeight>(
      *held, parts, rowsPerScale, configuration);
  if (op.getNoise())
    disturbParts(op, parts, *weight);
  return weight;
}

/// The features that are written, as a matrix [k, n] of the array's type.
static llvm::Expected<Tensor> evaluateProgram(pim::ProgramOp op,
                                              ArrayRef<Tensor> operands) {
  Tensor matrix = operands[0];
  if (op.getTransposed())
    matrix = kernels::transpose(matrix, {1, 0});
  pim::ArrayType array = op.getArray().getType();
  ArrayRef<int64_t> written = array.getMatrix().getShape();
  if (written != ArrayRef<int64_t>(matrix.getShape()))
    matrix = kernels::slice(matrix, {op.getFirstRow(), op.getFeatures()[0]},
                            written, {1, 1});
  Tensor held = matrix.withElementType(array.getMatrix().getElementType());
  auto cells = writeCells(op, held);
  if (!cells)
    return cells.takeError();
  held.setPrepared(std::move(*cells));
  return held;
}

/// Sums as integers of the result's width, which may be too narrow for what
/// disturbed cells give.
static llvm::Expected<Tensor> narrowSums(const Tensor &sums, Type type) {
  Tensor wide = kernels::convert(sums, IntegerType::get(type.getContext(), 64));
  unsigned bits = type.getIntOrFloatBitWidth();
  for (int64_t sum : wide.as<int64_t>())
    if (!llvm::isIntN(bits, sum))
      return llvm::createStringError("sum of " + llvm::Twine(sum) +
                                     " does not fit in " + llvm::Twine(bits) +
                                     " bits");
  return kernels::convert(wide, type);
}

static llvm::Expected<Tensor> evaluateMVM(pim::MVMOp op,
                                          ArrayRef<Tensor> operands) {
  const Tensor &input = operands[1];
  if (getElementBytes(input.getKind()) > 2)
    return llvm::createStringError(
        "inputs of crossbars must be integers of up to 16 bits");
  const PreparedValue *cells = operands[0].getPrepared();
  assert(cells && "only pim.program makes arrays");
  bool isPacked = static_cast<bool>(op.getArray().getType().getSparsity());
  unsigned bits = cast<quant::QuantizedType>(input.getElementType())
                      .getStorageTypeIntegralWidth();
  // Integers go on in the registers of the arrays, floats behind them.
  Tensor held, scaled;
  if (std::optional<unsigned> sums = op.getSumsNumber()) {
    Type type = operands[*sums].getElementType();
    if (isa<IntegerType>(type))
      held = kernels::convert(operands[*sums],
                              IntegerType::get(type.getContext(), 64));
    else
      scaled = operands[*sums];
  }
  auto multiply = [&](const kernels::ScaledRows &rows) {
    ArrayRef<int64_t> zeros = rows.zeroPoints.lhs;
    return isPacked
               ? static_cast<const PackedCrossbarWeight *>(cells)->multiply(
                     input, bits, zeros, rows.index, held)
               : static_cast<const CrossbarWeight *>(cells)->multiply(
                     input, bits, zeros, rows.index, held);
  };
  Type element = getElementTypeOrSelf(op.getResult().getType());
  if (op.hasIntegerResult()) {
    llvm::Expected<Tensor> sums =
        kernels::sumRows(input, operands[0], /*transposeRhs=*/false, multiply);
    if (!sums)
      return sums.takeError();
    return narrowSums(*sums, element);
  }
  llvm::Expected<Tensor> result = kernels::addScaledRows(
      input, operands[0], /*transposeRhs=*/false,
      op.getBias() ? operands[2] : Tensor(), multiply, scaled);
  if (!result)
    return result.takeError();
  return kernels::convert(*result, element);
}

void atleus::attachPIMModels(MLIRContext *context) {
  attachEvaluation<pim::ProgramOp, evaluateProgram>(context);
  attachEvaluation<pim::MVMOp, evaluateMVM>(context);
}
