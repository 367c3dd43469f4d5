// Boxes in index spaces: intersection, and how they look after a reshape.
#include "dialects/Interfaces/Tile.h"

#include <algorithm>
#include <cassert>

using namespace atleus;
using llvm::ArrayRef;

Tile Tile::whole(ArrayRef<int64_t> shape) {
  Tile tile;
  tile.offsets.assign(shape.size(), 0);
  tile.sizes.assign(shape.begin(), shape.end());
  return tile;
}

int64_t Tile::numElements() const {
  int64_t product = 1;
  for (int64_t size : sizes)
    product *= size;
  return product;
}

Tile Tile::intersect(const Tile &other) const {
  assert(rank() == other.rank() && "tiles of different rank");
  Tile result;
  for (unsigned i = 0; i < rank(); ++i) {
    int64_t begin = std::max(offsets[i], other.offsets[i]);
    int64_t end =
        std::min(offsets[i] + sizes[i], other.offsets[i] + other.sizes[i]);
    result.offsets.push_back(begin);
    result.sizes.push_back(std::max<int64_t>(0, end - begin));
  }
  return result;
}

Tile atleus::uniteTiles(const Tile &a, const Tile &b) {
  assert(a.rank() == b.rank() && "tiles of different rank");
  if (a.isEmpty())
    return b;
  if (b.isEmpty())
    return a;
  Tile result;
  for (unsigned i = 0; i < a.rank(); ++i) {
    int64_t begin = std::min(a.offsets[i], b.offsets[i]);
    int64_t end =
        std::max(a.offsets[i] + a.sizes[i], b.offsets[i] + b.sizes[i]);
    result.offsets.push_back(begin);
    result.sizes.push_back(end - begin);
  }
  return result;
}

namespace {
/// A group of dimensions of `to` and one of `from` with equal products.
struct DimensionGroup {
  unsigned toBegin, toEnd, fromBegin, fromEnd;
};
} // namespace

/// Cuts two shapes of equal element count into the smallest groups of
/// dimensions that hold the same elements. A group of several dimensions on
/// both sides is reordered as a whole.
static llvm::SmallVector<DimensionGroup>
groupDimensions(ArrayRef<int64_t> to, ArrayRef<int64_t> from) {
  llvm::SmallVector<DimensionGroup> groups;
  unsigned i = 0, j = 0;
  while (i < to.size() || j < from.size()) {
    DimensionGroup group{i, i, j, j};
    int64_t toProduct = 1, fromProduct = 1;
    if (i < to.size())
      toProduct = to[i++];
    if (j < from.size())
      fromProduct = from[j++];
    while (toProduct != fromProduct) {
      if (toProduct < fromProduct && i < to.size())
        toProduct *= to[i++];
      else if (fromProduct < toProduct && j < from.size())
        fromProduct *= from[j++];
      else
        break;
    }
    group.toEnd = i;
    group.fromEnd = j;
    groups.push_back(group);
  }
  return groups;
}

/// Linear positions of the first and the last element of a box within a group.
static std::pair<int64_t, int64_t> linearRange(const Tile &tile,
                                               ArrayRef<int64_t> shape,
                                               unsigned begin, unsigned end) {
  int64_t first = 0, last = 0;
  for (unsigned i = begin; i < end; ++i) {
    first = first * shape[i] + tile.offsets[i];
    last = last * shape[i] + tile.offsets[i] + tile.sizes[i] - 1;
  }
  return {first, last};
}

/// Adds to `result` the box of `shape[begin, end)` that holds the linear
/// positions first to last. Dimensions after the first one in which the two
/// positions differ are taken whole.
static void appendBox(Tile &result, ArrayRef<int64_t> shape, unsigned begin,
                      unsigned end, int64_t first, int64_t last) {
  int64_t stride = 1;
  for (unsigned i = begin; i < end; ++i)
    stride *= shape[i];
  bool differ = false;
  for (unsigned i = begin; i < end; ++i) {
    stride /= std::max<int64_t>(1, shape[i]);
    int64_t low = first / stride, high = last / stride;
    first %= stride;
    last %= stride;
    result.offsets.push_back(differ ? 0 : low);
    result.sizes.push_back(differ ? shape[i] : high - low + 1);
    differ |= low != high;
  }
}

Tile atleus::reshapeTile(const Tile &tile, ArrayRef<int64_t> to,
                         ArrayRef<int64_t> from) {
  if (tile.isEmpty()) {
    Tile empty = Tile::whole(from);
    empty.sizes.assign(from.size(), 0);
    return empty;
  }
  Tile result;
  for (const DimensionGroup &group : groupDimensions(to, from)) {
    auto [first, last] = linearRange(tile, to, group.toBegin, group.toEnd);
    appendBox(result, from, group.fromBegin, group.fromEnd, first, last);
  }
  return result;
}

Tile atleus::broadcastTile(const Tile &tile, ArrayRef<int64_t> operand) {
  assert(tile.rank() >= operand.size() && "operand has more dimensions");
  Tile result;
  unsigned shift = tile.rank() - operand.size();
  for (unsigned i = 0; i < operand.size(); ++i) {
    bool stretched = operand[i] == 1;
    int64_t size = tile.sizes[i + shift];
    result.offsets.push_back(stretched ? 0 : tile.offsets[i + shift]);
    result.sizes.push_back(stretched ? std::min<int64_t>(size, 1) : size);
  }
  return result;
}
