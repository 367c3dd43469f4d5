// Follows values to the ops that quantized them.
#include "dialects/NN/RunTimeScales.h"

#include "dialects/Interfaces/Kernel.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

/// What a kernel with a region yields as `value`, or the value itself.
static Value lookInside(Value value) {
  Operation *op = value.getDefiningOp();
  // A verifier may ask before anyone has looked at the kernel.
  if (!isa_and_nonnull<KernelOpInterface>(op) || op->getNumRegions() != 1 ||
      op->getRegion(0).empty() || op->getRegion(0).front().empty())
    return value;
  unsigned number = cast<OpResult>(value).getResultNumber();
  Operation &end = op->getRegion(0).front().back();
  return number < end.getNumOperands() ? end.getOperand(number) : value;
}

std::optional<RunTimeScales> nn::getQuantizedScales(Value value) {
  auto quantize = lookInside(value).getDefiningOp<QuantizeOp>();
  if (!quantize)
    return std::nullopt;
  return quantize.getScales();
}

RunTimeScales nn::findRunTimeScales(Value value) {
  Type type = getElementTypeOrSelf(value.getType());
  if (!isa<quant::AnyQuantizedType>(type))
    return RunTimeScales::Tensor;
  // In a graph region values may go round in circles.
  llvm::SmallPtrSet<Operation *, 8> seen;
  while (true) {
    if (auto scales = getQuantizedScales(value))
      return *scales;
    value = lookInside(value);
    Operation *op = value.getDefiningOp();
    if (!op) {
      // What a kernel's region receives is what the kernel receives.
      auto argument = cast<BlockArgument>(value);
      Operation *parent = argument.getOwner()->getParentOp();
      if (!isa_and_nonnull<KernelOpInterface>(parent) ||
          argument.getArgNumber() >= parent->getNumOperands())
        break;
      value = parent->getOperand(argument.getArgNumber());
      continue;
    }
    if (!seen.insert(op).second)
      break;
    auto *source = llvm::find_if(op->getOpOperands(), [&](OpOperand &operand) {
      return getElementTypeOrSelf(operand.get().getType()) == type;
    });
    if (source == op->getOpOperands().end())
      break;
    value = source->get();
  }
  return RunTimeScales::Tensor;
}

bool nn::varyAlongInner(Value rhs, bool transposeRhs) {
  return !transposeRhs && getQuantizedScales(rhs) == RunTimeScales::Vector;
}

void nn::addRowScales(Work &work, Value lhs, RankedTensorType rhs,
                      int64_t column) {
  if (findRunTimeScales(lhs) != RunTimeScales::Vector)
    return;
  const MatrixProduct &product = work.products.back();
  int64_t blocks = product.rowsPerScale
                       ? llvm::divideCeil(product.k, product.rowsPerScale)
                       : 1;
  int64_t rows = product.batch * product.m;
  // The scale of a row is multiplied with that of the matrix, or with that of
  // each column.
  bool sameColumns = getScaleBlock(rhs, column) == rhs.getDimSize(column);
  work[VectorOperation::Multiply] +=
      blocks * rows * (sameColumns ? 1 : product.n);
  // The sums of the columns are multiplied with the zero point of each row, not
  // of one.
  if (hasZeroPoint(getElementTypeOrSelf(lhs.getType())))
    work[VectorOperation::Multiply] +=
        blocks * product.batch * (product.m - 1) * product.n;
}
