// Kernels that a user sends to a tier.
#ifndef ATLEUS_LIB_TRANSFORMS_TIERPINS_H
#define ATLEUS_LIB_TRANSFORMS_TIERPINS_H

#include "KernelOptions.h"

#include "atleus/Mapping/TierPin.h"

namespace atleus {

/// The pins of an assignment, and which of them matched a kernel.
class TierPins {
public:
  explicit TierPins(arch::MachineOp machine) : machine(machine) {}

  /// Reads the pins. What cannot be read and tiers that the machine does not
  /// have are reported at `loc`.
  llvm::LogicalResult parse(llvm::ArrayRef<std::string> texts,
                            mlir::Location loc);
  /// Sets `pin` of the kernels whose names match; the last pin counts. A tier
  /// that cannot execute what is pinned to it is an error.
  llvm::LogicalResult apply(llvm::MutableArrayRef<KernelOptions> kernels);
  /// Warns of pins that matched nothing.
  void warnOfUnused(llvm::ArrayRef<std::string> names, mlir::Location loc);

private:
  llvm::LogicalResult verify(const KernelOptions &kernel);

  struct Entry {
    TierPin pin;
    mlir::Operation *place;
    bool isUsed = false;
  };

  arch::MachineOp machine;
  std::vector<Entry> entries;
};

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_TIERPINS_H
