// Start times under the order of a schedule, by relaxation.
#include "atleus/Scheduling/FixedOrder.h"

#include "ResourceOrder.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <numeric>

using namespace atleus;
using namespace atleus::scheduling;

FixedOrder::FixedOrder(const Problem &problem, const Starts &starts) {
  releases.reserve(problem.numTasks());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    releases.push_back(problem.release(task));
  sort(findConditions(problem, starts), starts);
}

std::vector<FixedOrder::Condition>
FixedOrder::findConditions(const Problem &problem, const Starts &starts) {
  std::vector<Condition> found;
  found.reserve(problem.dependences().size() + problem.numUses());
  for (auto [predecessor, task] : problem.dependences())
    found.push_back({task, predecessor, none, none});
  ResourceOrder order(problem, starts);
  for (unsigned resource = 0; resource < order.numResources(); ++resource) {
    llvm::ArrayRef<ResourceOrder::Holding> held = order[resource];
    for (size_t i = 1; i < held.size(); ++i)
      found.push_back(
          {held[i].task, held[i - 1].task, held[i - 1].use, held[i].use});
  }
  return found;
}

/// Brings the conditions into a topological order of their tasks. Uses with
/// offsets can make two tasks wait for each other, each on another resource;
/// there the starts of the schedule give the order.
void FixedOrder::sort(llvm::ArrayRef<Condition> found, const Starts &starts) {
  size_t numTasks = releases.size();
  auto group = [&](auto rowOf, std::vector<unsigned> &begins) {
    begins.assign(numTasks + 1, 0);
    for (const Condition &condition : found)
      ++begins[rowOf(condition) + 1];
    std::partial_sum(begins.begin(), begins.end(), begins.begin());
    std::vector<unsigned> grouped(found.size()), next(begins);
    for (auto [index, condition] : llvm::enumerate(found))
      grouped[next[rowOf(condition)]++] = index;
    return grouped;
  };
  std::vector<unsigned> ofBegins, toBegins;
  auto of = group([](const Condition &c) { return c.of; }, ofBegins);
  auto to = group([](const Condition &c) { return c.task; }, toBegins);

  // Kahn's algorithm.
  std::vector<unsigned> order, waiting(numTasks);
  order.reserve(numTasks);
  for (unsigned task = 0; task < numTasks; ++task) {
    waiting[task] = ofBegins[task + 1] - ofBegins[task];
    if (waiting[task] == 0)
      order.push_back(task);
  }
  for (size_t i = 0; i < order.size(); ++i)
    for (unsigned at = toBegins[order[i]]; at < toBegins[order[i] + 1]; ++at)
      if (--waiting[found[to[at]].of] == 0)
        order.push_back(found[to[at]].of);
  bool isSorted = order.size() == numTasks;
  if (!isSorted) {
    order.resize(numTasks);
    std::iota(order.begin(), order.end(), 0);
    llvm::sort(order, [&](unsigned a, unsigned b) {
      return starts[a] != starts[b] ? starts[a] < starts[b] : a < b;
    });
  }
  conditions.reserve(found.size());
  for (unsigned task : order)
    for (unsigned at = ofBegins[task]; at < ofBegins[task + 1]; ++at)
      conditions.push_back(found[of[at]]);
  if (isSorted)
    return;
  std::vector<unsigned> positions(numTasks);
  for (auto [position, task] : llvm::enumerate(order))
    positions[task] = position;
  llvm::copy_if(conditions, std::back_inserter(backward),
                [&](const Condition &condition) {
                  return positions[condition.of] < positions[condition.task];
                });
}

std::optional<Picoseconds>
FixedOrder::makespan(llvm::ArrayRef<Picoseconds> durations,
                     llvm::ArrayRef<Use> uses) const {
  Starts starts = releases;
  auto findEarliest = [&](const Condition &condition) {
    return starts[condition.task] + condition.findGap(durations, uses);
  };
  auto isMet = [&](const Condition &condition) {
    return findEarliest(condition) <= starts[condition.of];
  };
  // A round meets all conditions that refer to tasks which come before. Most
  // do, so that few rounds suffice; without a solution they would not end.
  constexpr unsigned maxRounds = 100;
  unsigned round = 0;
  do {
    if (++round == maxRounds)
      return std::nullopt;
    for (const Condition &condition : conditions)
      starts[condition.of] =
          std::max(starts[condition.of], findEarliest(condition));
  } while (!llvm::all_of(backward, isMet));
  Picoseconds end;
  for (size_t task = 0; task < starts.size(); ++task)
    end = std::max(end, starts[task] + durations[task]);
  return end;
}
