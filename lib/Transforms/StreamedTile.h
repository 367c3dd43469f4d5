// Tasks of products whose weights stream from memory.
#ifndef ATLEUS_TRANSFORMS_STREAMEDTILE_H
#define ATLEUS_TRANSFORMS_STREAMEDTILE_H

#include "TaskTimes.h"

#include "atleus/Mapping/StreamedTiling.h"
#include "dialects/Systolic/Systolic.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

namespace atleus {

/// Whether the weight of `kernel` streams from memory.
bool hasStreamedWeight(KernelOpInterface kernel);

/// Task tiles of products with a static right operand: blocks of tokens and of
/// columns (atleus/Mapping/StreamedTiling.h).
class StreamedTiles {
public:
  /// `copies` is by tier how often its crossbars have room for all weights.
  /// Where `fits`, what a task reads and leaves has room beside the weights.
  StreamedTiles(const TaskTimes &times, llvm::StringMap<int64_t> copies,
                bool fits)
      : times(times), copies(std::move(copies)), fits(fits) {}

  /// There are as many tasks as the tier has nodes or, for each node, as many
  /// more as there would be blocks of `tokens` tokens and the array has columns
  /// for: results leave earlier.
  llvm::SmallVector<int64_t> get(systolic::MatMulOp product, arch::TierOp tier,
                                 int64_t tokens);

private:
  /// What products there are behind a value without another one in between: the
  /// one that is computed last, or null.
  mlir::Operation *findProduct(mlir::Value value);
  Picoseconds getMakingTime(mlir::Value value);
  llvm::SmallVector<int64_t> choose(systolic::MatMulOp product,
                                    mlir::Operation *core,
                                    const StreamedProduct &problem,
                                    int64_t room);

  const TaskTimes &times;
  llvm::StringMap<int64_t> copies;
  bool fits;
  llvm::DenseMap<mlir::Value, mlir::Operation *> products;
  /// By product and how many tasks there should be.
  llvm::DenseMap<std::pair<mlir::Operation *, int64_t>,
                 llvm::SmallVector<int64_t>>
      tiles;
};

/// Cuts all dimensions but the last, the first ones first, until what a task of
/// `kernel` reads and leaves has room.
void fitRows(KernelOpInterface kernel, llvm::MutableArrayRef<int64_t> tile,
             int64_t room);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_STREAMEDTILE_H
