// Exact integer arithmetic of the cost models: no rounding but the stated one,
// so that a result does not depend on the machine it was computed on.
#ifndef ATLEUS_COST_ARITHMETIC_H
#define ATLEUS_COST_ARITHMETIC_H

#include "atleus/Support/Units.h"

#include <limits>

namespace atleus {

/// Picoseconds in a second.
constexpr int64_t picosecondsPerSecond = 1'000'000'000'000;

/// dividend / divisor, rounded up. Both are positive or zero; `divisor` is not
/// zero.
constexpr int64_t ceilDivide(int64_t dividend, int64_t divisor) {
  return (dividend + divisor - 1) / divisor;
}

/// a * b / divisor, rounded up; the largest number if that exceeds 64 bits.
constexpr int64_t ceilScale(int64_t a, int64_t b, int64_t divisor) {
  using Wide = __int128;
  constexpr int64_t largest = std::numeric_limits<int64_t>::max();
  Wide quotient = (static_cast<Wide>(a) * b + divisor - 1) / divisor;
  return quotient > largest ? largest : static_cast<int64_t>(quotient);
}

/// The time that `amount` takes at `rate` per second, rounded up.
constexpr Picoseconds timeAtRate(int64_t amount, int64_t rate) {
  return Picoseconds(ceilScale(amount, picosecondsPerSecond, rate));
}

} // namespace atleus

#endif // ATLEUS_COST_ARITHMETIC_H
