// How scales follow the elements that layout ops move.
#include "atleus/Interpreter/ScaleGrid.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

#include <limits>
#include <numeric>

using namespace atleus;
using llvm::ArrayRef;
using llvm::SmallVector;
using Sizes = ScaleGrid::Sizes;

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

ScaleGrid ScaleGrid::ofBlocks(ArrayRef<int64_t> shape,
                              ArrayRef<int64_t> blockSizes) {
  ScaleGrid result;
  size_t count = 1;
  for (auto [size, block] : llvm::zip_equal(shape, blockSizes)) {
    int64_t blocks =
        block == 0 ? 1 : std::max<int64_t>(1, llvm::divideCeil(size, block));
    result.grid.push_back(blocks);
    result.blockSizes.push_back(blocks == 1 ? size : block);
    count *= blocks;
  }
  result.scales.assign(count, std::numeric_limits<float>::quiet_NaN());
  result.zeroPoints.assign(count, 0);
  return result;
}

ScaleGrid ScaleGrid::ofTensor(ArrayRef<int64_t> shape, float scale,
                              int64_t zeroPoint) {
  ScaleGrid result = ofBlocks(shape, shape);
  result.scales.front() = scale;
  result.zeroPoints.front() = zeroPoint;
  return result;
}

size_t ScaleGrid::blockAt(ArrayRef<int64_t> index) const {
  int64_t block = 0;
  for (auto [position, size, blocks] : llvm::zip_equal(index, blockSizes, grid))
    block = block * blocks + (blocks == 1 ? 0 : position / size);
  return block;
}

void ScaleGrid::forEachBlock(
    llvm::function_ref<void(size_t, ArrayRef<int64_t>)> visit) const {
  Sizes index(grid.size(), 0);
  for (size_t block = 0; block < scales.size(); ++block) {
    visit(block, index);
    for (size_t i = grid.size(); i-- > 0;) {
      index[i] += blockSizes[i];
      if (index[i] < grid[i] * blockSizes[i])
        break;
      index[i] = 0;
    }
  }
}

/// A grid over `shape` of which each block has the scale of the element of
/// `from` to which `map` takes the index of its first element.
static ScaleGrid
pick(const ScaleGrid &from, ArrayRef<int64_t> shape,
     ArrayRef<int64_t> blockSizes,
     llvm::function_ref<void(ArrayRef<int64_t>, Sizes &)> map) {
  ScaleGrid result = ScaleGrid::ofBlocks(shape, blockSizes);
  Sizes source(from.grid.size(), 0);
  result.forEachBlock([&](size_t block, ArrayRef<int64_t> index) {
    map(index, source);
    size_t old = from.blockAt(source);
    result.scales[block] = from.scales[old];
    result.zeroPoints[block] = from.zeroPoints[old];
  });
  return result;
}

//===----------------------------------------------------------------------===//
// Reshape
//===----------------------------------------------------------------------===//

/// How many elements of some dimensions, seen as one, lie one after another
/// with one scale, whichever they are.
static int64_t runLength(ArrayRef<int64_t> sizes, ArrayRef<int64_t> blocks) {
  int64_t run = 1;
  for (size_t i = sizes.size(); i-- > 0; run *= sizes[i])
    if (blocks[i] < sizes[i])
      return run * std::gcd(blocks[i], sizes[i]);
  return run;
}

/// The largest blocks of dimensions of `sizes` whose elements lie in one run.
static void cutRuns(int64_t run, ArrayRef<int64_t> sizes,
                    llvm::MutableArrayRef<int64_t> blocks) {
  for (size_t i = sizes.size(); i-- > 0;) {
    blocks[i] = std::gcd(run, sizes[i]);
    run = blocks[i] == sizes[i] ? run / sizes[i] : 1;
  }
}

/// Row-major position of `index` in a tensor of `shape`.
static int64_t linearize(ArrayRef<int64_t> index, ArrayRef<int64_t> shape) {
  int64_t position = 0;
  for (auto [i, size] : llvm::zip_equal(index, shape))
    position = position * size + i;
  return position;
}

ScaleGrid ScaleGrid::reshape(ArrayRef<int64_t> from,
                             ArrayRef<int64_t> to) const {
  if (hasOneBlock() || llvm::is_contained(to, 0))
    return ofTensor(to, scales.front(), zeroPoints.front());
  // Dimensions fall into the smallest groups of equal products.
  Sizes blocks(to.size(), 1);
  size_t i = 0, j = 0;
  while (i < from.size() && j < to.size()) {
    size_t firstOld = i, firstNew = j;
    int64_t old = from[i++], made = to[j++];
    while (old != made)
      old < made ? old *= from[i++] : made *= to[j++];
    int64_t run = runLength(from.slice(firstOld, i - firstOld),
                            ArrayRef(blockSizes).slice(firstOld, i - firstOld));
    cutRuns(run, to.slice(firstNew, j - firstNew),
            llvm::MutableArrayRef(blocks).slice(firstNew, j - firstNew));
  }
  return pick(*this, to, blocks, [&](ArrayRef<int64_t> index, Sizes &source) {
    int64_t position = linearize(index, to);
    for (size_t d = from.size(); d-- > 0; position /= from[d])
      source[d] = position % from[d];
  });
}

//===----------------------------------------------------------------------===//
// Other ops
//===----------------------------------------------------------------------===//

ScaleGrid ScaleGrid::transpose(ArrayRef<int64_t> permutation) const {
  // As if the last blocks were whole.
  Sizes shape, blocks;
  for (int64_t dimension : permutation) {
    shape.push_back(grid[dimension] * blockSizes[dimension]);
    blocks.push_back(blockSizes[dimension]);
  }
  return pick(*this, shape, blocks,
              [&](ArrayRef<int64_t> index, Sizes &source) {
                for (auto [i, dimension] : llvm::enumerate(permutation))
                  source[dimension] = index[i];
              });
}

/// Whether the numbers of blocks are the same all along a dimension. Scales
/// that have not come are.
static bool isConstant(const ScaleGrid &grid, size_t dimension) {
  size_t inner = 1;
  for (int64_t blocks : ArrayRef(grid.grid).drop_front(dimension + 1))
    inner *= blocks;
  size_t along = grid.grid[dimension];
  for (size_t block = 0; block < grid.scales.size(); ++block) {
    size_t first = block - block / inner % along * inner;
    if (llvm::bit_cast<uint32_t>(grid.scales[block]) !=
            llvm::bit_cast<uint32_t>(grid.scales[first]) ||
        grid.zeroPoints[block] != grid.zeroPoints[first])
      return false;
  }
  return true;
}

/// The same scales in one block along each dimension where that is enough:
/// what has come tile by tile may be in finer ones.
static ScaleGrid join(const ScaleGrid &grid, ArrayRef<int64_t> shape) {
  Sizes blocks(grid.blockSizes);
  for (size_t i = 0; i < blocks.size(); ++i)
    if (grid.grid[i] != 1 && isConstant(grid, i))
      blocks[i] = shape[i];
  if (blocks == grid.blockSizes)
    return grid;
  return pick(grid, shape, blocks, [](ArrayRef<int64_t> index, Sizes &source) {
    source.assign(index.begin(), index.end());
  });
}

ScaleGrid ScaleGrid::slice(ArrayRef<int64_t> offsets, ArrayRef<int64_t> sizes,
                           ArrayRef<int64_t> strides) const {
  if (llvm::is_contained(sizes, 0))
    return ofTensor(sizes, scales.front(), zeroPoints.front());
  Sizes blocks(sizes);
  for (size_t i = 0; i < sizes.size(); ++i) {
    int64_t last = offsets[i] + (sizes[i] - 1) * strides[i];
    if (grid[i] == 1 || offsets[i] / blockSizes[i] == last / blockSizes[i])
      continue;
    bool keepsBlocks = strides[i] == 1 && offsets[i] % blockSizes[i] == 0;
    blocks[i] = keepsBlocks ? blockSizes[i] : 1;
  }
  ScaleGrid taken =
      pick(*this, sizes, blocks, [&](ArrayRef<int64_t> index, Sizes &source) {
        for (size_t i = 0; i < index.size(); ++i)
          source[i] = offsets[i] + index[i] * strides[i];
      });
  return join(taken, sizes);
}

ScaleGrid ScaleGrid::expand(ArrayRef<int64_t> from,
                            ArrayRef<int64_t> to) const {
  size_t added = to.size() - from.size();
  Sizes blocks(to);
  for (size_t i = 0; i < from.size(); ++i)
    if (from[i] == to[added + i])
      blocks[added + i] = blockSizes[i];
  return pick(*this, to, blocks, [&](ArrayRef<int64_t> index, Sizes &source) {
    for (size_t i = 0; i < from.size(); ++i)
      source[i] = from[i] == 1 ? 0 : index[added + i];
  });
}

ScaleGrid ScaleGrid::gather(ArrayRef<int64_t> from, int64_t axis,
                            ArrayRef<int64_t> positions,
                            ArrayRef<int64_t> shape) const {
  bool isTorn = grid[axis] != 1;
  Sizes to(from.take_front(axis)),
      blocks(blockSizes.begin(), blockSizes.begin() + axis);
  for (int64_t size : shape) {
    to.push_back(size);
    blocks.push_back(isTorn ? 1 : size);
  }
  llvm::append_range(to, from.drop_front(axis + 1));
  blocks.append(blockSizes.begin() + axis + 1, blockSizes.end());
  if (llvm::is_contained(to, 0))
    return ofTensor(to, scales.front(), zeroPoints.front());
  return pick(*this, to, blocks, [&](ArrayRef<int64_t> index, Sizes &source) {
    for (size_t i = 0; i < source.size(); ++i) {
      auto dimension = static_cast<int64_t>(i);
      if (dimension == axis)
        source[i] =
            positions[linearize(index.slice(axis, shape.size()), shape)];
      else
        source[i] = index[dimension < axis ? i : i + shape.size() - 1];
    }
  });
}

void ScaleGrid::put(ArrayRef<int64_t> shape, ArrayRef<int64_t> offsets,
                    ArrayRef<int64_t> sizes, const ScaleGrid &part) {
  Sizes blocks;
  for (size_t i = 0; i < shape.size(); ++i) {
    int64_t block = std::gcd(blockSizes[i], part.blockSizes[i]);
    int64_t end = offsets[i] + sizes[i];
    block = std::gcd(block, offsets[i]);
    blocks.push_back(end == shape[i] ? block : std::gcd(block, end));
  }
  ScaleGrid old = std::move(*this);
  *this = pick(old, shape, blocks, [](ArrayRef<int64_t> index, Sizes &source) {
    source.assign(index.begin(), index.end());
  });
  Sizes inside(shape.size(), 0);
  forEachBlock([&](size_t block, ArrayRef<int64_t> index) {
    for (size_t i = 0; i < index.size(); ++i) {
      inside[i] = index[i] - offsets[i];
      if (inside[i] < 0 || inside[i] >= sizes[i])
        return;
    }
    size_t from = part.blockAt(inside);
    scales[block] = part.scales[from];
    zeroPoints[block] = part.zeroPoints[from];
  });
}

ScaleGrid ScaleGrid::concat(ArrayRef<const ScaleGrid *> parts,
                            ArrayRef<ArrayRef<int64_t>> shapes, int64_t axis) {
  const ScaleGrid &first = *parts.front();
  Sizes shape(shapes.front());
  shape[axis] = 0;
  bool isOne = first.hasOneBlock();
  for (auto [part, own] : llvm::zip_equal(parts, shapes)) {
    shape[axis] += own[axis];
    isOne &=
        part->scales == first.scales && part->zeroPoints == first.zeroPoints;
  }
  if (isOne)
    return ofTensor(shape, first.scales.front(), first.zeroPoints.front());
  ScaleGrid result = ofBlocks(shape, shape);
  Sizes offsets(shape.size(), 0);
  for (auto [part, own] : llvm::zip_equal(parts, shapes)) {
    if (!llvm::is_contained(own, 0))
      result.put(shape, offsets, own, *part);
    offsets[axis] += own[axis];
  }
  return result;
}
