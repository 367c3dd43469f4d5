// Placement, displacement and compaction on folded time.
#include "ModuloPlacement.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <queue>

using namespace atleus;
using namespace atleus::scheduling;

ModuloPlacement::ModuloPlacement(const Problem &problem,
                                 const DependenceGraph &graph,
                                 Picoseconds interval)
    : problem(problem), graph(graph), interval(interval),
      tables(problem.numResources(), ReservationTable(interval)),
      starts(problem.numTasks()), isPlaced(problem.numTasks(), false),
      displacements(problem.numTasks()) {}

/// The earliest start after the predecessors that are placed.
Picoseconds ModuloPlacement::earliestReady(unsigned task) const {
  Picoseconds ready = problem.release(task);
  for (unsigned predecessor : graph.predecessors(task))
    if (isPlaced[predecessor])
      ready =
          std::max(ready, starts[predecessor] + problem.duration(predecessor));
  return ready;
}

/// The earliest start from `from` on, within an interval, at which all
/// resources are free.
std::optional<Picoseconds> ModuloPlacement::findPlace(unsigned task,
                                                      Picoseconds from) const {
  llvm::ArrayRef<Use> uses = problem.uses(task);
  Picoseconds start = from;
  size_t agreeing = 0;
  for (size_t i = 0; agreeing < uses.size(); i = (i + 1) % uses.size()) {
    const Use &use = uses[i];
    ++agreeing;
    if (use.length == Picoseconds())
      continue;
    std::optional<Picoseconds> fit =
        tables[use.resource].firstFit(start + use.offset, use.length);
    if (!fit || *fit - use.offset - from >= interval)
      return std::nullopt;
    if (*fit - use.offset != start)
      agreeing = 1;
    start = *fit - use.offset;
  }
  return start;
}

void ModuloPlacement::place(unsigned task, Picoseconds start) {
  starts[task] = start;
  isPlaced[task] = true;
  for (const Use &use : problem.uses(task))
    if (use.length > Picoseconds())
      tables[use.resource].reserve(start + use.offset, use.length, task);
}

void ModuloPlacement::remove(unsigned task) {
  isPlaced[task] = false;
  for (const Use &use : problem.uses(task))
    if (use.length > Picoseconds())
      tables[use.resource].release(starts[task] + use.offset, use.length);
}

/// What the tasks in the way of `task` hold, in ps, each as many times as it
/// was displaced already, and once more. Above `limit` it is not added up to
/// the end: a multicast has many uses, and most of its places are far too dear.
int64_t ModuloPlacement::costOfPlace(unsigned task, Picoseconds start,
                                     int64_t limit) const {
  int64_t cost = 0;
  auto add = [&](unsigned other) {
    cost += problem.duration(other).count() * (1 + displacements[other]);
    return cost <= limit;
  };
  for (const Use &use : problem.uses(task)) {
    tables[use.resource].visitHolders(start + use.offset, use.length, add);
    if (cost > limit)
      break;
  }
  return cost;
}

/// Of the starts at which a use follows another one closely, the cheapest.
Picoseconds ModuloPlacement::findWorthiestPlace(unsigned task,
                                                Picoseconds from) const {
  std::vector<int64_t> delays = {0};
  for (const Use &use : problem.uses(task))
    tables[use.resource].visitEnds([&](Picoseconds end) {
      // The first start from `from` on that is this one, folded.
      int64_t later = (end - use.offset - from).count() % interval.count();
      delays.push_back(later < 0 ? later + interval.count() : later);
    });
  // What goes the same way frees all of it at one start.
  llvm::sort(delays);
  delays.erase(llvm::unique(delays), delays.end());
  Picoseconds best = from;
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int64_t delay : delays) {
    Picoseconds start = from + Picoseconds(delay);
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
  for (const Use &use : problem.uses(task))
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

bool ModuloPlacement::pack(llvm::ArrayRef<Picoseconds> priorities) {
  auto later = [&](unsigned a, unsigned b) {
    return priorities[a] != priorities[b] ? priorities[a] < priorities[b]
                                          : a > b;
  };
  std::priority_queue<unsigned, std::vector<unsigned>, decltype(later)> ready(
      later);
  std::vector<unsigned> waiting(problem.numTasks());
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    waiting[task] = graph.predecessors(task).size();
    if (waiting[task] == 0)
      ready.push(task);
  }
  size_t left = 100 + problem.numTasks() / 4;
  while (!ready.empty()) {
    unsigned task = ready.top();
    ready.pop();
    Picoseconds from = earliestReady(task);
    std::optional<Picoseconds> start = findPlace(task, from);
    if (!start) {
      if (left-- == 0)
        return false;
      start = findWorthiestPlace(task, from);
      for (unsigned other : displaceOthers(task, *start))
        ready.push(other);
    }
    place(task, *start);
    // A task that was displaced has told its successors before.
    if (displacements[task] > 0)
      continue;
    for (unsigned successor : graph.successors(task))
      if (--waiting[successor] == 0)
        ready.push(successor);
  }
  return true;
}

void ModuloPlacement::unfold() {
  for (unsigned task : graph.topologicalOrder()) {
    int64_t behind = (starts[task] - earliestReady(task)).count();
    // Rounds towards the earlier interval, so that what is left is a wait.
    int64_t turns =
        behind / interval.count() - (behind % interval.count() < 0 ? 1 : 0);
    starts[task] -= interval * turns;
  }
}

void ModuloPlacement::compact() {
  std::vector<unsigned> positions(problem.numTasks());
  for (auto [position, task] : llvm::enumerate(graph.topologicalOrder()))
    positions[task] = position;
  std::vector<unsigned> order(problem.numTasks());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return starts[a] != starts[b] ? starts[a] < starts[b]
                                  : positions[a] < positions[b];
  });
  for (unsigned task : order) {
    remove(task);
    Picoseconds from = earliestReady(task);
    // The place that it had is free.
    place(task, *findPlace(task, from));
  }
}
