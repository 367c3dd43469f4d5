// Tasks of products whose weights stream from memory.
#ifndef ATLEUS_TRANSFORMS_STREAMEDTILE_H
#define ATLEUS_TRANSFORMS_STREAMEDTILE_H

#include "TaskTimes.h"

#include "dialects/Systolic/Systolic.h"

namespace atleus {

/// The task tile of a product with a static right operand: blocks of tokens and
/// of columns (atleus/Mapping/StreamedTiling.h). There are as many tasks as the
/// tier has nodes or, for each node, as many more as there would be blocks of
/// `tokens` tokens and the array has columns for: results leave earlier. Where
/// `fits`, what a task reads and leaves has room beside the weights.
llvm::SmallVector<int64_t> getStreamedTile(systolic::MatMulOp product,
                                           const TaskTimes &times,
                                           arch::TierOp tier, int64_t tokens,
                                           bool fits);

/// Cuts all dimensions but the last, the first ones first, until what a task of
/// `kernel` reads and leaves has room.
void fitRows(KernelOpInterface kernel,
             llvm::MutableArrayRef<int64_t> tile, int64_t room);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_STREAMEDTILE_H
