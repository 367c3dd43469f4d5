// Segments of kernels by the order in which tasks read each other's results.
#include "KernelSegments.h"

#include "TaskData.h"

using namespace mlir;
using namespace atleus;

/// Whether the last task of `producer` computes a part of `tile`.
static bool meetsLastTask(KernelOpInterface producer, const Tile &tile) {
  Tile last = producer.getTaskResult(producer.getNumTasks() - 1);
  // Other results than the first one have a shape of their own.
  return last.rank() != tile.rank() || !last.intersect(tile).isEmpty();
}

KernelSegments::KernelSegments(func::FuncOp function) {
  function.walk([&](KernelOpInterface kernel) {
    unsigned segment = 0;
    for (auto [number, operand] : llvm::enumerate(kernel->getOperands())) {
      if (!isMoved(operand))
        continue;
      SmallVector<DataTile> sources;
      findSources(operand, getTaskOperand(kernel, number, /*task=*/0), sources);
      for (const DataTile &data : sources) {
        auto producer =
            dyn_cast_or_null<KernelOpInterface>(data.source.getDefiningOp());
        if (!producer)
          continue;
        unsigned waits = meetsLastTask(producer, data.tile);
        segment = std::max(segment, getSegment(producer) + waits);
      }
    }
    kernels.push_back(kernel);
    segments[kernel] = segment;
    numSegments = std::max(numSegments, segment + 1);
  });
}
