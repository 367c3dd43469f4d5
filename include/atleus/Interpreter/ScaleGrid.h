// Scales that were found for a tensor when it was quantized at run time.
//
// A grid of blocks lies over the tensor. Each block has a scale and a zero
// point: one block for the whole tensor, one for each matrix of the last two
// dimensions, or one for each vector. Ops that move elements move the blocks
// with them; where they tear a block apart, the grid becomes finer, down to a
// scale for each element, so that no element ever loses its scale.
//
// The scale of a block that holds NaN or infinity is NaN: what is computed from
// it is NaN, and nothing else.
#ifndef ATLEUS_INTERPRETER_SCALEGRID_H
#define ATLEUS_INTERPRETER_SCALEGRID_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace atleus {

struct ScaleGrid {
  using Sizes = llvm::SmallVector<int64_t, 4>;

  /// Blocks in each dimension, and their size. The last block of a dimension
  /// may be smaller; a dimension with one block has the block's size.
  Sizes grid, blockSizes;
  /// One of each for every block, in row-major order.
  std::vector<float> scales;
  std::vector<int64_t> zeroPoints;

  /// The grid of blocks of `blockSizes` over a tensor, with no scales yet: NaN,
  /// and zero points of 0.
  static ScaleGrid ofBlocks(llvm::ArrayRef<int64_t> shape,
                            llvm::ArrayRef<int64_t> blockSizes);
  /// One block for a tensor.
  static ScaleGrid ofTensor(llvm::ArrayRef<int64_t> shape, float scale,
                            int64_t zeroPoint);

  bool hasOneBlock() const { return scales.size() == 1; }
  /// The block of the element at `index`.
  size_t blockAt(llvm::ArrayRef<int64_t> index) const;

  /// Calls `visit` with each block and the index of its first element.
  void forEachBlock(
      llvm::function_ref<void(size_t, llvm::ArrayRef<int64_t>)> visit) const;

  /// The scales of the same elements of a tensor of another shape.
  ScaleGrid reshape(llvm::ArrayRef<int64_t> from,
                    llvm::ArrayRef<int64_t> to) const;
  /// Dimension `permutation[i]` becomes dimension i.
  ScaleGrid transpose(llvm::ArrayRef<int64_t> permutation) const;
  /// Of the elements at offset + i * stride, for i below the sizes.
  ScaleGrid slice(llvm::ArrayRef<int64_t> offsets,
                  llvm::ArrayRef<int64_t> sizes,
                  llvm::ArrayRef<int64_t> strides) const;
  /// Of a tensor that is broadcast from one shape to another.
  ScaleGrid expand(llvm::ArrayRef<int64_t> from,
                   llvm::ArrayRef<int64_t> to) const;
  /// Of the slices of `axis` at some positions, which are arranged in `shape`
  /// in its place.
  ScaleGrid gather(llvm::ArrayRef<int64_t> from, int64_t axis,
                   llvm::ArrayRef<int64_t> positions,
                   llvm::ArrayRef<int64_t> shape) const;

  /// Gives the box of a tensor of `shape` at `offsets`, of `sizes`, the scales
  /// of `part`. Blocks become finer where they lie on both sides of its edge.
  void put(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> offsets,
           llvm::ArrayRef<int64_t> sizes, const ScaleGrid &part);

  /// The scales of tensors of `shapes` one after another along `axis`: one for
  /// all if they are the same number.
  static ScaleGrid concat(llvm::ArrayRef<const ScaleGrid *> parts,
                          llvm::ArrayRef<llvm::ArrayRef<int64_t>> shapes,
                          int64_t axis);

  friend bool operator==(const ScaleGrid &a, const ScaleGrid &b) {
    return a.grid == b.grid && a.blockSizes == b.blockSizes &&
           a.scales == b.scales && a.zeroPoints == b.zeroPoints;
  }
};

} // namespace atleus

#endif // ATLEUS_INTERPRETER_SCALEGRID_H
