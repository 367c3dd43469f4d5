// Time and energy of work that no tier can do: a roofline.
#ifndef ATLEUS_COST_HOSTMODEL_H
#define ATLEUS_COST_HOSTMODEL_H

#include "dialects/Interfaces/Work.h"

namespace atleus {

/// Names and units are those of `arch.host`.
struct HostConstants {
  int64_t operationsPerSecond = 1;
  int64_t bytesPerSecond = 1;
  Picoseconds latency;
  Femtojoules operation;
  Femtojoules byte;
};

/// Latency plus the larger of operations over their rate and bytes over the
/// bandwidth; a multiply-accumulate is two operations. Any work has a price.
Price priceOnHost(const HostConstants &host, const Work &work);

} // namespace atleus

#endif // ATLEUS_COST_HOSTMODEL_H
