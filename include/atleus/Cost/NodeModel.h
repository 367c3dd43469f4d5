// Area and idle power of one node of a tier: its core, the units that the core
// names, and its router.
#ifndef ATLEUS_COST_NODEMODEL_H
#define ATLEUS_COST_NODEMODEL_H

#include "dialects/Arch/Arch.h"

#include "atleus/Cost/Power.h"

#include <optional>

namespace atleus {

/// A part of a node with its area, if the machine states it.
struct NodePart {
  /// Snake-case: "adc", "vector_unit", "router". A core that states one area
  /// for all of it is the part "core".
  llvm::StringRef name;
  std::optional<SquareNanometres> area;
};

/// The parts of a node of `tier`: those of its core in the order of
/// CrossbarPart, then its vector unit if it has one, then its router. `Other`,
/// the core besides its parts, is only there if stated.
llvm::SmallVector<NodePart, 12> getNodeParts(arch::TierOp tier);

/// The area of the parts that are stated: a lower bound if one is not.
SquareNanometres getStatedArea(llvm::ArrayRef<NodePart> parts);

/// What a node of `tier` draws when it does nothing, without its router.
Nanowatts getIdlePower(arch::TierOp tier);

} // namespace atleus

#endif // ATLEUS_COST_NODEMODEL_H
