// What a list of measured numbers is like.
#ifndef ATLEUS_SUPPORT_SAMPLESTATISTICS_H
#define ATLEUS_SUPPORT_SAMPLESTATISTICS_H

#include "llvm/ADT/ArrayRef.h"

#include <array>
#include <cstdint>

namespace atleus {

/// The percentages of the numbers below each of the quantiles.
constexpr std::array<int64_t, 5> quantilePercents = {5, 25, 50, 75, 95};

struct SampleStatistics {
  int64_t count = 0;
  double mean = 0;
  /// Of the population, estimated from the numbers: sqrt(sum of squared
  /// distances to the mean / (count - 1)); 0 for a single number.
  double deviation = 0;
  double smallest = 0;
  double largest = 0;
  /// One for each of `quantilePercents`, interpolated between the sorted
  /// numbers, of which the first is at 0 % and the last at 100 % (type 7 of
  /// Hyndman and Fan, 1996, NumPy's default).
  std::array<double, quantilePercents.size()> quantiles = {};

  /// The deviation of the mean over many lists of as many numbers.
  double standardError() const;
};

/// The statistics of at least one number. The order does not matter, not even
/// to the last bit.
SampleStatistics summarize(llvm::ArrayRef<double> numbers);

} // namespace atleus

#endif // ATLEUS_SUPPORT_SAMPLESTATISTICS_H
