// Moves tiles in and out of tensors.
#include "TileCopy.h"

#include "atleus/Interpreter/DataMovement.h"

#include <cstring>
#include <limits>

using namespace mlir;
using namespace atleus;

Tensor atleus::takeTile(const Tensor &tensor, const Tile &tile) {
  SmallVector<int64_t> strides(tile.rank(), 1);
  if (!(tile == Tile::whole(tensor.getShape())))
    return kernels::slice(tensor, tile.offsets, tile.sizes, strides);
  Tensor taken = tensor;
  // What came in pieces has scales by piece, of which equal ones are joined.
  if (const ScaleGrid *scales = tensor.getRunTimeScales())
    taken.setRunTimeScales(scales->slice(tile.offsets, tile.sizes, strides));
  return taken;
}

/// Gives a tile of a tensor the scales of its elements. Those that have not
/// come are NaN.
static void putScales(Tensor &tensor, const Tile &tile, const Tensor &part) {
  if (tile == Tile::whole(tensor.getShape()))
    return tensor.copyRunTimeScales(part);
  const ScaleGrid *found = part.getRunTimeScales();
  if (!found)
    return;
  const ScaleGrid *known = tensor.getRunTimeScales();
  ScaleGrid scales =
      known ? *known
            : ScaleGrid::ofBlocks(tensor.getShape(), tensor.getShape());
  scales.put(tensor.getShape(), tile.offsets, tile.sizes, *found);
  tensor.setRunTimeScales(std::move(scales));
}

void atleus::putTile(Tensor &tensor, const Tile &tile, const Tensor &part) {
  assert(tensor.getElementType() == part.getElementType());
  int64_t width = getElementBytes(tensor.getKind());
  int64_t runs = tile.numElements();
  if (runs == 0)
    return;
  int64_t length = tile.rank() == 0 ? 1 : tile.sizes.back();
  runs /= length;
  char *to = tensor.mutableBytes().data();
  const char *from = part.bytes().data();
  for (int64_t run = 0; run < runs; ++run) {
    // The position of the run's first element in the tensor.
    int64_t position = 0, stride = 1, rest = run;
    for (unsigned i = tile.rank(); i-- > 0;) {
      int64_t index = 0;
      if (i + 1 < tile.rank()) {
        index = rest % tile.sizes[i];
        rest /= tile.sizes[i];
      }
      position += (tile.offsets[i] + index) * stride;
      stride *= tensor.getDim(i);
    }
    std::memcpy(to + position * width, from + run * length * width,
                length * width);
  }
  putScales(tensor, tile, part);
}

Tensor atleus::makeUnknown(RankedTensorType type) {
  Type element = type.getElementType();
  if (isa<FloatType>(element))
    return kernels::filled(type.getShape(), element,
                           std::numeric_limits<double>::quiet_NaN());
  return Tensor::zeros(type.getShape(), element);
}
