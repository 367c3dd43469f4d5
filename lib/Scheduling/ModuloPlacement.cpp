// Placement, displacement and compaction on folded time.
#include "ModuloPlacement.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>
#include <tuple>

using namespace atleus;
using namespace atleus::scheduling;

//===----------------------------------------------------------------------===//
// PlacementInput
//===----------------------------------------------------------------------===//

PlacementInput::PlacementInput(const Problem &problem,
                               const DependenceGraph &graph)
    : problem(problem), graph(graph), positions(problem.numTasks()) {
  std::vector<Picoseconds> busy(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      busy[use.resource] += use.length;
  useList.reserve(problem.numUses());
  useEnds.reserve(problem.numTasks());
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    size_t begin = useList.size();
    for (const Use &use : problem.uses(task))
      if (use.length > Picoseconds()) {
        useList.push_back(use);
        longest = std::max(longest, use.length);
      }
    llvm::sort(useList.begin() + begin, useList.end(),
              [&](const Use &a, const Use &b) {
                return std::tuple(-busy[a.resource].count(), a.resource,
                                  a.offset.count()) <
                       std::tuple(-busy[b.resource].count(), b.resource,
                                  b.offset.count());
              });
    useEnds.push_back(useList.size());
  }
  for (auto [position, task] : llvm::enumerate(graph.topologicalOrder()))
    positions[task] = position;
}

std::vector<unsigned> PlacementInput::orderBy(const Starts &times) const {
  std::vector<unsigned> order(problem.numTasks());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return times[a] != times[b] ? times[a] < times[b]
                                : positions[a] < positions[b];
  });
  return order;
}

//===----------------------------------------------------------------------===//
// ModuloPlacement
//===----------------------------------------------------------------------===//

ModuloPlacement::ModuloPlacement(const PlacementInput &input,
                                 Picoseconds interval, int64_t &visits)
    : input(input), interval(interval), visits(visits),
      tables(input.problem.numResources(), ReservationTable(interval)),
      starts(input.problem.numTasks()),
      hasStart(input.problem.numTasks(), false),
      displacements(input.problem.numTasks()) {}

Picoseconds ModuloPlacement::earliestReady(unsigned task) const {
  const Problem &problem = input.problem;
  Picoseconds ready = problem.release(task);
  for (unsigned predecessor : input.graph.predecessors(task))
    if (hasStart[predecessor])
      ready =
          std::max(ready, starts[predecessor] + problem.duration(predecessor));
  return ready;
}

/// The earliest start from `from` on, before `end`, at which all resources are
/// free.
std::optional<Picoseconds> ModuloPlacement::findPlace(unsigned task,
                                                      Picoseconds from,
                                                      Picoseconds end) {
  llvm::ArrayRef<Use> uses = input.uses(task);
  Picoseconds start = from;
  size_t agreeing = 0;
  for (size_t i = 0; agreeing < uses.size();
       i = i + 1 < uses.size() ? i + 1 : 0) {
    const Use &use = uses[i];
    if (--visits < 0)
      return std::nullopt;
    std::optional<Picoseconds> fit =
        tables[use.resource].firstFit(start + use.offset, use.length);
    if (!fit || *fit - use.offset >= end)
      return std::nullopt;
    agreeing = *fit - use.offset == start ? agreeing + 1 : 1;
    start = *fit - use.offset;
  }
  return start;
}

void ModuloPlacement::place(unsigned task, Picoseconds start) {
  starts[task] = start;
  hasStart[task] = true;
  for (const Use &use : input.uses(task))
    tables[use.resource].reserve(start + use.offset, use.length, task);
}

void ModuloPlacement::remove(unsigned task) {
  hasStart[task] = false;
  for (const Use &use : input.uses(task))
    tables[use.resource].release(starts[task] + use.offset);
}

std::vector<unsigned>
ModuloPlacement::placeInOrder(llvm::ArrayRef<unsigned> order,
                              const Starts &earliest) {
  std::vector<unsigned> without;
  for (unsigned task : order) {
    Picoseconds from = std::max(earliestReady(task), earliest[task]);
    if (std::optional<Picoseconds> start =
            findPlace(task, from, from + interval)) {
      place(task, *start);
      continue;
    }
    without.push_back(task);
    starts[task] = from;
    hasStart[task] = true;
  }
  return without;
}

/// What the tasks in the way of `task` take, their time with all of their
/// resources, each as many times as it was displaced already, and once more.
/// Above `limit` it is not added up to the end: a multicast has many uses, and
/// most of its places are far too dear.
int64_t ModuloPlacement::costOfPlace(unsigned task, Picoseconds start,
                                     int64_t limit) {
  Picoseconds cost;
  auto add = [&](unsigned other) {
    --visits;
    cost += input.problem.duration(other) *
            static_cast<int64_t>(input.uses(other).size()) *
            (1 + static_cast<int64_t>(displacements[other]));
    return cost.count() < limit;
  };
  for (const Use &use : input.uses(task)) {
    tables[use.resource].visitHolders(start + use.offset, use.length, add);
    if (cost.count() >= limit)
      break;
  }
  return cost.count();
}

/// Of some starts within an interval, the one with the least in its way.
Picoseconds ModuloPlacement::findCheapestPlace(unsigned task,
                                               Picoseconds from) {
  constexpr int64_t candidates = 64;
  Picoseconds step(std::max<int64_t>(1, interval.count() / candidates));
  Picoseconds best = from;
  int64_t least = std::numeric_limits<int64_t>::max();
  for (Picoseconds start = from; start < from + interval; start += step) {
    int64_t cost = costOfPlace(task, start, least);
    if (cost >= least)
      continue;
    least = cost;
    best = start;
  }
  return best;
}

/// Removes those that hold what `task` needs at `start`.
llvm::SmallVector<unsigned> ModuloPlacement::displaceOthers(unsigned task,
                                                            Picoseconds start) {
  llvm::SmallVector<unsigned> holders;
  for (const Use &use : input.uses(task))
    tables[use.resource].visitHolders(start + use.offset, use.length,
                                      [&](unsigned other) {
                                        holders.push_back(other);
                                        return true;
                                      });
  llvm::sort(holders);
  holders.erase(llvm::unique(holders), holders.end());
  for (unsigned other : holders) {
    remove(other);
    ++displacements[other];
  }
  return holders;
}

bool ModuloPlacement::makeRoom(llvm::ArrayRef<unsigned> tasks,
                               const Starts &times) {
  auto later = [&](unsigned a, unsigned b) {
    return times[a] != times[b] ? times[a] > times[b] : a > b;
  };
  std::priority_queue<unsigned, std::vector<unsigned>, decltype(later)> ready(
      later);
  for (unsigned task : tasks) {
    hasStart[task] = false;
    ready.push(task);
  }
  // Most tasks that are displaced find another place at once.
  size_t left = 200 + 40 * tasks.size();
  while (!ready.empty()) {
    unsigned task = ready.top();
    ready.pop();
    Picoseconds from = earliestReady(task);
    std::optional<Picoseconds> start = findPlace(task, from, from + interval);
    if (!start) {
      if (left-- == 0 || visits < 0)
        return false;
      start = findCheapestPlace(task, from);
      for (unsigned other : displaceOthers(task, *start))
        ready.push(other);
    }
    place(task, *start);
  }
  return true;
}

void ModuloPlacement::unfold() {
  for (unsigned task : input.graph.topologicalOrder()) {
    int64_t behind = (starts[task] - earliestReady(task)).count();
    // Rounds towards the earlier interval, so that what is left is a wait.
    int64_t turns =
        behind / interval.count() - (behind % interval.count() < 0 ? 1 : 0);
    starts[task] -= interval * turns;
  }
}

void ModuloPlacement::compact() {
  for (unsigned task : input.orderBy(starts)) {
    Picoseconds from = earliestReady(task);
    if (from == starts[task])
      continue;
    Picoseconds former = starts[task];
    remove(task);
    place(task, findPlace(task, from, former).value_or(former));
  }
}
