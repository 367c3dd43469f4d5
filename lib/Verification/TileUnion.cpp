// Counts the elements of a union of boxes by cutting it into disjoint ones.
#include "TileUnion.h"

#include "llvm/ADT/STLExtras.h"

#include <vector>

using namespace atleus;

/// Appends boxes that together are `tile` without `hole`.
static void subtract(Tile tile, const Tile &hole, std::vector<Tile> &parts) {
  Tile common = tile.intersect(hole);
  if (common.isEmpty()) {
    parts.push_back(std::move(tile));
    return;
  }
  // Cut off what lies before and behind the hole, one dimension after another.
  for (unsigned i = 0; i < tile.rank(); ++i) {
    int64_t end = tile.offsets[i] + tile.sizes[i];
    int64_t commonEnd = common.offsets[i] + common.sizes[i];
    Tile part = tile;
    part.sizes[i] = common.offsets[i] - tile.offsets[i];
    if (part.sizes[i] > 0)
      parts.push_back(part);
    part.offsets[i] = commonEnd;
    part.sizes[i] = end - commonEnd;
    if (part.sizes[i] > 0)
      parts.push_back(part);
    tile.offsets[i] = common.offsets[i];
    tile.sizes[i] = common.sizes[i];
  }
}

int64_t atleus::countCovered(llvm::ArrayRef<Tile> tiles) {
  std::vector<Tile> disjoint;
  int64_t elements = 0;
  for (const Tile &tile : tiles) {
    if (tile.isEmpty())
      continue;
    std::vector<Tile> rest = {tile};
    for (const Tile &other : disjoint) {
      std::vector<Tile> parts;
      for (Tile &piece : rest)
        subtract(std::move(piece), other, parts);
      rest = std::move(parts);
    }
    for (Tile &piece : rest) {
      elements += piece.numElements();
      disjoint.push_back(std::move(piece));
    }
  }
  return elements;
}
