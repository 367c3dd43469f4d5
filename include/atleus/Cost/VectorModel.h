// Time and energy of operations on elements in a unit of parallel lanes.
#ifndef ATLEUS_COST_VECTORMODEL_H
#define ATLEUS_COST_VECTORMODEL_H

#include "dialects/Interfaces/Work.h"

#include <string>

namespace atleus {

/// A unit that starts `lanes` operations of one kind at once, each of which
/// occupies its lane for the cycles of its kind.
struct VectorConstants {
  int64_t lanes = 1;
  Picoseconds clock{1};
  /// By VectorOperation; 0 cycles: the unit has no such operation.
  std::array<int64_t, numVectorOperations> cycles = {};
  std::array<Femtojoules, numVectorOperations> energy = {};
};

/// Time and energy of the element operations of `work`.
struct VectorCost {
  Picoseconds duration;
  Femtojoules energy;
};

/// Whether `unit`, null for a core without one, has all element operations of
/// `work`. If not, `reason`, if not null, says what is missing.
bool supportsElements(const VectorConstants *unit, const Work &work,
                      std::string *reason);

/// Sum over the kinds of ceil(count * cycles / lanes) cycles. All operations
/// exist in the unit.
VectorCost vectorCost(const VectorConstants &unit, const Work &work);

} // namespace atleus

#endif // ATLEUS_COST_VECTORMODEL_H
