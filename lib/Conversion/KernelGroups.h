// Which ops of a block run as one kernel.
//
// A kernel computes its result tile by tile, so an op may read another op of
// the same kernel only at the tile that it computes itself: the same row. Each
// value has a level: the number of kernels before it on the longest path. An op
// joins a group only if whatever else it reads has a lower level than the
// group, and what reads a group has a higher one. So no two groups wait for
// each other.
//
// Example: in quantize(layer_norm(add(%linear, %x))) all three ops are one
// group; the quantization is a group of its own if its scale is that of the
// whole tensor, which no row knows.
#ifndef ATLEUS_CONVERSION_KERNELGROUPS_H
#define ATLEUS_CONVERSION_KERNELGROUPS_H

#include "mlir/IR/Block.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace atleus {

/// Where an op that may share a kernel runs.
struct GroupPlace {
  mlir::FlatSymbolRefAttr tier;
  /// Kernels of the host are not cut into tiles: any ops may be together.
  bool isHost = false;
};

/// Ops of one kernel in the order of the block.
struct KernelGroup {
  GroupPlace place;
  llvm::SmallVector<mlir::Operation *> ops;
};

/// Groups the ops of `block` for which `getPlace` names a tier, in the order of
/// their first ops. Every other op that computes stands for a kernel.
std::vector<KernelGroup>
groupOps(mlir::Block &block,
         llvm::function_ref<GroupPlace(mlir::Operation *)> getPlace);

} // namespace atleus

#endif // ATLEUS_CONVERSION_KERNELGROUPS_H
