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
/// segment: products of queries and keys, a scale of the whole tensor. So is a
/// product whose weight streams from memory, which takes all tokens at once or,
/// in blocks, such as come together. All others are in the segment of the
/// latest of the kernels that they read.
class KernelSegments {
public:
  /// The kernels have task tiles.
  explicit KernelSegments(mlir::func::FuncOp function);

  /// In the order of the IR.
  llvm::ArrayRef<KernelOpInterface> getKernels() const { return kernels; }
  /// By the number of a kernel.
  unsigned getSegment(unsigned kernel) const { return segments[kernel]; }
  unsigned getNumSegments() const { return numSegments; }
  /// Into how many pieces the kernel that cuts it most cuts what a task of
  /// kernel number `kernel` computes, as one for each head.
  int64_t getNumPieces(unsigned kernel) const { return pieces[kernel]; }
  /// The kernels of the same segment that kernel number `kernel` reads.
  llvm::ArrayRef<unsigned> getProducers(unsigned kernel) const {
    return producers[kernel];
  }

private:
  struct Producer {
    unsigned kernel;
    bool isAwaited;
    int64_t pieces;
  };
  llvm::SmallVector<Producer> findProducers(KernelOpInterface kernel) const;

  std::vector<KernelOpInterface> kernels;
  std::vector<unsigned> segments;
  std::vector<int64_t> pieces;
  std::vector<llvm::SmallVector<unsigned, 2>> producers;
  llvm::DenseMap<mlir::Operation *, unsigned> numbers;
  unsigned numSegments = 0;
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_KERNELSEGMENTS_H
