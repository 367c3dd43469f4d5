// What runs of tasks compute, as few boxes.
//
// Tasks are counted in row-major order over a grid, so that those which follow
// each other are a part of a row, whole rows, and a part of a row: at most two
// boxes for each dimension of the grid but the last, and one more.
#ifndef ATLEUS_TRANSFORMS_TASKBOXES_H
#define ATLEUS_TRANSFORMS_TASKBOXES_H

#include "dialects/Interfaces/Interfaces.h"

namespace atleus {

/// The tiles that tasks `first` to `end` - 1 compute of the first result,
/// joined to boxes that have no element in common.
llvm::SmallVector<Tile, 2> getTaskBoxes(KernelOpInterface kernel, int64_t first,
                                        int64_t end);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKBOXES_H
