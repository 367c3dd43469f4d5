// What tasks cost on the cores that run them.
#ifndef ATLEUS_TRANSFORMS_TASKPRICES_H
#define ATLEUS_TRANSFORMS_TASKPRICES_H

#include "dialects/Arch/Arch.h"

namespace atleus {

/// Prices the tasks of one kernel. Tasks with tiles of equal shape cost the
/// same, so that a kernel asks its core a few times, however many tasks it has.
class TaskPrices {
public:
  /// `core` is what prices work at the kernel's place.
  TaskPrices(KernelOpInterface kernel, mlir::Operation *core)
      : kernel(kernel), core(core) {}

  /// The price of a task; reports an error if the core cannot do it.
  llvm::FailureOr<Price> get(int64_t task);

private:
  KernelOpInterface kernel;
  mlir::Operation *core;
  llvm::SmallVector<std::pair<llvm::SmallVector<int64_t, 4>, Price>, 2> known;
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKPRICES_H
