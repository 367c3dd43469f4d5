// Lower bounds of makespans.
#include "atleus/Scheduling/Bounds.h"

#include "llvm/ADT/STLExtras.h"

using namespace atleus;
using namespace atleus::scheduling;

unsigned Bounds::busiestResource() const {
  return llvm::max_element(busy) - busy.begin();
}

Picoseconds Bounds::lowerBound() const {
  return busy.empty() ? criticalPath
                      : std::max(criticalPath, busy[busiestResource()]);
}

Bounds scheduling::computeBounds(const Problem &problem,
                                 const DependenceGraph &graph) {
  Bounds bounds;
  std::vector<Picoseconds> ends(problem.numTasks());
  for (unsigned task : graph.topologicalOrder()) {
    Picoseconds start = problem.release(task);
    for (unsigned predecessor : graph.predecessors(task))
      start = std::max(start, ends[predecessor]);
    ends[task] = start + problem.duration(task);
    bounds.criticalPath = std::max(bounds.criticalPath, ends[task]);
  }
  bounds.busy.resize(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task))
      bounds.busy[use.resource] += use.length;
  return bounds;
}
