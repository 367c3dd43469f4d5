// What a grid of crossbar arrays computes, bit by bit.
//
// A crossbar holds unsigned cells of a few bits and adds currents. Everything
// else is around it: a signed weight is encoded and cut into slices, one cell
// each; an input enters digit by digit through the DACs; each pass drives one
// group of wordlines; each column's sum goes through an ADC; the digital part
// shifts, adds, and undoes the encoding. If the ADC resolves the largest sum
// that a column can have, the result is the exact integer product. A coarser
// ADC clips, and the result shows what the hardware would lose.
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

#include "atleus/Interpreter/Tensor.h"

#include <algorithm>

namespace atleus {

/// How unsigned cells hold signed weights.
enum class SignEncoding {
  /// Plus half the range; the sum of the inputs, kept by a digital counter,
  /// corrects the result.
  Offset,
  /// The same, and cells of one column and one group of wordlines that sum past
  /// half of their largest sum are stored inverted, which saves an ADC bit.
  Flipped,
  /// Positive and negative parts in separate columns, which are subtracted.
  Differential,
};

/// What an ADC does with a sum above 2^bits - 1.
enum class AdcRange {
  /// One unit is one step; larger sums are clipped.
  UnitStep,
  /// The range covers the largest sum; a sum is rounded to the nearest step.
  FullScale,
};

/// Everything on which the numbers of a crossbar depend.
struct CrossbarConfiguration {
  int64_t rows = 128;
  int64_t activeRows = 128;
  unsigned cellBits = 2;
  unsigned dacBits = 1;
  unsigned adcBits = 8;
  SignEncoding encoding = SignEncoding::Flipped;
  AdcRange adcRange = AdcRange::UnitStep;
  /// Bits of the stored integers; weights are signed.
  unsigned weightBits = 8;
  unsigned inputBits = 8;
  bool signedInputs = true;

  /// Cells of one weight, those of one polarity.
  unsigned slices() const { return (weightBits + cellBits - 1) / cellBits; }
  /// The largest number that a cell is given.
  int64_t largestCell() const {
    return (int64_t(1) << std::min(cellBits, weightBits)) - 1;
  }
  /// Passes that an input takes.
  unsigned passes() const { return (inputBits + dacBits - 1) / dacBits; }
  /// The largest sum of a column for a weight of `innerSize` rows.
  int64_t largestColumnSum(int64_t innerSize) const;
  /// The ADC resolution that loses nothing.
  unsigned losslessAdcBits(int64_t innerSize) const;
};

/// The product of `input` ([..., k], integers of up to 16 bits) with `weight`
/// ([k, n]) as i32. Where the ADC loses nothing it is computed as an exact
/// product, which gives the same. Fails if a sum may not fit in 32 bits.
llvm::Expected<Tensor>
crossbarProduct(const Tensor &input, const Tensor &weight,
                const CrossbarConfiguration &configuration);

/// The same, always by slices, passes and conversions.
llvm::Expected<Tensor>
simulateCrossbar(const Tensor &input, const Tensor &weight,
                 const CrossbarConfiguration &configuration);

} // namespace atleus

#endif // ATLEUS_INTERPRETER_CROSSBARNUMERICS_H
