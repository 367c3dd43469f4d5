// A register that partial sums are added to, of a stated width.
#ifndef ATLEUS_INTERPRETER_ACCUMULATOR_H
#define ATLEUS_INTERPRETER_ACCUMULATOR_H

#include <algorithm>
#include <cstdint>

namespace atleus {

/// What becomes of a sum that the register cannot hold.
enum class Overflow { Wrap, Saturate };

/// A register in two's complement.
struct Accumulator {
  /// 2 to 64.
  unsigned bits = 64;
  Overflow overflow = Overflow::Wrap;

  int64_t largest() const { return INT64_MAX >> (64 - bits); }
  int64_t smallest() const { return INT64_MIN >> (64 - bits); }
  /// Whether sums of this magnitude fit.
  bool holds(int64_t magnitude) const { return magnitude <= largest(); }
  /// What the register holds after a sum that 64 bits hold.
  int64_t store(int64_t sum) const {
    if (overflow == Overflow::Saturate)
      return std::clamp(sum, smallest(), largest());
    unsigned unused = 64 - bits;
    return static_cast<int64_t>(static_cast<uint64_t>(sum) << unused) >> unused;
  }
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_ACCUMULATOR_H
