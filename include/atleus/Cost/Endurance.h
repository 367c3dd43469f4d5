// How often cells of crossbars are written, and how long they last.
#ifndef ATLEUS_COST_ENDURANCE_H
#define ATLEUS_COST_ENDURANCE_H

#include "dialects/Arch/Arch.h"

#include "mlir/IR/Operation.h"

#include <vector>

namespace atleus {

/// The wear of the crossbars of a tier by weights that are written anew in
/// every inference.
struct TierWear {
  arch::TierOp tier;
  /// Of the cells that are written most often: each weight of their slot is
  /// written once, into all of its replicas.
  int64_t writesPerInference = 0;
  /// Writes that a cell survives.
  int64_t enduranceWrites = 0;

  /// Inferences until cells have been written that often.
  int64_t countInferences() const {
    return enduranceWrites / writesPerInference;
  }
  /// Seconds of inferences that start `interval` apart without a pause.
  double getSeconds(Picoseconds interval) const;
  /// The same in years of 365.25 days.
  double getYears(Picoseconds interval) const;
};

/// The tiers of `machine` whose cells the weights under `root` wear out.
std::vector<TierWear> findWear(mlir::Operation *root, arch::MachineOp machine);

} // namespace atleus

#endif // ATLEUS_COST_ENDURANCE_H
