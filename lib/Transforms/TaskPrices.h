// What tasks cost on the cores that run them.
#ifndef ATLEUS_TRANSFORMS_TASKPRICES_H
#define ATLEUS_TRANSFORMS_TASKPRICES_H

#include "atleus/Cost/WeightPrices.h"
#include "dialects/Arch/Arch.h"

namespace atleus {

/// Prices the tasks of one kernel. Tasks with tiles of equal shape cost the
/// same, so that a kernel asks its core a few times, however many tasks it has.
class TaskPrices {
public:
  /// `core` is what prices work at the kernel's place.
  TaskPrices(KernelOpInterface kernel, mlir::Operation *core)
      : kernel(kernel), core(core), loadsAhead(isLoadedAhead(kernel, core)) {}

  /// The price of a task; reports an error if the core cannot do it.
  llvm::FailureOr<Price> get(int64_t task);

  /// Whether each task waits for a load of its part of the weight.
  bool hasLoads() const { return loadsAhead; }
  /// What the load of a task takes.
  ParameterLoad getLoad(int64_t task);

private:
  struct TilePrice {
    llvm::SmallVector<int64_t, 4> sizes;
    Price price;
    ParameterLoad load;
  };
  const TilePrice *find(const Tile &tile) const;
  std::optional<Price> ask(const Work &work, std::string &reason) const;

  KernelOpInterface kernel;
  mlir::Operation *core;
  bool loadsAhead;
  llvm::SmallVector<TilePrice, 2> known;
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKPRICES_H
