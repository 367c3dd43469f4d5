// How the sums of a column become one number. No header of functions is included,
// because files that are compiled for one kind of CPU include this one.
#ifndef ATLEUS_LIB_INTERPRETER_COLUMNCONVERSION_H
#define ATLEUS_LIB_INTERPRETER_COLUMNCONVERSION_H

#include <cstdint>

namespace atleus {

/// The passes of an input, and what the ADC makes of the sum of each.
struct ColumnConversion {
  unsigned inputBits, dacBits;
  /// The pass of the sign is subtracted.
  bool subtractsLastPass;
  /// A sum is rounded to a multiple of `step`, halves up, and is at most
  /// `limit` then. An ADC has up to 16 bits: limit <= 65535 * step.
  int64_t step, limit;
  /// The largest sum of a pass.
  int64_t largestSum;
};

} // namespace atleus

#endif // ATLEUS_LIB_INTERPRETER_COLUMNCONVERSION_H
