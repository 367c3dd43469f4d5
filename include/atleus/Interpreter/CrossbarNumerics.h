// What a grid of crossbar arrays computes, bit by bit.
//
// A crossbar holds unsigned cells of a few bits and adds currents. Everything
// else is around it: a signed weight is encoded and cut into slices, one cell
// each; an input enters digit by digit through the DACs; each pass drives one
// group of wordlines; each column's sum goes through an ADC; the digital part
// shifts, adds, undoes the encoding and makes up for zero points. What the rows
// of one array give is then added to what the arrays above gave, in a register
// of a stated width, from the first row of arrays to the last. Blocks of rows
// with scales of their own are products of their own.
//
// If the ADC resolves the largest sum that a column can have and the register
// holds all sums, the result is the exact integer product, and is computed as
// that. A coarser ADC clips, a narrower register wraps or saturates, and the
// result shows what the hardware would lose.
//
// Signed inputs: with 1-bit DACs the input is in two's complement and the pass
// of the sign bit is subtracted. With wider DACs the input is stored plus half
// its range, and that times the sum of the column's weights, which is known
// when the weights are written, is subtracted.
//
// Example: K = 200, rows = 128, active_rows = 64, weights of 8 bits in 2-bit
// cells, inputs of 8 bits through 1-bit DACs: four groups of wordlines (64, 64,
// 64, 8), four slices, eight passes: 128 conversions for one result.
#ifndef ATLEUS_INTERPRETER_CROSSBARNUMERICS_H
#define ATLEUS_INTERPRETER_CROSSBARNUMERICS_H

#include "atleus/Interpreter/AnalogCells.h"
#include "atleus/Interpreter/Tensor.h"

#include <mutex>

namespace atleus {

/// A weight in crossbars, with all that products need and that depends on the
/// weight alone.
class CrossbarWeight : public PreparedValue {
public:
  /// `weight` ([k, n]) has signed integers of up to 8 bits. Each block of
  /// `rowsPerScale` rows has as many of `zeroPoints`: none, one for all
  /// columns, or one for each. What `configuration` says of inputs does not
  /// matter.
  CrossbarWeight(const Tensor &weight, int64_t rowsPerScale,
                 llvm::ArrayRef<int64_t> zeroPoints,
                 const CrossbarConfiguration &configuration);
  ~CrossbarWeight() override;

  /// Writes the weight into devices that are not ideal.
  void setAnalogEffects(std::shared_ptr<const AnalogEffects> effects);

  int64_t getNumBlocks() const { return blocks.size(); }

  /// Sums of (x - input zero) * (w - zero point) over the rows of a block of
  /// scales, as i32 or i64, for an input ([..., k]) of integers of up to 16
  /// bits, of `inputBits` bits. The input has no zero point, one, or one for
  /// each vector. Computed as an exact product where that gives the same.
  /// `before`, i64 or the null tensor for zeros, is what the registers hold
  /// when the first row of arrays is added to them.
  Tensor multiply(const Tensor &input, unsigned inputBits,
                  llvm::ArrayRef<int64_t> inputZeros, int64_t block,
                  const Tensor &before = Tensor()) const;

  /// The same, always by slices, passes and conversions, as i64.
  Tensor simulate(const Tensor &input, unsigned inputBits,
                  llvm::ArrayRef<int64_t> inputZeros, int64_t block,
                  const Tensor &before = Tensor()) const;

private:
  /// The rows of a block that lie in one row of the grid of arrays.
  struct ArrayRows {
    int64_t begin, end, groupBegin, groupEnd;
    /// For each column the sum of its weights.
    std::vector<int64_t> columnSums;
  };
  /// The rows of a block of scales.
  struct ScaleBlock {
    int64_t begin, end;
    std::vector<ArrayRows> arrays;
    llvm::SmallVector<int64_t> zeroPoints;
    /// The largest sum of |w - zero point| of a column.
    int64_t magnitude;

    int64_t getZeroPoint(int64_t column) const {
      if (zeroPoints.empty())
        return 0;
      return zeroPoints[zeroPoints.size() == 1 ? 0 : column];
    }
  };
  class Simulation;

  /// The cells, which an exact product does not need.
  const ProgrammedCells &getCells() const;
  void formBlocks(int64_t rowsPerScale, llvm::ArrayRef<int64_t> zeroPoints);
  void measure(ScaleBlock &block);
  CrossbarConfiguration withInputs(const Tensor &input,
                                   unsigned inputBits) const;
  Tensor multiplyExactly(const Tensor &input,
                         llvm::ArrayRef<int64_t> inputZeros,
                         const ScaleBlock &block, const Tensor &before) const;

  Tensor weight;
  CrossbarConfiguration configuration;
  std::vector<WordlineGroup> groups;
  mutable std::once_flag cellsFormed;
  mutable std::unique_ptr<const ProgrammedCells> cells;
  std::unique_ptr<const AnalogCells> analog;
  std::vector<ScaleBlock> blocks;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_CROSSBARNUMERICS_H
