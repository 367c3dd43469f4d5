// Comparison of block sizes by the fill of pipelines and the load of resources.
#include "atleus/Mapping/Granularity.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace atleus;
using llvm::ArrayRef;

/// A segment that takes longer by this than with its best sizes has the largest
/// blocks that there are.
static constexpr int64_t mostPercent = int64_t(1) << 20;

namespace {
/// What the tasks of one block of tokens take together.
struct BlockTimes {
  /// From one block to the next on the same nodes, and from its start until all
  /// of it is at the next node.
  Picoseconds interval, latency;
  /// For which the busiest unit computes blocks.
  Picoseconds busy;
};
} // namespace

static BlockTimes getBlockTimes(const TaskSize &size, int64_t units) {
  int64_t partsInTurn = llvm::divideCeilSigned(size.parts, units);
  int64_t atOnce = std::max<int64_t>(1, units / size.parts);
  int64_t blocksInTurn = llvm::divideCeilSigned(
      llvm::divideCeilSigned(size.tasks, size.parts), atOnce);
  BlockTimes times;
  times.interval = size.interval * partsInTurn;
  times.latency = size.latency + size.interval * (partsInTurn - 1);
  times.busy = times.interval * blocksInTurn;
  return times;
}

Picoseconds atleus::estimateSegment(ArrayRef<GranularKernel> kernels,
                                    ArrayRef<unsigned> members,
                                    ArrayRef<unsigned> logarithms) {
  llvm::SmallMapVector<unsigned, Picoseconds, 16> loads;
  llvm::SmallDenseMap<unsigned, Picoseconds, 32> arrivals;
  Picoseconds fill, load;
  for (unsigned number : members) {
    const GranularKernel &kernel = kernels[number];
    const TaskSize &size = kernel.getSize(logarithms[number]);
    BlockTimes times = getBlockTimes(size, kernel.units);
    Picoseconds &busy = loads[kernel.resource];
    busy += times.busy;
    // One of its blocks is on the way that fills the stages.
    load = std::max(load, busy - times.interval);
    Picoseconds start;
    for (unsigned producer : kernel.producers)
      start = std::max(start, arrivals.lookup(producer));
    arrivals[number] = start + times.latency;
    fill = std::max(fill, start + times.latency);
  }
  return load + fill;
}

namespace {
/// Chooses the sizes of one segment.
class SegmentChoice {
public:
  SegmentChoice(ArrayRef<GranularKernel> kernels, ArrayRef<unsigned> members);

  /// Puts the sizes into `logarithms` with which the segment takes at most so
  /// many percent more than with the best pair. Returns its entries.
  int64_t choose(int64_t percent, std::vector<unsigned> &logarithms) const;

private:
  struct Pair {
    unsigned tokens, tokensOfHeads;
    Picoseconds time;
    int64_t entries;
  };

  void setPair(unsigned tokens, unsigned tokensOfHeads,
               std::vector<unsigned> &logarithms) const;
  int64_t countEntries(unsigned number, unsigned logarithm) const;
  int64_t countEntries(ArrayRef<unsigned> logarithms) const;
  void enlarge(Picoseconds tolerated, std::vector<unsigned> &logarithms) const;

  ArrayRef<GranularKernel> kernels;
  ArrayRef<unsigned> members;
  llvm::SmallVector<Pair> pairs;
  Picoseconds best = Picoseconds::largest();
};
} // namespace

SegmentChoice::SegmentChoice(ArrayRef<GranularKernel> kernels,
                             ArrayRef<unsigned> members)
    : kernels(kernels), members(members) {
  unsigned most = 0, mostOfHeads = 0;
  for (unsigned number : members) {
    unsigned &limit = kernels[number].hasHeads ? mostOfHeads : most;
    limit = std::max<unsigned>(limit, kernels[number].sizes.size() - 1);
  }
  std::vector<unsigned> logarithms(kernels.size());
  for (unsigned tokens = 0; tokens <= most; ++tokens)
    for (unsigned heads = 0; heads <= mostOfHeads; ++heads) {
      setPair(tokens, heads, logarithms);
      Picoseconds time = estimateSegment(kernels, members, logarithms);
      pairs.push_back({tokens, heads, time, countEntries(logarithms)});
      best = std::min(best, time);
    }
}

void SegmentChoice::setPair(unsigned tokens, unsigned tokensOfHeads,
                            std::vector<unsigned> &logarithms) const {
  for (unsigned number : members)
    logarithms[number] = kernels[number].hasHeads ? tokensOfHeads : tokens;
}

int64_t SegmentChoice::countEntries(unsigned number, unsigned logarithm) const {
  const GranularKernel &kernel = kernels[number];
  return kernel.getSize(logarithm).tasks * (1 + kernel.transfers);
}

int64_t SegmentChoice::countEntries(ArrayRef<unsigned> logarithms) const {
  int64_t entries = 0;
  for (unsigned number : members)
    entries += countEntries(number, logarithms[number]);
  return entries;
}

/// Gives kernels larger blocks, those with the most entries first.
void SegmentChoice::enlarge(Picoseconds tolerated,
                            std::vector<unsigned> &logarithms) const {
  auto order = llvm::to_vector(members);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    int64_t entriesOfA = countEntries(a, logarithms[a]);
    int64_t entriesOfB = countEntries(b, logarithms[b]);
    return entriesOfA != entriesOfB ? entriesOfA > entriesOfB : a < b;
  });
  for (unsigned number : order) {
    unsigned former = logarithms[number];
    for (unsigned larger = kernels[number].sizes.size() - 1; larger > former;
         --larger) {
      logarithms[number] = larger;
      if (estimateSegment(kernels, members, logarithms) <= tolerated)
        break;
      logarithms[number] = former;
    }
  }
}

int64_t SegmentChoice::choose(int64_t percent,
                              std::vector<unsigned> &logarithms) const {
  Picoseconds tolerated = best + Picoseconds(best.count() / 100) * percent;
  const Pair *chosen = nullptr;
  for (const Pair &pair : pairs)
    if (pair.time <= tolerated && (!chosen || pair.entries < chosen->entries))
      chosen = &pair;
  setPair(chosen->tokens, chosen->tokensOfHeads, logarithms);
  enlarge(tolerated, logarithms);
  return countEntries(logarithms);
}

std::vector<unsigned>
atleus::chooseGranularity(ArrayRef<GranularKernel> kernels,
                          int64_t maxEntries) {
  llvm::MapVector<unsigned, llvm::SmallVector<unsigned>> members;
  for (auto [number, kernel] : llvm::enumerate(kernels))
    members[kernel.segment].push_back(number);
  std::vector<SegmentChoice> segments;
  segments.reserve(members.size());
  for (const auto &[segment, numbers] : members)
    segments.emplace_back(kernels, numbers);

  std::vector<unsigned> chosen(kernels.size());
  for (int64_t percent = 1; percent <= mostPercent;
       percent += llvm::divideCeil(percent, 4)) {
    int64_t entries = 0;
    for (const SegmentChoice &segment : segments)
      entries += segment.choose(percent, chosen);
    if (entries <= maxEntries)
      break;
  }
  return chosen;
}
