// Balanced cuts of a chain at places where little data is alive.
#include "atleus/Transforms/ChainPartition.h"

#include <cassert>
#include <cmath>
#include <numeric>
#include <tuple>

using namespace atleus;
using llvm::ArrayRef;
using llvm::SmallVector;

/// The step before which cut number `cut` of `parts` is made, at least `first`.
static size_t chooseCut(ArrayRef<int64_t> work, ArrayRef<int64_t> crossing,
                        double total, unsigned cut, unsigned parts,
                        size_t first) {
  double ideal = total * cut / parts, window = total / (2.0 * parts);
  double done = 0;
  size_t best = work.size();
  std::tuple<int64_t, double> bestCost;
  for (size_t step = 0; step < work.size(); ++step) {
    double distance = std::fabs(done - ideal);
    std::tuple<int64_t, double> cost(crossing[step], distance);
    if (step >= first && distance < window &&
        (best == work.size() || cost < bestCost)) {
      best = step;
      bestCost = cost;
    }
    done += static_cast<double>(work[step]);
  }
  return best;
}

SmallVector<unsigned> atleus::partitionChain(ArrayRef<int64_t> work,
                                             ArrayRef<int64_t> crossing,
                                             unsigned parts) {
  assert(work.size() == crossing.size() && parts > 0);
  double total = std::accumulate(work.begin(), work.end(), 0.0);
  SmallVector<unsigned> result(work.size(), 0);
  size_t first = 0;
  for (unsigned cut = 1; cut < parts; ++cut) {
    size_t step = chooseCut(work, crossing, total, cut, parts, first);
    if (step == work.size())
      continue; // One step is larger than a part.
    for (size_t i = step; i < work.size(); ++i)
      result[i] = cut;
    first = step;
  }
  return result;
}
