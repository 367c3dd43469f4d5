// Start times under the order of a schedule, by relaxation.
#include "atleus/Scheduling/FixedOrder.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <numeric>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

FixedOrder::FixedOrder(const Problem &problem, const Starts &starts)
    : order(problem.numTasks()), predecessors(problem.numTasks()),
      follows(problem.numTasks()) {
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return starts[a] != starts[b] ? starts[a] < starts[b] : a < b;
  });
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    releases.push_back(problem.release(task));
  for (auto [predecessor, task] : problem.dependences())
    predecessors[task].push_back(predecessor);
  addFollows(problem, starts);
}

void FixedOrder::addFollows(const Problem &problem, const Starts &starts) {
  struct Held {
    Picoseconds begin;
    unsigned task, use;
  };
  std::vector<std::vector<Held>> holders(problem.numResources());
  unsigned number = 0;
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task)) {
      // What holds nothing is in nobody's way.
      if (use.length > Picoseconds())
        holders[use.resource].push_back(
            {starts[task] + use.offset, task, number});
      ++number;
    }
  for (std::vector<Held> &held : holders) {
    llvm::sort(held, [](const Held &a, const Held &b) {
      return std::tuple(a.begin.count(), a.task, a.use) <
             std::tuple(b.begin.count(), b.task, b.use);
    });
    for (size_t i = 1; i < held.size(); ++i)
      follows[held[i].task].push_back(
          {held[i - 1].task, held[i - 1].use, held[i].use});
  }
}

std::optional<Picoseconds>
FixedOrder::makespan(llvm::ArrayRef<Picoseconds> durations,
                     llvm::ArrayRef<Use> uses) const {
  // In the order of starts most conditions refer to tasks that come before, so
  // that few rounds suffice. Without a solution the rounds would not end.
  constexpr unsigned maxRounds = 100;
  Starts starts = releases;
  for (unsigned round = 0; round < maxRounds; ++round) {
    bool changed = false;
    for (unsigned task : order) {
      Picoseconds start = starts[task];
      for (unsigned predecessor : predecessors[task])
        start = std::max(start, starts[predecessor] + durations[predecessor]);
      for (const Follow &follow : follows[task]) {
        const Use &before = uses[follow.before];
        start = std::max(start, starts[follow.task] + before.offset +
                                    before.length - uses[follow.use].offset);
      }
      changed |= start != starts[task];
      starts[task] = start;
    }
    if (changed)
      continue;
    Picoseconds end;
    for (size_t task = 0; task < starts.size(); ++task)
      end = std::max(end, starts[task] + durations[task]);
    return end;
  }
  return std::nullopt;
}
