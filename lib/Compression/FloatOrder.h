// Floats as integers of the same order, whose minima and maxima are found
// whatever the order of the search, with NaN and infinity at the ends.
#ifndef ATLEUS_LIB_COMPRESSION_FLOATORDER_H
#define ATLEUS_LIB_COMPRESSION_FLOATORDER_H

#include "llvm/ADT/bit.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

namespace atleus {

/// -NaN < -infinity < ... < -0 < 0 < ... < infinity < NaN.
inline int32_t toOrderedInteger(float value) {
  auto bits = llvm::bit_cast<int32_t>(value);
  return bits ^ ((bits >> 31) & 0x7fffffff);
}
inline float fromOrderedInteger(int32_t ordered) {
  return llvm::bit_cast<float>(ordered ^ ((ordered >> 31) & 0x7fffffff));
}

/// The least and the greatest of the floats that were added.
struct OrderedRange {
  int32_t low = std::numeric_limits<int32_t>::max();
  int32_t high = std::numeric_limits<int32_t>::min();

  void add(float value) {
    int32_t ordered = toOrderedInteger(value);
    low = std::min(low, ordered);
    high = std::max(high, ordered);
  }
  void merge(const OrderedRange &other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
  }
  bool isEmpty() const { return low > high; }
  /// NaN or infinite if one of the floats is.
  float least() const { return fromOrderedInteger(low); }
  float greatest() const { return fromOrderedInteger(high); }
};

} // namespace atleus

#endif // ATLEUS_LIB_COMPRESSION_FLOATORDER_H
