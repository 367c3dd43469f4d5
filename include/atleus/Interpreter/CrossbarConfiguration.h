// Everything on which the numbers of a crossbar depend.
#ifndef ATLEUS_INTERPRETER_CROSSBARCONFIGURATION_H
#define ATLEUS_INTERPRETER_CROSSBARCONFIGURATION_H

#include "atleus/Interpreter/Accumulator.h"

#include <algorithm>
#include <cstdint>

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
  /// The range covers the largest sum of all rows that are driven at once, also
  /// of an array that is not full; a sum is rounded to the nearest step, halves
  /// up.
  FullScale,
};

/// A crossbar and the integers that it multiplies.
struct CrossbarConfiguration {
  int64_t rows = 128;
  int64_t activeRows = 128;
  unsigned cellBits = 2;
  unsigned dacBits = 1;
  unsigned adcBits = 8;
  SignEncoding encoding = SignEncoding::Flipped;
  AdcRange adcRange = AdcRange::UnitStep;
  /// The register in which the sums of an array's rows are added to those of
  /// the arrays above.
  Accumulator accumulator;
  /// Bits of the stored integers; weights are signed.
  unsigned weightBits = 8;
  unsigned inputBits = 8;
  bool signedInputs = true;

  /// Cells of one weight, those of one polarity.
  unsigned slices() const { return (weightBits + cellBits - 1) / cellBits; }
  /// Cells of one weight: adjacent columns of an array, those of the positive
  /// part first, from the least significant on.
  unsigned cellsPerWeight() const {
    return encoding == SignEncoding::Differential ? 2 * slices() : slices();
  }
  /// The largest number that a cell is given.
  int64_t largestCell() const {
    return (int64_t(1) << std::min(cellBits, weightBits)) - 1;
  }
  /// What is added to a weight before it is cut into slices.
  int64_t weightOffset() const {
    return encoding == SignEncoding::Differential
               ? 0
               : int64_t(1) << (weightBits - 1);
  }
  /// Passes that an input takes.
  unsigned passes() const { return (inputBits + dacBits - 1) / dacBits; }
  /// Bits of an input that enter in a pass.
  unsigned passBits(unsigned pass) const {
    return std::min(dacBits, inputBits - pass * dacBits);
  }
  /// Signed inputs through 1-bit DACs are in two's complement: the pass of the
  /// sign is subtracted.
  bool subtractsLastPass() const { return signedInputs && dacBits == 1; }
  /// What is added to an input before it is cut into digits.
  int64_t inputOffset() const {
    return signedInputs && dacBits > 1 ? int64_t(1) << (inputBits - 1) : 0;
  }
  /// The largest sum of a column for which the ADC is made: for a weight of
  /// `innerSize` rows, and of as many as are driven if its range covers those.
  int64_t largestColumnSum(int64_t innerSize) const;
  /// The ADC resolution that loses nothing.
  unsigned losslessAdcBits(int64_t innerSize) const;
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_CROSSBARCONFIGURATION_H
