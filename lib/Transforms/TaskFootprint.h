// What a task keeps in the buffer of its node, and how much of it tasks may.
#ifndef ATLEUS_LIB_TRANSFORMS_TASKFOOTPRINT_H
#define ATLEUS_LIB_TRANSFORMS_TASKFOOTPRINT_H

#include "dialects/Arch/Arch.h"

#include <optional>

namespace atleus {

/// Bytes of what a task of `kernel` that computes a tile of shape `tile` of its
/// first result reads and leaves: tiles of operands that move, and of results.
/// Weights are not among them.
int64_t getFootprint(KernelOpInterface kernel, llvm::ArrayRef<int64_t> tile);

/// Bytes of the buffer of the core of a place; none for a core without a
/// capacity. `place` is a tier or the host.
std::optional<int64_t> getBufferBytes(mlir::Operation *place);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_TASKFOOTPRINT_H
