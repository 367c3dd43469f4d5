// Cells of real devices, whose levels are not integers.
//
// A level is an integer when a cell is given it. What a driven cell adds to the
// sum of its column is another number in the same unit, kept as a float, and a
// sum is disturbed when it is read. The ADC rounds what it gets, so that ideal
// devices give the sums of the integers.
#ifndef ATLEUS_INTERPRETER_ANALOGCELLS_H
#define ATLEUS_INTERPRETER_ANALOGCELLS_H

#include "atleus/Interpreter/ProgrammedCells.h"

#include <memory>

namespace atleus {

/// A rectangle of cells: a group of wordlines by columns of cells. The value of
/// (row, column) is at (column - columnBegin) * group.size() + row -
/// group.begin.
struct CellBlock {
  WordlineGroup group;
  int64_t columnBegin, columnEnd;
};

/// The sums that some columns of a group give in all passes of some vectors:
/// that of column c, pass p and vector v is at
/// ((c - columnBegin) * passes + p) * vectors + v.
struct SumBlock {
  CellBlock cells;
  int64_t passes, vectors;
  /// The ADC rounds sums to multiples of this.
  float step;
  /// The cells, as `writeLevels` left them.
  llvm::ArrayRef<float> levels;
  /// The digits that are driven, in floats: those of the rows of the group in
  /// pass p of vector v begin at (p * vectors + v) * group.size().
  llvm::ArrayRef<float> digits;
};

/// What devices do. The functions are called from several threads, for blocks
/// of any extent in any order, and must depend on the cells and digits alone.
class AnalogEffects {
public:
  virtual ~AnalogEffects();
  /// Turns levels that cells were given into what they add to a sum.
  virtual void writeLevels(const CellBlock &cells,
                           llvm::MutableArrayRef<float> levels) const = 0;
  /// Adds what reading adds to sums.
  virtual void disturbSums(const SumBlock &block,
                           llvm::MutableArrayRef<float> sums) const = 0;
};

/// The cells of a weight as devices hold them.
class AnalogCells {
public:
  AnalogCells(const ProgrammedCells &cells,
              std::shared_ptr<const AnalogEffects> effects);

  const AnalogEffects &getEffects() const { return *effects; }
  /// What the cells of a group from column `columnBegin` on add, in the order
  /// of a CellBlock.
  const float *getLevels(int64_t group, int64_t columnBegin) const {
    const WordlineGroup &rows = groups[group];
    return levels.data() + rows.begin * columns + columnBegin * rows.size();
  }

private:
  std::vector<WordlineGroup> groups;
  int64_t columns;
  std::vector<float> levels;
  std::shared_ptr<const AnalogEffects> effects;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_ANALOGCELLS_H
