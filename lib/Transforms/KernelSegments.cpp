// Segments of kernels by the order in which tasks read each other's results.
#include "KernelSegments.h"

#include "TaskData.h"

using namespace mlir;
using namespace atleus;

/// Whether a task that reads `tile` waits for about all of `producer`: for its
/// last task, or for half of it in more than one task. Blocks of columns of the
/// same tokens are computed side by side: the last one is as good as the others.
static bool awaits(KernelOpInterface producer, const Tile &tile) {
  Tile block = producer.getTaskResult(0);
  // Other results than the first one have a shape of their own.
  if (block.rank() != tile.rank())
    return true;
  if (tile.isEmpty())
    return false;
  SmallVector<int64_t> grid = producer.getTaskGrid();
  bool hasTokenBlocks =
      llvm::any_of(ArrayRef(grid).drop_back(!grid.empty()),
                   [](int64_t count) { return count > 1; });
  for (auto [i, count] : llvm::enumerate(grid)) {
    if (hasTokenBlocks && i + 1 == grid.size())
      break;
    int64_t first = tile.offsets[i] / block.sizes[i];
    int64_t end = llvm::divideCeil(tile.offsets[i] + tile.sizes[i],
                                   block.sizes[i]);
    if (end < count && (2 * end < count || end - first < 2))
      return false;
  }
  return true;
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
      found.push_back({numbers.lookup(producer),
                       awaits(producer, data.tile),
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
