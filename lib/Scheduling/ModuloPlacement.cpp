// Compaction on folded time.
#include "ModuloPlacement.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <numeric>

using namespace atleus;
using namespace atleus::scheduling;

ModuloPlacement::ModuloPlacement(const Problem &problem,
                                 const DependenceGraph &graph,
                                 Picoseconds interval, Starts schedule)
    : problem(problem), graph(graph),
      tables(problem.numResources(), ReservationTable(interval)),
      starts(std::move(schedule)), staysInPlace(problem.numTasks(), false) {
  for (const Turn &turn : problem.turns())
    for (unsigned task : turn.tasks)
      staysInPlace[task] = true;
  for (unsigned task : problem.prefetches())
    staysInPlace[task] = true;
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    reserve(task);
}

void ModuloPlacement::reserve(unsigned task) {
  for (const Use &use : problem.uses(task))
    if (use.length > Picoseconds())
      tables[use.resource].reserve(starts[task] + use.offset, use.length);
}

void ModuloPlacement::release(unsigned task) {
  for (const Use &use : problem.uses(task))
    if (use.length > Picoseconds())
      tables[use.resource].release(starts[task] + use.offset);
}

Picoseconds ModuloPlacement::earliestReady(unsigned task) const {
  Picoseconds ready = problem.release(task);
  for (unsigned predecessor : graph.predecessors(task))
    ready =
        std::max(ready, starts[predecessor] + problem.duration(predecessor));
  return ready;
}

/// The earliest start from `from` on at which all resources are free, or the
/// present one.
Picoseconds ModuloPlacement::findPlace(unsigned task, Picoseconds from) const {
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
    if (!fit || *fit - use.offset >= starts[task])
      return starts[task];
    if (*fit - use.offset != start)
      agreeing = 1;
    start = *fit - use.offset;
  }
  return start;
}

void ModuloPlacement::moveToTheLeft(unsigned task) {
  Picoseconds from = earliestReady(task);
  if (from == starts[task] || staysInPlace[task])
    return;
  release(task);
  starts[task] = findPlace(task, from);
  reserve(task);
}

void ModuloPlacement::compact(unsigned mostTimes) {
  std::vector<unsigned> positions(problem.numTasks());
  for (auto [position, task] : llvm::enumerate(graph.topologicalOrder()))
    positions[task] = position;
  std::vector<unsigned> order(problem.numTasks());
  std::iota(order.begin(), order.end(), 0);
  for (unsigned time = 0; time < mostTimes; ++time) {
    llvm::sort(order, [&](unsigned a, unsigned b) {
      return starts[a] != starts[b] ? starts[a] < starts[b]
                                    : positions[a] < positions[b];
    });
    Picoseconds before = makespan(problem, starts);
    for (unsigned task : order)
      moveToTheLeft(task);
    if (makespan(problem, starts) == before)
      break;
  }
}

/// As late as those that wait for the task allow; the present start if nothing
/// does.
Picoseconds ModuloPlacement::latestStart(unsigned task) const {
  if (graph.successors(task).empty())
    return starts[task];
  Picoseconds end = Picoseconds::largest();
  for (unsigned successor : graph.successors(task))
    end = std::min(end, starts[successor]);
  return end - problem.duration(task);
}

/// The latest start up to `latest` at which all resources are free, or the
/// present one.
Picoseconds ModuloPlacement::findLatePlace(unsigned task,
                                           Picoseconds latest) const {
  llvm::ArrayRef<Use> uses = problem.uses(task);
  Picoseconds start = latest;
  size_t agreeing = 0;
  for (size_t i = 0; agreeing < uses.size(); i = (i + 1) % uses.size()) {
    const Use &use = uses[i];
    ++agreeing;
    if (use.length == Picoseconds())
      continue;
    std::optional<Picoseconds> fit =
        tables[use.resource].lastFit(start + use.offset, use.length);
    if (!fit || *fit - use.offset <= starts[task])
      return starts[task];
    if (*fit - use.offset != start)
      agreeing = 1;
    start = *fit - use.offset;
  }
  return start;
}

void ModuloPlacement::delayPrefetches() {
  std::vector<unsigned> tasks(problem.prefetches().vec());
  llvm::sort(tasks, [&](unsigned a, unsigned b) {
    return starts[a] != starts[b] ? starts[b] < starts[a] : b < a;
  });
  for (unsigned task : tasks) {
    Picoseconds latest = latestStart(task);
    if (latest <= starts[task])
      continue;
    release(task);
    starts[task] = findLatePlace(task, latest);
    reserve(task);
  }
}
