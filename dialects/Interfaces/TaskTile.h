// The tiles that the tasks of a kernel compute.
#ifndef ATLEUS_INTERFACES_TASKTILE_H
#define ATLEUS_INTERFACES_TASKTILE_H

#include "dialects/Interfaces/Tile.h"

namespace atleus {

/// Tile `index`, in row-major order, of a result of `shape` that is cut into a
/// `grid` of tiles of the size `tile`. Tiles at the end are smaller.
Tile getGridTile(int64_t index, llvm::ArrayRef<int64_t> grid,
                 llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> tile);

} // namespace atleus

#endif // ATLEUS_INTERFACES_TASKTILE_H
