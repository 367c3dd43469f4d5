// Cuts weights into slices, inverts columns, and packs cells.
#include "atleus/Interpreter/ProgrammedCells.h"

#include "atleus/Interpreter/Parallel.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

using namespace atleus;
using llvm::ArrayRef;

std::vector<WordlineGroup>
atleus::formWordlineGroups(int64_t rows, int64_t rowsPerScale,
                           const CrossbarConfiguration &configuration) {
  std::vector<WordlineGroup> groups;
  // Blocks of rows with a scale end where arrays do, or divide them.
  int64_t step = std::min(rowsPerScale, configuration.rows);
  for (int64_t block = 0; block < rows; block += step) {
    int64_t blockEnd = std::min(rows, block + step);
    for (int64_t begin = block; begin < blockEnd;
         begin += configuration.activeRows)
      groups.push_back(
          {begin, std::min(blockEnd, begin + configuration.activeRows),
           begin / configuration.rows, begin % configuration.rows});
  }
  return groups;
}

namespace {
/// The cells of some columns in one group, while they are packed.
struct GroupLevels {
  int64_t rows, columns;
  /// Level of (row, column) at column * rows + row.
  std::vector<uint8_t> levels;

  uint8_t *column(int64_t index) { return levels.data() + index * rows; }
};
} // namespace

/// The bits of a weight that go into a cell.
static uint8_t cutSlice(int64_t stored, unsigned slice,
                        const CrossbarConfiguration &configuration) {
  unsigned mask = (1u << configuration.cellBits) - 1;
  return (stored >> (slice * configuration.cellBits)) & mask;
}

/// Cuts the weights of some columns, in all rows of a group.
static GroupLevels cutWeights(ArrayRef<int8_t> weights, int64_t weightColumns,
                              const WordlineGroup &group, int64_t begin,
                              int64_t end,
                              const CrossbarConfiguration &configuration) {
  unsigned slices = configuration.slices();
  unsigned perWeight = configuration.cellsPerWeight();
  GroupLevels result;
  result.rows = group.size();
  result.columns = (end - begin) * perWeight;
  result.levels.resize(result.rows * result.columns);
  for (int64_t row = 0; row < result.rows; ++row) {
    const int8_t *from = weights.data() + (group.begin + row) * weightColumns;
    for (int64_t column = begin; column < end; ++column) {
      int64_t positive = from[column] + configuration.weightOffset();
      uint8_t *to = result.column((column - begin) * perWeight) + row;
      if (perWeight != slices) {
        int64_t negative = std::max<int64_t>(0, -positive);
        positive = std::max<int64_t>(0, positive);
        for (unsigned slice = 0; slice < slices; ++slice)
          to[(slices + slice) * result.rows] =
              cutSlice(negative, slice, configuration);
      }
      for (unsigned slice = 0; slice < slices; ++slice)
        to[slice * result.rows] = cutSlice(positive, slice, configuration);
    }
  }
  return result;
}

/// Inverts a column of cells that sum past half of the largest sum.
static bool flip(llvm::MutableArrayRef<uint8_t> levels, int64_t largestCell) {
  int64_t sum = 0;
  for (uint8_t level : levels)
    sum += level;
  if (2 * sum <= largestCell * static_cast<int64_t>(levels.size()))
    return false;
  for (uint8_t &level : levels)
    level = static_cast<uint8_t>(largestCell - level);
  return true;
}

/// Packs one pair of bit planes of a column, four rows to a byte. Rows beyond
/// the last are not driven and stay zero.
static void packColumn(ArrayRef<uint8_t> levels, unsigned pair, uint8_t *to) {
  for (auto [row, level] : llvm::enumerate(levels))
    to[row / rowsPerByte] |= (level >> (2 * pair) & 3)
                             << (2 * (row % rowsPerByte));
}

ProgrammedCells::ProgrammedCells(ArrayRef<int8_t> weights, int64_t columns,
                                 std::vector<WordlineGroup> rowGroups,
                                 const CrossbarConfiguration &configuration)
    : cellColumns(columns * configuration.cellsPerWeight()),
      cellPairs(llvm::divideCeil(configuration.cellBits, 2)),
      groups(std::move(rowGroups)) {
  assert(static_cast<int64_t>(weights.size()) == getNumRows() * columns);
  offsets.push_back(0);
  for (const WordlineGroup &group : groups)
    offsets.push_back(offsets.back() + cellColumns * bytesPerColumn(group));
  bytes.resize(offsets.back());
  flipped.resize(groups.size() * cellColumns);
  // Few enough that the cells stay in the cache.
  constexpr int64_t columnsAtOnce = 16;
  unsigned perWeight = configuration.cellsPerWeight();
  bool flips = configuration.encoding == SignEncoding::Flipped;
  parallelChunks(columns, columnsAtOnce, [&](int64_t begin, int64_t end) {
    for (auto [index, group] : llvm::enumerate(groups)) {
      GroupLevels levels =
          cutWeights(weights, columns, group, begin, end, configuration);
      for (int64_t i = 0; i < levels.columns; ++i) {
        int64_t column = begin * perWeight + i;
        llvm::MutableArrayRef<uint8_t> cells(levels.column(i), levels.rows);
        if (flips)
          flipped[index * cellColumns + column] =
              flip(cells, configuration.largestCell());
        uint8_t *to =
            bytes.data() + offsets[index] + column * bytesPerColumn(group);
        for (unsigned pair = 0; pair < cellPairs; ++pair)
          packColumn(cells, pair,
                     to + pair * llvm::divideCeil(levels.rows, rowsPerByte));
      }
    }
  });
}

int64_t ProgrammedCells::bytesPerColumn(const WordlineGroup &group) const {
  return llvm::divideCeil(group.size(), rowsPerByte) * cellPairs;
}

ArrayRef<uint8_t> ProgrammedCells::getWords(int64_t group,
                                            int64_t column) const {
  int64_t size = bytesPerColumn(groups[group]);
  return ArrayRef(bytes).slice(offsets[group] + column * size, size);
}

unsigned ProgrammedCells::getLevel(int64_t group, int64_t row,
                                   int64_t column) const {
  ArrayRef<uint8_t> words = getWords(group, column);
  int64_t wordsPerPair = words.size() / cellPairs;
  int64_t line = row - groups[group].begin;
  unsigned level = 0;
  for (unsigned pair = 0; pair < cellPairs; ++pair) {
    uint8_t word = words[pair * wordsPerPair + line / rowsPerByte];
    level |= (word >> (2 * (line % rowsPerByte)) & 3) << (2 * pair);
  }
  return level;
}

std::vector<float> ProgrammedCells::getLevels(int64_t group,
                                              int64_t columnBegin,
                                              int64_t columnEnd) const {
  std::vector<float> levels;
  levels.reserve((columnEnd - columnBegin) * groups[group].size());
  for (int64_t column = columnBegin; column < columnEnd; ++column)
    for (int64_t row = groups[group].begin; row < groups[group].end; ++row)
      levels.push_back(static_cast<float>(getLevel(group, row, column)));
  return levels;
}
