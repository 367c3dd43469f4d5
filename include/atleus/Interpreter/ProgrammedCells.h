// The ideal cells of a weight in crossbar arrays.
//
// A weight [k, n] of signed integers is written once. Its rows lie along
// wordlines, in groups that are driven at once; each weight takes several cells
// in adjacent columns, so that the cells are a matrix of k rows and
// n * cellsPerWeight columns. A cell holds a level, an integer from 0 to
// largestCell().
//
// A read drives one group of wordlines with one digit of each input, and sums
// digit * level in each column. Cells are kept four rows to a byte
// (lib/Interpreter/CellSums.h says why).
//
// Example: k = 200, rows = 128, active_rows = 64: groups [0, 64) and [64, 128)
// in the first row of arrays, [128, 192) and [192, 200) in the second.
#ifndef ATLEUS_INTERPRETER_PROGRAMMEDCELLS_H
#define ATLEUS_INTERPRETER_PROGRAMMEDCELLS_H

#include "atleus/Interpreter/CrossbarConfiguration.h"

#include "llvm/ADT/ArrayRef.h"

#include <vector>

namespace atleus {

/// Consecutive rows of a weight whose wordlines are driven at once.
struct WordlineGroup {
  int64_t begin, end;
  /// The row of the grid of arrays that holds them, and the first of them in
  /// the array.
  int64_t arrayRow, firstWordline;

  int64_t size() const { return end - begin; }
};

/// The groups of a weight of `rows` rows. Blocks of `rowsPerScale` rows are
/// driven one after another, because they have scales of their own.
std::vector<WordlineGroup>
formWordlineGroups(int64_t rows, int64_t rowsPerScale,
                   const CrossbarConfiguration &configuration);

/// Rows whose cells share a byte.
constexpr int64_t rowsPerByte = 4;

/// The cells of a weight.
class ProgrammedCells {
public:
  /// `weights` are [k, columns] in row-major order, and the groups cover the k
  /// rows.
  ProgrammedCells(llvm::ArrayRef<int8_t> weights, int64_t columns,
                  std::vector<WordlineGroup> groups,
                  const CrossbarConfiguration &configuration);

  int64_t getNumRows() const { return groups.back().end; }
  /// Columns of cells.
  int64_t getNumCellColumns() const { return cellColumns; }
  llvm::ArrayRef<WordlineGroup> getGroups() const { return groups; }
  /// Whether the cells of a column in a group are stored inverted.
  bool isFlipped(int64_t group, int64_t column) const {
    return flipped[group * cellColumns + column] != 0;
  }
  /// The level of a cell as it is stored.
  unsigned getLevel(int64_t group, int64_t row, int64_t column) const;
  /// The levels of cells of one group, in the order of a CellBlock.
  std::vector<float> getLevels(int64_t group, int64_t columnBegin,
                               int64_t columnEnd) const;
  /// Pairs of bit planes that a cell takes.
  unsigned getNumPairs() const { return cellPairs; }
  /// The cells of a column in a group: for each pair of bit planes, from the
  /// lowest on, a byte for four rows, the first row in its lowest bits.
  llvm::ArrayRef<uint8_t> getWords(int64_t group, int64_t column) const;

private:
  int64_t bytesPerColumn(const WordlineGroup &group) const;

  int64_t cellColumns;
  unsigned cellPairs;
  std::vector<WordlineGroup> groups;
  /// Where the bytes of each group begin, column after column.
  std::vector<int64_t> offsets;
  std::vector<uint8_t> bytes;
  /// For each group and column.
  std::vector<uint8_t> flipped;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_PROGRAMMEDCELLS_H
