// A pruned weight in crossbars that leave out lines of its blocks.
//
// What is written falls into parts that lie in arrays of their own: for each
// block of columns the rows that are kept, side by side, or for each block of
// rows the columns that are kept (dialects/PIM/ArrayLayout.h). Each part is a
// weight like others, multiplied with the inputs of its rows; its sums go to
// its columns. What is left out adds nothing, where a zero in a cell may add
// what an ADC that is too coarse makes of it. Which rows share a group of
// wordlines depends on what is kept.
#ifndef ATLEUS_INTERPRETER_PACKEDCROSSBAR_H
#define ATLEUS_INTERPRETER_PACKEDCROSSBAR_H

#include "atleus/Interpreter/CrossbarNumerics.h"

#include <vector>

namespace atleus {

/// What crossbars are to hold: signed integers [k, n] of up to 8 bits.
struct CrossbarMatrix {
  Tensor values;
  /// Rows with scales in common.
  int64_t rowsPerScale = 0;
  /// For each block of these rows and each column, or none.
  llvm::SmallVector<int64_t> zeroPoints;
};

/// Rows and columns of a weight that lie in arrays of their own, in ascending
/// order. `scaleBlock` is the block of scales to which all rows belong; if
/// there is none, they are of all blocks, and as many of each.
struct PackedPart {
  std::vector<int64_t> rows;
  std::vector<int64_t> columns;
  std::optional<int64_t> scaleBlock;
};

class PackedCrossbarWeight : public PreparedValue {
public:
  /// `rowsPerScale` is how many rows of a part belong to each block of scales.
  PackedCrossbarWeight(const CrossbarMatrix &matrix,
                       std::vector<PackedPart> parts, int64_t rowsPerScale,
                       const CrossbarConfiguration &configuration);

  /// Lets devices disturb the part number `part`.
  void setAnalogEffects(size_t part,
                        std::shared_ptr<const AnalogEffects> effects) {
    weights[part]->setAnalogEffects(std::move(effects));
  }

  /// As `CrossbarWeight::multiply`, as i64.
  Tensor multiply(const Tensor &input, unsigned inputBits,
                  llvm::ArrayRef<int64_t> inputZeros, int64_t block,
                  const Tensor &before = Tensor()) const;

private:
  int64_t features;
  std::vector<PackedPart> parts;
  std::vector<std::unique_ptr<CrossbarWeight>> weights;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_PACKEDCROSSBAR_H
