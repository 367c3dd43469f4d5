// Powers and areas as types, beside the times and energies of Support/Units.h.
#ifndef ATLEUS_COST_POWER_H
#define ATLEUS_COST_POWER_H

#include "atleus/Cost/Arithmetic.h"

namespace atleus {

using Nanowatts = Quantity<struct NanowattUnit>;
using SquareNanometres = Quantity<struct SquareNanometreUnit>;

/// The energy that `power` takes over `duration`, rounded up. A nanowatt is a
/// femtojoule in a million picoseconds.
constexpr Femtojoules energyOver(Nanowatts power, Picoseconds duration) {
  return Femtojoules(ceilScale(power.count(), duration.count(), 1'000'000));
}

/// The mean power of `energy` over `duration`, which is not zero, rounded up.
constexpr Nanowatts meanPower(Femtojoules energy, Picoseconds duration) {
  return Nanowatts(ceilScale(energy.count(), 1'000'000, duration.count()));
}

} // namespace atleus

#endif // ATLEUS_COST_POWER_H
