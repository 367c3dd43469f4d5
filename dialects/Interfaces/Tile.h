// A box in the index space of a tensor.
#ifndef ATLEUS_INTERFACES_TILE_H
#define ATLEUS_INTERFACES_TILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

namespace atleus {

/// Per dimension an offset and a size. A tile of rank 0 is the one element of a
/// scalar. A tile with a size of zero is empty.
struct Tile {
  llvm::SmallVector<int64_t, 4> offsets;
  llvm::SmallVector<int64_t, 4> sizes;

  /// The tile that is the whole of a tensor.
  static Tile whole(llvm::ArrayRef<int64_t> shape);

  unsigned rank() const { return sizes.size(); }
  int64_t numElements() const;
  bool isEmpty() const { return numElements() == 0; }
  /// The common part of two tiles of the same rank.
  Tile intersect(const Tile &other) const;
  bool operator==(const Tile &other) const {
    return offsets == other.offsets && sizes == other.sizes;
  }
};

/// The smallest box that holds two tiles of the same rank; either may be empty.
Tile uniteTiles(const Tile &a, const Tile &b);

/// A box of a tensor of shape `from` that holds the elements which `tile`, a
/// box of the same elements in row-major order seen with shape `to`, covers.
/// Both shapes are cut into the smallest groups of dimensions that hold the
/// same elements. The box is the smallest one if in every group either shape
/// has one dimension; a box across rows of both is widened to whole rows.
Tile reshapeTile(const Tile &tile, llvm::ArrayRef<int64_t> to,
                 llvm::ArrayRef<int64_t> from);

/// The box of an operand of shape `operand` that broadcasts to `tile` of a
/// result of at least that rank.
Tile broadcastTile(const Tile &tile, llvm::ArrayRef<int64_t> operand);

} // namespace atleus

#endif // ATLEUS_INTERFACES_TILE_H
