// Comparison of block sizes by the fill of pipelines and the load of resources.
#include "atleus/Mapping/Granularity.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <optional>

using namespace atleus;
using llvm::ArrayRef;

/// The logarithm for one kernel of a segment with two sizes.
static unsigned choose(const GranularKernel &kernel, unsigned tokens,
                       unsigned tokensOfHeads) {
  return kernel.hasHeads ? tokensOfHeads : tokens;
}

Picoseconds atleus::estimateSegment(ArrayRef<GranularKernel> kernels,
                                    ArrayRef<unsigned> members, unsigned tokens,
                                    unsigned tokensOfHeads) {
  llvm::SmallMapVector<unsigned, Picoseconds, 16> loads;
  llvm::SmallDenseMap<unsigned, Picoseconds, 32> arrivals;
  Picoseconds fill, load;
  for (unsigned number : members) {
    const GranularKernel &kernel = kernels[number];
    const TaskSize &size =
        kernel.getSize(choose(kernel, tokens, tokensOfHeads));
    auto inTurn = static_cast<int64_t>(
        llvm::divideCeil(size.tasks, std::min(size.tasks, kernel.units)));
    Picoseconds &busy = loads[kernel.resource];
    busy += size.interval * inTurn;
    // One of its tasks is on the way that fills the stages.
    load = std::max(load, busy - size.interval);
    Picoseconds start;
    for (unsigned producer : kernel.producers)
      start = std::max(start, arrivals.lookup(producer));
    arrivals[number] = start + size.latency;
    fill = std::max(fill, start + size.latency);
  }
  return load + fill;
}

namespace {
struct Choice {
  unsigned tokens = 0, tokensOfHeads = 0;
};
} // namespace

static int64_t countTasks(ArrayRef<GranularKernel> kernels,
                          ArrayRef<unsigned> members, Choice choice) {
  int64_t tasks = 0;
  for (unsigned number : members)
    tasks += kernels[number]
                 .getSize(choose(kernels[number], choice.tokens,
                                 choice.tokensOfHeads))
                 .tasks;
  return tasks;
}

/// The best pair of sizes for a segment, of which none is below `least`.
static Choice chooseForSegment(ArrayRef<GranularKernel> kernels,
                               ArrayRef<unsigned> members, unsigned least) {
  unsigned most = least, mostOfHeads = least;
  for (unsigned number : members) {
    unsigned &limit = kernels[number].hasHeads ? mostOfHeads : most;
    limit = std::max<unsigned>(limit, kernels[number].sizes.size() - 1);
  }
  llvm::SmallVector<std::pair<Choice, Picoseconds>> all;
  Picoseconds best = Picoseconds::largest();
  for (unsigned tokens = least; tokens <= most; ++tokens)
    for (unsigned heads = least; heads <= mostOfHeads; ++heads) {
      Picoseconds time = estimateSegment(kernels, members, tokens, heads);
      all.push_back({{tokens, heads}, time});
      best = std::min(best, time);
    }
  Picoseconds tolerated = best + Picoseconds(best.count() / 100);
  std::optional<Choice> chosen;
  int64_t fewest = 0;
  for (auto [choice, time] : all) {
    if (time > tolerated)
      continue;
    int64_t tasks = countTasks(kernels, members, choice);
    if (!chosen || tasks < fewest) {
      chosen = choice;
      fewest = tasks;
    }
  }
  return *chosen;
}

std::vector<unsigned>
atleus::chooseGranularity(ArrayRef<GranularKernel> kernels, int64_t maxTasks) {
  llvm::MapVector<unsigned, llvm::SmallVector<unsigned>> segments;
  unsigned most = 0;
  for (auto [number, kernel] : llvm::enumerate(kernels)) {
    segments[kernel.segment].push_back(number);
    most = std::max<unsigned>(most, kernel.sizes.size() - 1);
  }
  std::vector<unsigned> chosen(kernels.size());
  for (unsigned least = 0; least <= most; ++least) {
    int64_t tasks = 0;
    for (const auto &[segment, members] : segments) {
      Choice choice = chooseForSegment(kernels, members, least);
      tasks += countTasks(kernels, members, choice);
      for (unsigned number : members)
        chosen[number] =
            choose(kernels[number], choice.tokens, choice.tokensOfHeads);
    }
    if (tasks <= maxTasks)
      break;
  }
  return chosen;
}
