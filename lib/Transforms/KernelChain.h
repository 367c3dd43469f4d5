// The kernels of a function as a chain in program order, and the data that a
// cut between two of them would cross.
#ifndef ATLEUS_LIB_TRANSFORMS_KERNELCHAIN_H
#define ATLEUS_LIB_TRANSFORMS_KERNELCHAIN_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atleus {

struct KernelChain {
  /// The ops that compute something from the function's arguments. Ops that
  /// only rearrange elements, and ones that depend on constants alone, are
  /// none.
  llvm::SmallVector<mlir::Operation *> kernels;
  /// By kernel: bytes made before it that are needed by it or later.
  llvm::SmallVector<int64_t> crossing;
};

/// Whether the op is computed when the model runs, by a unit of the machine.
bool isKernel(mlir::Operation *op);

/// An op that states no work is reported as an error.
llvm::FailureOr<KernelChain> buildKernelChain(mlir::func::FuncOp function);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_KERNELCHAIN_H
