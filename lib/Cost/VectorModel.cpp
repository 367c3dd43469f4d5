// Formulas of the vector unit.
#include "atleus/Cost/VectorModel.h"

#include "atleus/Cost/Arithmetic.h"

#include "llvm/ADT/Twine.h"

using namespace atleus;

bool atleus::supportsElements(const VectorConstants *unit, const Work &work,
                              std::string *reason) {
  for (unsigned i = 0; i < numVectorOperations; ++i) {
    if (work.vector[i] == 0 || (unit && unit->cycles[i] > 0))
      continue;
    if (!reason)
      return false;
    llvm::StringRef name = stringify(static_cast<VectorOperation>(i));
    *reason =
        unit ? ("the core's vector unit has no '" + name + "' operation").str()
             : ("the core has no vector unit; the work has " +
                llvm::Twine(work.vector[i]) + " '" + name + "' operations")
                   .str();
    return false;
  }
  return true;
}

VectorCost atleus::vectorCost(const VectorConstants &unit, const Work &work) {
  VectorCost cost;
  for (unsigned i = 0; i < numVectorOperations; ++i) {
    cost.duration +=
        unit.clock * ceilDivide(work.vector[i] * unit.cycles[i], unit.lanes);
    cost.energy += unit.energy[i] * work.vector[i];
  }
  return cost;
}
