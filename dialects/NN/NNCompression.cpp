// Constraints of what compression writes: precisions, codebooks, sparse
// storage.
#include "dialects/NN/NNShared.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

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
                                   int64_t groupDimension, int64_t longest,
                                   SparseIndex, SparseIndex) {
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
  if (longest < 0) // (C3)
    return emitError() << "longest must not be negative, found " << longest;
  return success();
}

SparsityAttr SparsityAttr::fromPattern(MLIRContext *context,
                                       const SparsePattern &pattern,
                                       int64_t longest) {
  return get(context, pattern.blockRows, pattern.blockColumns,
             pattern.keptLines, pattern.lineDimension, pattern.group,
             pattern.kept, pattern.groupDimension, longest, pattern.lineIndex,
             pattern.elementIndex);
}

SparsePattern SparsityAttr::getPattern(ArrayRef<int64_t> shape) const {
  SparsePattern pattern;
  pattern.rows = shape[0];
  pattern.columns = shape[1];
  pattern.blockRows = getBlockRows();
  pattern.blockColumns = getBlockColumns();
  pattern.keptLines = getKeptLines();
  pattern.lineDimension = getLineDimension();
  pattern.group = getGroup();
  pattern.kept = getKept();
  pattern.groupDimension = getGroupDimension();
  pattern.lineIndex = getLineIndex();
  pattern.elementIndex = getElementIndex();
  return pattern;
}

WeightSparsity SparsityAttr::describe(ArrayRef<int64_t> shape, int64_t kept,
                                      unsigned inner) const {
  WeightSparsity sparsity;
  sparsity.kept = kept;
  sparsity.indexBits = countIndexBits(getPattern(shape), kept);
  bool transposed = inner != 0;
  sparsity.blockRows = transposed ? getBlockColumns() : getBlockRows();
  sparsity.blockColumns = transposed ? getBlockRows() : getBlockColumns();
  (getLineDimension() == inner ? sparsity.keptRows : sparsity.keptColumns) =
      getKeptLines();
  // Zeros of a group across the sum shorten no column's sum by themselves.
  if (getGroupDimension() == inner) {
    sparsity.group = getGroup();
    sparsity.keptInGroup = getKept();
    sparsity.longestColumn = getLongest();
  }
  return sparsity;
}

/// The bytes of an index, or nothing if they are elided.
static std::optional<std::vector<uint8_t>> getBytes(ElementsAttr elements) {
  ArrayRef<char> bytes;
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(elements)) {
    AsmResourceBlob *blob = resource.getRawHandle().getBlob();
    if (!blob)
      return std::nullopt;
    bytes = blob->getData();
  } else {
    auto dense = cast<DenseElementsAttr>(elements);
    bytes = dense.getRawData();
    if (dense.isSplat())
      return std::vector<uint8_t>(elements.getNumElements(), bytes.front());
  }
  return std::vector<uint8_t>(bytes.begin(), bytes.end());
}

llvm::Expected<SparseMask> SparseConstantOp::readMask() {
  std::optional<std::vector<uint8_t>> bytes = getBytes(getIndex());
  if (!bytes)
    return llvm::createStringError("index of a sparse weight was elided");
  return decodeIndex(getPattern(), getNumKept(), *bytes);
}

/// Checks how many values and bytes of the index there are.
static LogicalResult verifySizes(SparseConstantOp op) {
  SparsePattern pattern = op.getPattern();
  int64_t kept = op.getNumKept();
  int64_t expected =
      pattern.isUnstructured() ? pattern.size() : countKept(pattern);
  bool fits = pattern.isUnstructured() ? kept <= expected : kept == expected;
  if (!fits) // (C3)
    return op.emitOpError() << "keeps " << kept << " values, expected "
                            << (pattern.isUnstructured() ? "at most " : "")
                            << expected;
  int64_t bytes = llvm::divideCeil(countIndexBits(pattern, kept), 8);
  if (op.getIndex().getNumElements() != bytes) // (C2)
    return op.emitOpError() << "index has " << op.getIndex().getNumElements()
                            << " bytes, expected " << bytes;
  return success();
}

/// Checks the bits of a bitmap without levels: no other format leaves the number
/// of elements open.
static LogicalResult verifyBitmap(SparseConstantOp op) {
  SparsePattern pattern = op.getPattern();
  if (!pattern.isUnstructured() ||
      pattern.elementIndex != SparseIndex::Bitmap)
    return success();
  std::optional<std::vector<uint8_t>> bytes = getBytes(op.getIndex());
  if (!bytes)
    return success();
  int64_t found = 0;
  for (uint8_t byte : *bytes)
    found += llvm::popcount(byte);
  if (found != op.getNumKept()) // (C3)
    return op.emitOpError() << "has " << op.getNumKept()
                            << " values, but its index keeps " << found;
  return success();
}

LogicalResult SparseConstantOp::verify() {
  auto values = dyn_cast<RankedTensorType>(getValues().getType());
  if (getType().getRank() != 2 || !values || values.getRank() != 1 ||
      values.getElementType() != getType().getElementType() ||
      getType().getNumElements() == 0) // (C1)
    return emitOpError() << "needs a matrix and one-dimensional values of its "
                            "element type, found "
                         << getType() << " and " << getValues().getType();
  auto index = dyn_cast<RankedTensorType>(getIndex().getType());
  if (!index || index.getRank() != 1 ||
      !index.getElementType().isInteger(8)) // (C2)
    return emitOpError() << "index must be one-dimensional, of bytes, found "
                         << getIndex().getType();
  if (failed(verifySizes(*this)) || failed(verifyBitmap(*this)))
    return failure();
  int64_t longest = getSparsity().getLongest();
  int64_t lines = getType().getDimSize(1 - getSparsity().getGroupDimension());
  int64_t most = getType().getDimSize(getSparsity().getGroupDimension());
  int64_t least = llvm::divideCeil(getNumKept(), lines);
  if (longest != 0 && (longest < least || longest > most)) // (C4)
    return emitOpError() << "longest must be from " << least << " to " << most
                         << ", found " << longest;
  return success();
}

int64_t SparseConstantOp::getStoredBytes() {
  unsigned bits = getElementBits(getType().getElementType());
  return llvm::divideCeil(getNumKept() * bits, 8) +
         getIndex().getNumElements();
}

SparseConstantOp nn::findSparseConstant(Value weight) {
  while (Operation *op = weight.getDefiningOp()) {
    if (auto constant = dyn_cast<SparseConstantOp>(op))
      return constant;
    if (!isa<QuantizeOp, DequantizeOp, StorageCastOp>(op))
      return {};
    weight = op->getOperand(0);
  }
  return {};
}

WeightSparsity nn::getWeightSparsity(Value weight, unsigned inner) {
  SparseConstantOp constant = findSparseConstant(weight);
  return constant ? constant.describe(inner) : WeightSparsity();
}

Work SparseConstantOp::getWork() { return {}; }

Tile SparseConstantOp::getOperandTile(unsigned, unsigned, const Tile &) {
  llvm_unreachable("has no operands");
}
