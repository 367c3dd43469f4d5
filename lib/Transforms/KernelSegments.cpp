// Segments of kernels by the order in which tasks read each other's results.
#include "KernelSegments.h"

#include "StreamedTile.h"
#include "TaskData.h"

using namespace mlir;
using namespace atleus;

/// Whether the last task of `producer` computes a part of `tile`. Blocks of
/// columns of the same tokens are computed side by side: the last of them is as
/// good as the others.
static bool meetsLastTask(KernelOpInterface producer, const Tile &tile) {
  Tile last = producer.getTaskResult(producer.getNumTasks() - 1);
  // Other results than the first one have a shape of their own.
  if (last.rank() != tile.rank())
    return true;
  ArrayRef<int64_t> shape =
      cast<RankedTensorType>(producer->getResult(0).getType()).getShape();
  bool hasTokenBlocks =
      llvm::any_of(ArrayRef(last.offsets).drop_back(!last.offsets.empty()),
                   [](int64_t offset) { return offset > 0; });
  if (hasTokenBlocks) {
    last.offsets.back() = 0;
    last.sizes.back() = shape.back();
  }
  return !last.intersect(tile).isEmpty();
}

/// How many tiles as large as `read` the result of a task of `producer` has.
static int64_t countPieces(KernelOpInterface producer, const Tile &read) {
  Tile result = producer.getTaskResult(0);
  if (result.rank() != read.rank())
    return 1;
  int64_t pieces = 1;
  for (auto [extent, part] : llvm::zip_equal(result.sizes, read.sizes))
    pieces *= llvm::divideCeil(extent, std::max<int64_t>(part, 1));
  return pieces;
}

/// The kernels whose results the first task of `kernel` reads.
SmallVector<KernelSegments::Producer>
KernelSegments::findProducers(KernelOpInterface kernel) const {
  SmallVector<Producer> found;
  SmallVector<DataTile> sources;
  for (auto [number, operand] : llvm::enumerate(kernel->getOperands()))
    if (isMoved(operand))
      findSources(operand, getTaskOperand(kernel, number, /*task=*/0), sources);
  for (const DataTile &data : sources) {
    auto producer =
        dyn_cast_or_null<KernelOpInterface>(data.source.getDefiningOp());
    if (producer)
      found.push_back(
          {numbers.lookup(producer),
           hasStreamedWeight(kernel) || meetsLastTask(producer, data.tile),
           countPieces(producer, data.tile)});
  }
  return found;
}

KernelSegments::KernelSegments(func::FuncOp function) {
  function.walk([&](KernelOpInterface kernel) {
    SmallVector<Producer> found = findProducers(kernel);
    unsigned segment = 0;
    for (Producer producer : found) {
      segment =
          std::max(segment, segments[producer.kernel] + producer.isAwaited);
      pieces[producer.kernel] =
          std::max(pieces[producer.kernel], producer.pieces);
    }
    SmallVector<unsigned, 2> &streams = producers.emplace_back();
    for (Producer producer : found)
      if (segments[producer.kernel] == segment)
        streams.push_back(producer.kernel);
    numbers[kernel] = kernels.size();
    kernels.push_back(kernel);
    segments.push_back(segment);
    pieces.push_back(1);
    numSegments = std::max(numSegments, segment + 1);
  });
}
