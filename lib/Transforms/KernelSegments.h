// Which kernels stream into each other, and what waits for all of another.
#ifndef ATLEUS_TRANSFORMS_KERNELSEGMENTS_H
#define ATLEUS_TRANSFORMS_KERNELSEGMENTS_H

#include "dialects/Interfaces/Interfaces.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/DenseMap.h"

#include <vector>

namespace atleus {

/// The kernels of a function in segments. A kernel whose first task reads what
/// the last task of another computes waits for all of it, and so is in a later
/// segment: products of queries and keys, a scale of the whole tensor, a weight
/// that streams from memory and is multiplied with all tokens at once. All
/// others are in the segment of the latest of the kernels that they read.
class KernelSegments {
public:
  /// The kernels have task tiles.
  explicit KernelSegments(mlir::func::FuncOp function);

  /// In the order of the IR.
  llvm::ArrayRef<KernelOpInterface> getKernels() const { return kernels; }
  unsigned getSegment(mlir::Operation *kernel) const {
    return segments.lookup(kernel);
  }
  unsigned getNumSegments() const { return numSegments; }

private:
  std::vector<KernelOpInterface> kernels;
  llvm::DenseMap<mlir::Operation *, unsigned> segments;
  unsigned numSegments = 0;
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_KERNELSEGMENTS_H
