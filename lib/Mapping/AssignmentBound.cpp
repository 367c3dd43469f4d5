// The Lagrangian bound on the latency of an assignment.
#include "RelaxedAssignment.h"

#include "atleus/Mapping/AssignmentSearch.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace atleus;
using llvm::ArrayRef;

//===----------------------------------------------------------------------===//
// A chain of kernels that wait for each other
//===----------------------------------------------------------------------===//

namespace {
/// The longest chain of kernels of which each waits for all of the one before,
/// whatever is chosen. Of kernels that may stream into each other it has one.
class ChainSearch {
public:
  ChainSearch(const AssignmentProblem &problem, ArrayRef<Picoseconds> times);

  std::vector<unsigned> getChain() const;

private:
  static constexpr unsigned none = ~0u;

  Picoseconds lengthOf(unsigned link) const {
    return link == none ? Picoseconds() : length[link];
  }

  /// By kernel: the length of the longest chain that ends with it, and the
  /// kernel before it there; the last kernel of the longest chain that ends
  /// before its run of streaming kernels, and of the longest one up to it.
  std::vector<Picoseconds> length;
  std::vector<unsigned> previous, before, upTo;
};
} // namespace

ChainSearch::ChainSearch(const AssignmentProblem &problem,
                         ArrayRef<Picoseconds> times) {
  size_t size = problem.kernels.size();
  length.resize(size);
  previous.assign(size, none);
  before.assign(size, none);
  upTo.assign(size, none);
  for (unsigned i = 0; i < size; ++i) {
    const AssignmentKernel &kernel = problem.kernels[i];
    bool mayStream =
        llvm::any_of(kernel.alternatives,
                     [](const Alternative &way) { return way.streams; });
    unsigned within = none;
    auto extend = [&](unsigned &best, unsigned link) {
      if (link != none && (best == none || length[link] > length[best]))
        best = link;
    };
    for (const AssignmentInput &input : kernel.inputs) {
      bool mayFlow = input.byBlocks && mayStream;
      extend(before[i],
             mayFlow ? before[input.producer] : upTo[input.producer]);
      if (mayFlow)
        extend(within, upTo[input.producer]);
    }
    previous[i] = before[i];
    length[i] = lengthOf(before[i]) + times[i];
    upTo[i] = i;
    extend(upTo[i], within);
    extend(upTo[i], before[i]);
  }
}

std::vector<unsigned> ChainSearch::getChain() const {
  unsigned last = none;
  for (unsigned i = 0; i < length.size(); ++i)
    if (last == none || length[i] > length[last])
      last = i;
  std::vector<unsigned> chain;
  for (; last != none; last = previous[last])
    chain.push_back(last);
  return chain;
}

//===----------------------------------------------------------------------===//
// The dual
//===----------------------------------------------------------------------===//

namespace {
/// The Lagrangian dual for a chain of kernels.
class Dual {
public:
  Dual(const AssignmentProblem &problem, ArrayRef<unsigned> chain);

  /// The least sum of `chainWeight` times the chain and the rest of 1 times all
  /// loads, with crossbars at `price` picoseconds each.
  double evaluate(double chainWeight, double price) const;

  /// The largest value over prices, for it is concave in them.
  double maximize(double chainWeight) const;

private:
  /// Equal kernels, in the chain or not.
  struct Group {
    const AssignmentKernel *kernel;
    bool isInChain;
    int64_t count;
  };

  double leastOf(const Group &group, double chainWeight, double price) const;

  const AssignmentProblem &problem;
  std::vector<Group> groups;
};
} // namespace

/// The least of time / r + price * r over the whole numbers from 1 to `most`.
static double leastWithReplicas(double time, double price, int64_t most) {
  auto best = static_cast<int64_t>(
      price > 0 ? std::min(std::sqrt(time / price), 1e9) : 1e9);
  double least = std::numeric_limits<double>::infinity();
  for (int64_t replicas : {best, best + 1}) {
    auto count = static_cast<double>(std::clamp<int64_t>(replicas, 1, most));
    least = std::min(least, time / count + price * count);
  }
  return least;
}

Dual::Dual(const AssignmentProblem &problem, ArrayRef<unsigned> chain)
    : problem(problem) {
  std::vector<bool> inChain(problem.kernels.size(), false);
  for (unsigned index : chain)
    inChain[index] = true;
  for (size_t i = 0; i < problem.kernels.size(); ++i) {
    const AssignmentKernel &kernel = problem.kernels[i];
    // What is neither in the chain nor needs memory or crossbars costs nothing.
    bool isFree = llvm::all_of(kernel.alternatives, [](const Alternative &way) {
      return way.load == Picoseconds() && way.arrays == 0;
    });
    if (isFree && !inChain[i])
      continue;
    auto known = llvm::find_if(groups, [&](const Group &group) {
      return group.isInChain == inChain[i] &&
             group.kernel->maxReplicas == kernel.maxReplicas &&
             group.kernel->alternatives == kernel.alternatives;
    });
    if (known == groups.end())
      groups.push_back({&kernel, inChain[i], 1});
    else
      ++known->count;
  }
}

double Dual::leastOf(const Group &group, double chainWeight,
                     double price) const {
  double least = std::numeric_limits<double>::infinity();
  double inChain = group.isInChain ? chainWeight : 0;
  for (const Alternative &way : group.kernel->alternatives) {
    double time = inChain * static_cast<double>(way.duration.count());
    double cost = (1 - chainWeight) * static_cast<double>(way.load.count()) +
                  inChain * static_cast<double>(way.arrival.count());
    // Slots are shared, so that a rewritten weight by itself may take none.
    bool isResident = way.arrays > 0 && !way.isRewritten();
    if (isResident)
      cost += leastWithReplicas(
          time, price * static_cast<double>(way.arrays),
          std::min(problem.maxReplicas, group.kernel->maxReplicas));
    else
      cost += time;
    least = std::min(least, cost);
  }
  return least;
}

double Dual::evaluate(double chainWeight, double price) const {
  double sum = -price * static_cast<double>(problem.arrays);
  for (const Group &group : groups)
    sum +=
        static_cast<double>(group.count) * leastOf(group, chainWeight, price);
  return sum;
}

double Dual::maximize(double chainWeight) const {
  // At the highest price one replica of the smallest weight costs more than all
  // of the time.
  double high = 1;
  for (const AssignmentKernel &kernel : problem.kernels)
    for (const Alternative &way : kernel.alternatives)
      high += static_cast<double>(way.duration.count());
  double low = 0, best = evaluate(chainWeight, 0);
  constexpr int steps = 30;
  for (int step = 0; step < steps; ++step) {
    double left = low + (high - low) * 0.1, right = low + (high - low) * 0.5;
    double atLeft = evaluate(chainWeight, left);
    double atRight = evaluate(chainWeight, right);
    best = std::max({best, atLeft, atRight});
    (atLeft < atRight ? low : high) = atLeft < atRight ? left : right;
  }
  return best;
}

Picoseconds atleus::boundLatency(const AssignmentProblem &problem,
                                 ArrayRef<Picoseconds> times) {
  Picoseconds relaxed =
      relaxedLatency(problem, Assignment(problem.kernels.size(), undecided));
  Dual dual(problem, ChainSearch(problem, times).getChain());
  double best = 0;
  for (double weight : {0.0, 0.25, 0.5, 0.75, 1.0})
    best = std::max(best, dual.maximize(weight));
  // Durations with replicas are rounded up to whole picoseconds.
  return std::max(relaxed, Picoseconds(static_cast<int64_t>(best)));
}
