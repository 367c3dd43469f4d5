// What kernels exchange, for the choice of their nodes.
#include "PlacementProblem.h"

#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace atleus;

/// The row-major numbers of the first and the last task that compute a part of
/// `tile`.
static std::pair<int64_t, int64_t> getTaskRange(KernelOpInterface kernel,
                                                const Tile &tile) {
  // Results of other shapes than the first one are of one task.
  if (kernel.getNumTasks() == 1)
    return {0, 0};
  auto shape = kernel->getAttrOfType<DenseI64ArrayAttr>("task_tile");
  std::pair<int64_t, int64_t> range = {0, 0};
  for (auto [i, count] : llvm::enumerate(kernel.getTaskGrid())) {
    int64_t last = tile.offsets[i] + tile.sizes[i] - 1;
    range.first = range.first * count + tile.offsets[i] / shape[i];
    range.second = range.second * count + last / shape[i];
  }
  return range;
}

void PlacementProblem::addReads(Value operand, const Tile &tile, int64_t run,
                                std::vector<Read> &reads) {
  SmallVector<DataTile> sources;
  findSources(operand, tile, sources);
  for (DataTile &data : sources) {
    const Kernel *producer = kernelOf.lookup(data.source.getDefiningOp());
    if (!producer || producer->numRuns == 1) {
      reads.push_back({run, data.source, producer, 0, std::move(data.tile)});
      continue;
    }
    auto [first, last] = getTaskRange(producer->getOp(), data.tile);
    int64_t end = last * producer->numRuns / producer->numTasks + 1;
    for (int64_t i = first * producer->numRuns / producer->numTasks; i < end;
         ++i)
      for (const Tile &box : producer->boxes[i])
        if (Tile part = box.intersect(data.tile); !part.isEmpty())
          reads.push_back({run, data.source, producer, i, std::move(part)});
  }
}

std::vector<PlacementProblem::Read>
PlacementProblem::gatherReads(const Kernel &kernel) {
  std::vector<Read> reads;
  Operation *op = kernel.op;
  auto access = cast<AccessOpInterface>(op);
  for (auto [i, operand] : llvm::enumerate(op->getOperands())) {
    if (!isMoved(operand))
      continue;
    for (int64_t run = 0; run < kernel.numRuns; ++run)
      for (const Tile &box : kernel.boxes[run]) {
        Tile tile = access.getOperandTile(i, 0, box);
        for (unsigned j = 1; j < op->getNumResults(); ++j)
          tile = unite(tile, access.getOperandTile(i, j, box));
        addReads(operand, tile, run, reads);
      }
  }
  return reads;
}

/// The first part of a kernel whose runs have made most of what the runs of
/// `kernel` with the same numbers read, and all of it: they stay together.
std::optional<unsigned> PlacementProblem::findAligned(const Kernel &kernel,
                                                      ArrayRef<Read> reads) {
  int64_t allBytes = 0;
  for (Value operand : kernel.op->getOperands())
    if (isMoved(operand))
      allBytes += nn::getNumBytes(cast<RankedTensorType>(operand.getType()));
  llvm::MapVector<const Kernel *, int64_t> bytesOf;
  llvm::SmallPtrSet<const Kernel *, 4> crossed;
  for (const Read &read : reads) {
    const Kernel *producer = read.producer;
    if (!producer || producer->numRuns != kernel.numRuns ||
        producer->getOp().getKernelTier() != kernel.getOp().getKernelTier() ||
        isa<pim::MVMOp>(producer->op))
      continue;
    bytesOf[producer] += getBytes(read.source, read.tile.numElements());
    if (read.run != read.producerRun)
      crossed.insert(producer);
  }
  for (auto [producer, bytes] : bytesOf)
    if (2 * bytes > allBytes && !crossed.contains(producer))
      return producer->firstPart;
  return std::nullopt;
}

void PlacementProblem::addNets(ArrayRef<Read> reads, unsigned firstPart,
                               unsigned segment) {
  for (const Read &read : reads) {
    unsigned source =
        read.producer ? read.producer->firstPart + read.producerRun : outerPart;
    unsigned sink = firstPart + read.run;
    if (sink == source)
      continue;
    auto &known = netOf[{read.source, read.producerRun}];
    auto *found = llvm::find_if(
        known, [&](const auto &entry) { return entry.first == read.tile; });
    if (found == known.end()) {
      known.emplace_back(read.tile, problem.nets.size());
      problem.nets.push_back({source,
                              {sink},
                              read.producer ? read.producer->segment : segment,
                              getBytes(read.source, read.tile.numElements())});
      continue;
    }
    SmallVector<unsigned, 2> &sinks = problem.nets[found->second].sinks;
    auto *place = llvm::lower_bound(sinks, sink);
    if (place == sinks.end() || *place != sink)
      sinks.insert(place, sink);
  }
}
