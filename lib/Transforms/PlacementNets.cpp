// What kernels exchange, for the choice of their nodes.
#include "PlacementProblem.h"

#include "dialects/NN/NN.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Support/MathExtras.h"

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

/// The sizes that a range has in the blocks of `size` that it meets, and how
/// often: a part of the first block, whole ones, and a part of the last.
static SmallVector<std::pair<int64_t, int64_t>, 3>
cutRange(int64_t offset, int64_t length, int64_t size) {
  int64_t first = offset / size, last = (offset + length - 1) / size;
  if (first == last)
    return {{length, 1}};
  SmallVector<std::pair<int64_t, int64_t>, 3> parts;
  int64_t head = (first + 1) * size - offset,
          tail = offset + length - last * size;
  parts.push_back({head, 1});
  if (last - first > 1)
    parts.push_back({size, last - first - 1});
  parts.push_back({tail, 1});
  return parts;
}

/// Flits of a tile, of which each task that has computed a part sends that.
int64_t PlacementProblem::countFlits(const Read &read) const {
  auto flitsOf = [&](int64_t elements) {
    return transferSize(noc, 8 * getBytes(read.source, elements)).flits;
  };
  if (!read.producer || read.producer->numTasks == 1)
    return flitsOf(read.tile.numElements());
  auto shape = read.producer->op->getAttrOfType<DenseI64ArrayAttr>("task_tile");
  // Elements of parts and how many parts have so many.
  SmallVector<std::pair<int64_t, int64_t>> parts = {{1, 1}};
  for (unsigned i = 0; i < read.tile.rank(); ++i) {
    SmallVector<std::pair<int64_t, int64_t>> cut;
    for (auto [elements, count] : parts)
      for (auto [length, times] :
           cutRange(read.tile.offsets[i], read.tile.sizes[i], shape[i]))
        cut.push_back({elements * length, count * times});
    parts = std::move(cut);
  }
  int64_t flits = 0;
  for (auto [elements, count] : parts)
    flits += count * flitsOf(elements);
  return flits;
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
      int64_t bytes = getBytes(read.source, read.tile.numElements());
      int64_t extraFlits =
          countFlits(read) -
          static_cast<int64_t>(llvm::divideCeil(bytes, problem.flitBytes));
      problem.nets.push_back({source,
                              {sink},
                              read.producer ? read.producer->segment : segment,
                              bytes,
                              extraFlits});
      continue;
    }
    SmallVector<unsigned, 2> &sinks = problem.nets[found->second].sinks;
    auto *place = llvm::lower_bound(sinks, sink);
    if (place == sinks.end() || *place != sink)
      sinks.insert(place, sink);
  }
}
