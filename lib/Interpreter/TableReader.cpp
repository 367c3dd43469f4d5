// Reads ideal cells by table.
#include "CellReader.h"
#include "CellSums.h"

#include "atleus/Interpreter/Parallel.h"

#include "llvm/Support/MathExtras.h"

using namespace atleus;
using llvm::SmallVector;

namespace {
/// 64 bytes that a register loads.
struct alignas(64) Line {
  uint8_t bytes[64];
};

/// Lanes that are read at once.
struct LaneBlock {
  int64_t begin, size;
  /// For which there are patterns.
  int64_t bits;
  ReadColumn readColumn;
};

class TableReader : public CellReader {
public:
  explicit TableReader(const CellRead &read);

protected:
  void addCells(int64_t group, int64_t columnBegin, int64_t columnEnd,
                int64_t *totals) const override;

private:
  int64_t countWords(int64_t group) const {
    return llvm::divideCeil(read.cells.getGroups()[group].size(), rowsPerByte);
  }
  void formPatterns(int64_t group);
  /// Where the patterns of a block begin, by word, bit and lane.
  int64_t offsetOf(int64_t group, const LaneBlock &block) const {
    return offsets[group - read.groupBegin] +
           block.begin * block.bits * countWords(group);
  }

  SmallVector<LaneBlock> blocks;
  std::vector<int64_t> offsets;
  std::vector<Line> patterns;
};
} // namespace

/// Up to so many vectors two share a register.
static constexpr int64_t fewVectors = 8;

static bool areFew(int64_t vectors,
                   const CrossbarConfiguration &configuration) {
  return vectors <= fewVectors && configuration.inputBits <= 8;
}

int64_t atleus::countLanes(int64_t vectors,
                           const CrossbarConfiguration &configuration) {
  return llvm::alignTo(vectors, areFew(vectors, configuration) ? 2 : 16);
}

/// Cuts lanes into blocks, as large ones as there are.
static SmallVector<LaneBlock>
cutLanes(const DrivenVectors &vectors,
         const CrossbarConfiguration &configuration) {
  const CellSumKernels &kernels = getCellSumKernels();
  bool few = areFew(vectors.count, configuration);
  int64_t bits = configuration.inputBits;
  SmallVector<LaneBlock> blocks;
  for (int64_t begin = 0; begin < vectors.lanes;) {
    int64_t rest = vectors.lanes - begin;
    LaneBlock block = {begin, 16, bits, kernels.read16};
    if (few)
      block = {begin, 2, 8, kernels.read2};
    else if (kernels.read64 && rest >= 64)
      block = {begin, 64, bits, kernels.read64};
    else if (kernels.read32 && rest >= 32)
      block = {begin, 32, bits, kernels.read32};
    blocks.push_back(block);
    begin += block.size;
  }
  return blocks;
}

TableReader::TableReader(const CellRead &read)
    : CellReader(read), blocks(cutLanes(read.vectors, read.configuration)) {
  int64_t perWord = 0;
  for (const LaneBlock &block : blocks)
    perWord += block.size * block.bits;
  int64_t size = 0;
  for (int64_t group = read.groupBegin; group < read.groupEnd; ++group) {
    offsets.push_back(size);
    size += llvm::alignTo(countWords(group) * perWord, sizeof(Line));
  }
  patterns.resize(size / sizeof(Line));
  parallelChunks(read.groupEnd - read.groupBegin, 1,
                 [&](int64_t begin, int64_t end) {
                   for (int64_t group = begin; group < end; ++group)
                     formPatterns(read.groupBegin + group);
                 });
}

void TableReader::formPatterns(int64_t group) {
  const WordlineGroup &rows = read.cells.getGroups()[group];
  int64_t words = countWords(group);
  for (const LaneBlock &block : blocks) {
    uint8_t *to = patterns.data()->bytes + offsetOf(group, block);
    for (int64_t word = 0; word < words; ++word)
      for (int64_t bit = 0; bit < block.bits; ++bit, to += block.size) {
        int64_t begin = rows.begin + word * rowsPerByte;
        int64_t end = std::min(rows.end, begin + rowsPerByte);
        for (int64_t row = begin; row < end; ++row) {
          const uint16_t *codes = read.vectors.row(row) + block.begin;
          for (int64_t lane = 0; lane < block.size; ++lane)
            to[lane] |= (codes[lane] >> bit & 1) << (row - begin);
        }
      }
  }
}

void TableReader::addCells(int64_t group, int64_t columnBegin,
                           int64_t columnEnd, int64_t *totals) const {
  int64_t lanes = read.vectors.lanes;
  CellColumn column;
  column.numWords = countWords(group);
  column.numPairs = read.cells.getNumPairs();
  for (int64_t cell = columnBegin * cellsPerWeight;
       cell < columnEnd * cellsPerWeight; ++cell) {
    column.words = read.cells.getWords(group, cell).data();
    column.factor = getFactor(group, cell);
    int64_t *to = totals + (cell / cellsPerWeight - columnBegin) * lanes;
    for (const LaneBlock &block : blocks)
      block.readColumn(column, conversion,
                       patterns.data()->bytes + offsetOf(group, block),
                       to + block.begin);
  }
}

std::unique_ptr<CellReader> atleus::readByTable(const CellRead &read) {
  return std::make_unique<TableReader>(read);
}
