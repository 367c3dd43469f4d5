// Constraints of what compression writes: precisions, codebooks, sparse
// storage.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

LogicalResult
PrecisionAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                      int64_t weights, int64_t activations, WeightCode code) {
  bool coded = code == WeightCode::NF4;
  if (coded && weights != 4) // (C1)
    return emitError() << "weights coded as nf4 must have 4 bits, found "
                       << weights;
  if ((weights < 2 || weights > 8) && weights != 32) // (C1)
    return emitError() << "weights must have 2 to 8 or 32 bits, found "
                       << weights;
  if ((activations < 4 || activations > 8) && activations != 16 &&
      activations != 32) // (C2)
    return emitError() << "activations must have 4 to 8, 16 or 32 bits, found "
                       << activations;
  if ((coded || weights == 32) && activations != 32) // (C2)
    return emitError() << "activations must have 32 bits beside weights that "
                          "are no integers, found "
                       << activations;
  return success();
}

LogicalResult CodebookType::verify(function_ref<InFlightDiagnostic()> emitError,
                                   CodebookKind, FloatType, int64_t block) {
  if (block < 1) // (C1)
    return emitError() << "a block must have an element at least, found "
                       << block;
  return success();
}

LogicalResult SparsityAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   int64_t blockRows, int64_t blockColumns,
                                   int64_t keptLines, int64_t lineDimension,
                                   int64_t group, int64_t kept,
                                   int64_t groupDimension, SparseIndex,
                                   SparseIndex) {
  if (lineDimension < 0 || lineDimension > 1 || groupDimension < 0 ||
      groupDimension > 1) // (C1)
    return emitError() << "a matrix has the dimensions 0 and 1, found "
                       << lineDimension << " and " << groupDimension;
  bool blocks = blockRows != 0 || blockColumns != 0 || keptLines != 0;
  int64_t lines = lineDimension == 0 ? blockRows : blockColumns;
  if (blocks && (blockRows < 1 || blockColumns < 1 || keptLines < 1 ||
                 keptLines > lines)) // (C1)
    return emitError() << "a block must keep 1 to all of its lines, found "
                       << keptLines << " of a block of " << blockRows << " x "
                       << blockColumns;
  bool groups = group != 0 || kept != 0;
  if (groups && (group < 1 || kept < 1 || kept > group)) // (C2)
    return emitError() << "a group must keep 1 to all of its elements, found "
                       << kept << " of " << group;
  return success();
}

LogicalResult SparseConstantOp::verify() {
  auto values = dyn_cast<RankedTensorType>(getValues().getType());
  if (getType().getRank() != 2 || !values || values.getRank() != 1 ||
      values.getElementType() != getType().getElementType()) // (C1)
    return emitOpError() << "needs a matrix and one-dimensional values of its "
                            "element type, found "
                         << getType() << " and " << getValues().getType();
  auto index = dyn_cast<RankedTensorType>(getIndex().getType());
  if (!index || index.getRank() != 1 ||
      !index.getElementType().isInteger(8)) // (C2)
    return emitOpError() << "index must be one-dimensional, of bytes, found "
                         << getIndex().getType();
  return success();
}

Work SparseConstantOp::getWork() { return {}; }

Tile SparseConstantOp::getOperandTile(unsigned, unsigned, const Tile &) {
  llvm_unreachable("has no operands");
}
