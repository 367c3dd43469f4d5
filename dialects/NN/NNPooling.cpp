// Types, work and tiles of the ops of pooling.
#include "dialects/NN/NNShared.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::nn;

/// Whether the numbers describe a window over `spatial` dimensions.
static bool isPoolingWindow(const PoolingWindow &window, size_t spatial) {
  auto positive = [](int64_t number) {
    return number >= 1 && number <= maxElements;
  };
  auto natural = [](int64_t number) {
    return number >= 0 && number <= maxElements;
  };
  return window.kernel.size() == spatial && window.strides.size() == spatial &&
         window.dilations.size() == spatial &&
         window.pads.size() == 2 * spatial &&
         llvm::all_of(window.kernel, positive) &&
         llvm::all_of(window.strides, positive) &&
         llvm::all_of(window.dilations, positive) &&
         llvm::all_of(window.pads, natural);
}

/// Number of positions of the window along spatial dimension `i`, of `size`
/// elements. Fails if it has none, or one that covers only padding.
static FailureOr<int64_t> countPositions(ErrorSite site,
                                         const PoolingWindow &window,
                                         unsigned i, int64_t size) {
  int64_t low = window.pads[i];
  int64_t high = window.pads[window.kernel.size() + i];
  uint64_t padded = size + low + high;
  uint64_t reach = llvm::SaturatingMultiplyAdd<uint64_t>(
      window.kernel[i] - 1, window.dilations[i], 1);
  if (reach > padded) // (C3)
    return site.emitError("kernel reaches over ", reach,
                          " elements of dimension ", 2 + i,
                          ", the padded input has ", padded);
  int64_t positions = (padded - reach) / window.strides[i] + 1;
  int64_t last = (positions - 1) * window.strides[i] - low;
  bool skips =
      low + high > 0 && window.kernel[i] > 1 && window.dilations[i] > size;
  if (static_cast<uint64_t>(low) >= reach || last >= size || skips) // (C4)
    return site.emitError("a window of ", window.kernel[i],
                          " elements in steps of ", window.dilations[i],
                          " covers only padding of dimension ", 2 + i);
  return positions;
}

LogicalResult nn::inferPooling(ErrorSite site, Value input,
                               const PoolingWindow &window, Type elementType,
                               SmallVectorImpl<Type> &types) {
  auto type = cast<RankedTensorType>(input.getType());
  if (type.getRank() < 3) // (C1)
    return site.emitError("input must have 3 dimensions or more, found ",
                          type.getRank());
  size_t spatial = type.getRank() - 2;
  if (!isPoolingWindow(window, spatial)) // (C2)
    return site.emitError("needs ", spatial,
                          " kernel sizes, strides and dilations from 1 to 2^40 "
                          "and ",
                          2 * spatial, " pads from 0 to 2^40");
  SmallVector<int64_t> shape(type.getShape().take_front(2));
  for (unsigned i = 0; i < spatial; ++i) {
    FailureOr<int64_t> positions =
        countPositions(site, window, i, type.getDimSize(2 + i));
    if (failed(positions))
      return failure();
    shape.push_back(*positions);
  }
  SmallVector<int64_t> windows(shape);
  llvm::append_range(windows, window.kernel);
  if (!countElements(windows)) // (C3)
    return site.emitError("windows of ", shapeText(window.kernel), " at ",
                          shapeText(ArrayRef(shape).drop_front(2)),
                          " positions have more than 2^40 elements");
  types.push_back(RankedTensorType::get(
      shape, elementType ? elementType : type.getElementType()));
  return success();
}

Work nn::poolingWork(Operation *op, ArrayRef<int64_t> kernel) {
  Work work = bytesWork(op);
  auto result = cast<RankedTensorType>(op->getResult(0).getType());
  work[VectorOperation::Add] +=
      result.getNumElements() * llvm::product_of(kernel);
  return work;
}

Tile nn::poolingOperandTile(Value input, const PoolingWindow &window,
                            const Tile &result) {
  Tile tile = result;
  for (unsigned i = 0; i < window.kernel.size(); ++i)
    std::tie(tile.offsets[2 + i], tile.sizes[2 + i]) =
        windowRange(result.offsets[2 + i], result.sizes[2 + i],
                    window.strides[i], window.dilations[i], window.kernel[i],
                    window.pads[i], getShape(input)[2 + i]);
  return tile;
}
