// Why a kernel is on its tier, as discardable attributes that stay with it from
// the assignment of tiers to the final IR.
#ifndef ATLEUS_ARCH_ASSIGNMENT_H
#define ATLEUS_ARCH_ASSIGNMENT_H

#include "atleus/Support/Units.h"

#include "mlir/IR/Operation.h"

#include <string>

namespace atleus::arch {

/// What decided, such as "pinned by 'encoder.*=@reram0'": a string.
constexpr llvm::StringLiteral reasonAttribute = "arch.reason";

/// What the kernel would take on each tier, by its symbol: an array of
/// picoseconds and femtojoules, or a string that says why it cannot run there.
constexpr llvm::StringLiteral alternativesAttribute = "arch.alternatives";

/// The slot in which the weight of a layer takes turns with others: a string.
constexpr llvm::StringLiteral slotAttribute = "arch.slot";

/// Of a function: a dictionary with the `policy` and, of an assignment by cost,
/// the `objective`, the model's `latency_ps` and `energy_fj`, by how much the
/// objective may be above its least, `gap_ppm`, and whether it is `exact`.
constexpr llvm::StringLiteral assignmentAttribute = "arch.assignment";

/// Of a result of a function: the number of the argument which it continues in
/// the same memory, so that only what is behind it is written.
constexpr llvm::StringLiteral appendsAttribute = "arch.appends_to";

/// Of a module: what the schedules of several policies take, by the name of the
/// policy an array of picoseconds and femtojoules, or, of one that was not
/// scheduled, of the picoseconds that were estimated.
constexpr llvm::StringLiteral trialsAttribute = "arch.trials";

/// What a kernel takes on a tier by itself, or why it cannot run there.
struct TierAlternative {
  mlir::StringAttr tier;
  Picoseconds latency;
  Femtojoules energy;
  /// Empty if it can.
  std::string refusal;
};

void setAssignment(mlir::Operation *op, llvm::StringRef reason,
                   llvm::ArrayRef<TierAlternative> alternatives);

/// The alternatives that are recorded, those that are not readable left out.
llvm::SmallVector<TierAlternative> getAlternatives(mlir::Operation *op);

/// Empty if none is recorded.
llvm::StringRef getAssignmentReason(mlir::Operation *op);

/// Gives `to`, which takes the place of `from` or of a part of it, what is
/// recorded of `from`.
void copyAssignment(mlir::Operation *from, mlir::Operation *to);

/// Takes everything about its assignment, the tier too, from `op`.
void removeAssignment(mlir::Operation *op);

/// Gives `to`, which takes the place of all of `from`, the sums of what is
/// recorded, and the reason of the first that has one. A tier that cannot run
/// one of them cannot run all.
void mergeAssignments(llvm::ArrayRef<mlir::Operation *> from,
                      mlir::Operation *to);

} // namespace atleus::arch

#endif // ATLEUS_ARCH_ASSIGNMENT_H
