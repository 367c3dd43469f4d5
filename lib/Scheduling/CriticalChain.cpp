// Walks back from the end of a schedule.
#include "atleus/Scheduling/CriticalChain.h"

#include "ResourceOrder.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <optional>

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// What a task could have followed, and the time between the two.
struct Candidate {
  ChainLink link;
  Picoseconds gap;
};

class ChainWalker {
public:
  ChainWalker(const Problem &problem, const Starts &starts);

  std::vector<ChainLink> walk() const;

private:
  Picoseconds end(unsigned task) const {
    return starts[task] + problem.duration(task);
  }
  unsigned findLast() const;
  std::optional<Candidate> findPredecessor(unsigned task) const;
  std::optional<Candidate> findHolder(unsigned task) const;

  const Problem &problem;
  const Starts &starts;
  /// By task, the predecessor that ends last.
  std::vector<std::optional<unsigned>> latest;
  ResourceOrder order;
};
} // namespace

ChainWalker::ChainWalker(const Problem &problem, const Starts &starts)
    : problem(problem), starts(starts), latest(problem.numTasks()),
      order(problem, starts) {
  for (auto [predecessor, task] : problem.dependences())
    if (!latest[task] || end(predecessor) > end(*latest[task]))
      latest[task] = predecessor;
}

unsigned ChainWalker::findLast() const {
  unsigned last = 0;
  for (unsigned task = 1; task < problem.numTasks(); ++task)
    if (end(task) > end(last))
      last = task;
  return last;
}

std::optional<Candidate> ChainWalker::findPredecessor(unsigned task) const {
  if (!latest[task])
    return std::nullopt;
  return Candidate{{*latest[task], Awaited::Data},
                   starts[task] - end(*latest[task])};
}

/// The task that held one of the resources of `task` last.
std::optional<Candidate> ChainWalker::findHolder(unsigned task) const {
  std::optional<Candidate> closest;
  for (const Use &use : problem.uses(task)) {
    Picoseconds begin = starts[task] + use.offset;
    llvm::ArrayRef<ResourceOrder::Holding> held = order[use.resource];
    const auto *next =
        llvm::partition_point(held, [&](const ResourceOrder::Holding &holding) {
          return holding.begin < begin;
        });
    if (next == held.begin())
      continue;
    const ResourceOrder::Holding &before = *std::prev(next);
    Candidate candidate{{before.task, Awaited::Resource}, begin - before.end};
    if (before.task != task && (!closest || candidate.gap < closest->gap))
      closest = candidate;
  }
  return closest;
}

std::vector<ChainLink> ChainWalker::walk() const {
  std::vector<ChainLink> chain;
  if (problem.numTasks() == 0)
    return chain;
  std::vector<bool> seen(problem.numTasks());
  unsigned task = findLast();
  while (true) {
    seen[task] = true;
    chain.push_back({task, Awaited::Nothing});
    bool isReleased = starts[task] <= problem.release(task);
    std::optional<Candidate> next = findPredecessor(task);
    if (!next || next->gap > Picoseconds()) {
      std::optional<Candidate> holder = findHolder(task);
      if (holder && (!next || holder->gap < next->gap))
        next = holder;
    }
    // Tasks of no duration may wait for each other at one time.
    if (!next || seen[next->link.task] ||
        (isReleased && next->gap > Picoseconds()))
      break;
    chain.back().awaited = next->link.awaited;
    task = next->link.task;
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

std::vector<ChainLink> scheduling::findCriticalChain(const Problem &problem,
                                                     const Starts &starts) {
  return ChainWalker(problem, starts).walk();
}
