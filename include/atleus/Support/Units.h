// Physical quantities as types: times in picoseconds, energies in femtojoules,
// amounts of data in bits. All are 64-bit integers, so results are exact and do
// not depend on the order of additions.
#ifndef ATLEUS_SUPPORT_UNITS_H
#define ATLEUS_SUPPORT_UNITS_H

#include <cstdint>

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

  constexpr Quantity &operator+=(Quantity other) {
    value += other.value;
    return *this;
  }
  constexpr Quantity &operator-=(Quantity other) {
    value -= other.value;
    return *this;
  }
  friend constexpr Quantity operator+(Quantity a, Quantity b) { return a += b; }
  friend constexpr Quantity operator-(Quantity a, Quantity b) { return a -= b; }
  friend constexpr Quantity operator*(Quantity a, int64_t factor) {
    return Quantity(a.value * factor);
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
  int64_t value = 0;
};

using Picoseconds = Quantity<struct PicosecondUnit>;
using Femtojoules = Quantity<struct FemtojouleUnit>;
using Bits = Quantity<struct BitUnit>;

} // namespace atleus

#endif // ATLEUS_SUPPORT_UNITS_H
