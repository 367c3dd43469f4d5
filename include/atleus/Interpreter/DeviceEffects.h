// The noise of devices in the numerics of crossbars: `DeviceNoise` in units of
// one level, for the cells of one weight in a grid of arrays.
//
// A level L is the conductance G_off + L * step. What a driven cell adds to a
// column's sum is the difference of its conductance and that of the cell in the
// array's reference column on the same wordline, over the step; without
// deviations that is L. A sum deviates when it is read by the noise of the
// column and of the reference, each drawn for itself.
#ifndef ATLEUS_INTERPRETER_DEVICEEFFECTS_H
#define ATLEUS_INTERPRETER_DEVICEEFFECTS_H

#include "atleus/Interpreter/DeviceNoise.h"
#include "atleus/Interpreter/AnalogCells.h"

namespace atleus {

/// Where the cells of a weight lie.
struct ArrayGrid {
  /// Number of the first array; those of a row of the grid follow each other.
  int64_t firstArray = 0;
  /// Arrays along the columns of cells.
  int64_t gridColumns = 1;
  /// Columns of an array.
  int64_t columns = 128;
};

class DeviceEffects final : public AnalogEffects {
public:
  DeviceEffects(const DeviceNoise &noise, const ArrayGrid &grid,
                const CrossbarConfiguration &configuration);

  void writeLevels(const CellBlock &cells,
                   llvm::MutableArrayRef<float> levels) const override;

  /// Leaves sums alone whose code no deviation could change.
  void disturbSums(const SumBlock &block,
                   llvm::MutableArrayRef<float> sums) const override;

private:
  /// Consecutive columns of cells within one array.
  struct ColumnRange;

  uint32_t arrayOf(const WordlineGroup &group, int64_t column) const;
  /// The conductances of the reference cells on the wordlines of a group, in
  /// steps.
  std::vector<double> referencesOf(const WordlineGroup &group,
                                   uint32_t array) const;
  void writeRange(const WordlineGroup &group, const ColumnRange &range,
                  float *levels) const;
  void disturbRange(const SumBlock &block, const ColumnRange &range,
                    llvm::ArrayRef<ReadNoise> vectors, float *sums) const;
  /// Deviations of sums, [columns, passes, vectors].
  std::vector<float> deviationsOf(const SumBlock &block,
                                  const ColumnRange &range) const;

  DeviceNoise noise;
  ArrayGrid grid;
  /// Conductance between adjacent levels, in S.
  double step;
  /// Variance of a sum in squared levels, per step of conductance.
  double thermalVariance;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_DEVICEEFFECTS_H
