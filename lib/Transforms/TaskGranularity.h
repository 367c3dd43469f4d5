// Chooses how many tokens a task of each kernel computes.
#ifndef ATLEUS_TRANSFORMS_TASKGRANULARITY_H
#define ATLEUS_TRANSFORMS_TASKGRANULARITY_H

#include "ProgramPacking.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

/// Most tasks and transfers of a module whose granularity is chosen, by kernel
/// on average, so that the time of compilation is linear in the layers. Each is
/// an op, which schedulers, verifiers and reports visit. BERT-base has 230
/// kernels; with half of this its latency is 10 % longer, with twice this 5 %
/// shorter. A schedule of more than twice as many, which a stated granularity
/// may lead to, sends results together (TransferGroups.h).
constexpr int64_t maxEntriesPerKernel = 144;

/// The task tile of a kernel with tasks of so many tokens.
using TileForTokens = llvm::function_ref<llvm::SmallVector<int64_t>(
    KernelOpInterface kernel, int64_t tokens)>;

/// Sets the task tile of every kernel, all of which have a provisional one, by
/// the prices of its tasks (atleus/Mapping/Granularity.h). How many replicas
/// its weight will have is not known yet: as many as there is room for all
/// weights in the tiers of `packings`.
void chooseTaskTiles(mlir::ModuleOp module, arch::MachineOp machine,
                     llvm::ArrayRef<TierPacking> packings,
                     TileForTokens getTile);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKGRANULARITY_H
