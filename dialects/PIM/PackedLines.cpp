// Which lines of pruned weights crossbars leave out.
#include "dialects/PIM/PIM.h"

#include "dialects/Arch/SkippedZeros.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::pim;

static ArrayGrid getGrid(nn::LinearOp op, arch::CrossbarOp core) {
  Type element = op.getWeight().getType().getElementType();
  int64_t slices = llvm::divideCeil(nn::getElementBits(element),
                                    static_cast<uint64_t>(core.getCellBits()));
  if (core.getEncoding() == arch::Encoding::Differential)
    slices *= 2;
  return {
      op.getInnerSize(),
      op.getFeatures(),
      slices,
      static_cast<int64_t>(core.getRows()),
      static_cast<int64_t>(core.getColumns()),
      nn::getScaleBlock(op.getWeight().getType(), op.getTransposed() ? 1 : 0)};
}

/// The blocks of the layer's weight, in parts that fit arrays, if the core
/// leaves out their lines and takes fewer arrays so.
static std::optional<WeightSparsity>
findLines(nn::LinearOp op, arch::CrossbarOp core, std::string &reason) {
  WeightSparsity stored =
      nn::getWeightSparsity(op.getWeight(), op.getTransposed() ? 1 : 0);
  if (!stored.any())
    return std::nullopt;
  ArrayGrid grid = getGrid(op, core);
  MatrixProduct product;
  product.k = grid.k;
  product.n = grid.n;
  product.rowsPerScale = grid.rowsPerScale < grid.k ? grid.rowsPerScale : 0;
  product.sparsity = stored.hasLines() ? fitBlocks(grid, stored) : stored;
  reason = arch::explainComputedZeros(core.getSparsity(), product);
  if (!reason.empty())
    return std::nullopt;
  const WeightSparsity &fitted = product.sparsity;
  int64_t dense = layOutDense(grid).arrays();
  int64_t packed = layOutLines(grid, fitted).arrays();
  if (packed >= dense) {
    reason = ("takes " + Twine(packed) +
              " arrays without the lines that are "
              "zero and " +
              Twine(dense) + " with them")
                 .str();
    return std::nullopt;
  }
  return fitted;
}

nn::SparsityAttr pim::getPackedLines(nn::LinearOp op, arch::CrossbarOp core,
                                     std::string &reason) {
  std::optional<WeightSparsity> lines = findLines(op, core, reason);
  if (!lines)
    return nullptr;
  nn::SparsePattern pattern;
  pattern.blockRows = lines->blockRows;
  pattern.blockColumns = lines->blockColumns;
  pattern.keptLines = lines->keptRows + lines->keptColumns;
  pattern.lineDimension = lines->keptRows != 0 ? 0 : 1;
  return nn::SparsityAttr::fromPattern(op.getContext(), pattern);
}

ArrayLayout pim::layOutWeight(nn::LinearOp op, arch::CrossbarOp core) {
  std::string reason;
  ArrayGrid grid = getGrid(op, core);
  std::optional<WeightSparsity> lines = findLines(op, core, reason);
  return lines ? layOutLines(grid, *lines) : layOutDense(grid);
}

//===----------------------------------------------------------------------===//
// What is written
//===----------------------------------------------------------------------===//

/// Whether each element of a pruned weight [k, n] lies in a line that is zero
/// as a whole.
static std::vector<uint8_t> markLines(const nn::SparsePattern &pattern,
                                      const nn::SparseMask &mask,
                                      bool transposed) {
  std::vector<uint8_t> marked(pattern.size());
  forEachBlock(pattern, mask.prunedLines,
               [&](const nn::MatrixBlock &block, ArrayRef<uint8_t> pruned) {
                 for (int64_t row = block.rowBegin; row < block.rowEnd; ++row)
                   for (int64_t column = block.columnBegin;
                        column < block.columnEnd; ++column) {
                     int64_t line = pattern.lineDimension == 0
                                        ? row - block.rowBegin
                                        : column - block.columnBegin;
                     marked[transposed ? column * pattern.rows + row
                                       : row * pattern.columns + column] =
                         pruned[line];
                   }
               });
  return marked;
}

llvm::Expected<KeptLines> pim::findKeptLines(ProgramOp op) {
  nn::SparseConstantOp constant = nn::findSparseConstant(op.getWeight());
  llvm::Expected<nn::SparseMask> mask = constant.readMask();
  if (!mask)
    return mask.takeError();
  std::vector<uint8_t> marked =
      markLines(constant.getPattern(), *mask, op.getTransposed());
  ArrayType array = op.getType();
  ArrayRef<int64_t> shape = array.getMatrix().getShape();
  nn::SparsityAttr sparsity = array.getSparsity();
  int64_t width = constant.getType().getDimSize(op.getTransposed() ? 0 : 1);
  int64_t firstRow = op.getFirstRow(), firstColumn = op.getFeatures()[0];
  KeptLines kept;
  kept.areRows = sparsity.getLineDimension() == 0;
  int64_t size =
      kept.areRows ? sparsity.getBlockColumns() : sparsity.getBlockRows();
  int64_t across = shape[kept.areRows ? 1 : 0];
  int64_t along = shape[kept.areRows ? 0 : 1];
  for (int64_t begin = 0; begin < across; begin += size) {
    KeptLines::Block block{begin, std::min(across, begin + size), {}};
    for (int64_t line = 0; line < along; ++line) {
      int64_t row = kept.areRows ? line : begin;
      int64_t column = kept.areRows ? begin : line;
      if (!marked[(firstRow + row) * width + firstColumn + column])
        block.lines.push_back(line);
    }
    kept.blocks.push_back(std::move(block));
  }
  return kept;
}
