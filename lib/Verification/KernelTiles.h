// What one task of a kernel computes.
#ifndef ATLEUS_LIB_VERIFICATION_KERNELTILES_H
#define ATLEUS_LIB_VERIFICATION_KERNELTILES_H

#include "MappedModel.h"

#include "atleus/Interpreter/Tensor.h"

namespace atleus {

/// The tile of result `result` that a task of `kernel` computes.
Tile getResultTile(const MappedKernel &kernel, unsigned result, int64_t task);

/// Computes the tiles of a task from operands of which only the tiles that the
/// task reads need to be set. A failure has been reported.
llvm::LogicalResult evaluateTask(const MappedKernel &kernel, int64_t task,
                                 llvm::ArrayRef<Tensor> operands,
                                 llvm::SmallVectorImpl<Tensor> &tiles);

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_KERNELTILES_H
