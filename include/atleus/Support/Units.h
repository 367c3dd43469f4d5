// Physical quantities as types: times in picoseconds, energies in femtojoules,
// amounts of data in bits. All are 64-bit integers, so results are exact and do
// not depend on the order of additions. What 64 bits cannot hold is the largest
// (or smallest) number that they can, and stays it when more is added, so that
// whoever states a sum can tell that it is none.
#ifndef ATLEUS_SUPPORT_UNITS_H
#define ATLEUS_SUPPORT_UNITS_H

#include <cstdint>
#include <limits>

namespace atleus {

/// A count of one unit. Quantities of one unit add, subtract and compare, and
/// scale by integers; nothing else is allowed, so a time cannot be added to an
/// energy. `Picoseconds(5).count()` gives the number back.
template <typename Unit>
class Quantity {
public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(int64_t count) : value(count) {}

  constexpr int64_t count() const { return value; }

  /// What a sum or product is when it has no place in 64 bits.
  static constexpr Quantity largest() {
    return Quantity(std::numeric_limits<int64_t>::max());
  }

  constexpr Quantity &operator+=(Quantity other) {
    if (__builtin_add_overflow(value, other.value, &value))
      value = saturated(other.value < 0);
    return *this;
  }
  constexpr Quantity &operator-=(Quantity other) {
    if (__builtin_sub_overflow(value, other.value, &value))
      value = saturated(other.value > 0);
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
  friend constexpr Quantity operator*(Quantity a, int64_t factor) {
    int64_t product = 0;
    if (__builtin_mul_overflow(a.value, factor, &product))
      product = saturated((a.value < 0) != (factor < 0));
    return Quantity(product);
  }
  friend constexpr Quantity operator*(int64_t factor, Quantity a) {
    return a * factor;
  }
  friend constexpr bool operator==(Quantity a, Quantity b) {
    return a.value == b.value;
  }
  friend constexpr bool operator!=(Quantity a, Quantity b) {
    return a.value != b.value;
  }
  friend constexpr bool operator<(Quantity a, Quantity b) {
    return a.value < b.value;
  }
  friend constexpr bool operator<=(Quantity a, Quantity b) {
    return a.value <= b.value;
  }
  friend constexpr bool operator>(Quantity a, Quantity b) {
    return a.value > b.value;
  }
  friend constexpr bool operator>=(Quantity a, Quantity b) {
    return a.value >= b.value;
  }

private:
  static constexpr int64_t saturated(bool isNegative) {
    return isNegative ? std::numeric_limits<int64_t>::min()
                      : std::numeric_limits<int64_t>::max();
  }

  int64_t value = 0;
};

using Picoseconds = Quantity<struct PicosecondUnit>;
using Femtojoules = Quantity<struct FemtojouleUnit>;
using Bits = Quantity<struct BitUnit>;

} // namespace atleus

#endif // ATLEUS_SUPPORT_UNITS_H
