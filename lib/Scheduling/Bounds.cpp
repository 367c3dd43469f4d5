// Lower bounds of makespans and the interval of repetition.
#include "atleus/Scheduling/Bounds.h"

#include <algorithm>
#include <limits>

using namespace atleus;
using namespace atleus::scheduling;

unsigned Bounds::busiestResource() const {
  return std::max_element(busy.begin(), busy.end()) - busy.begin();
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

Picoseconds scheduling::repetitionInterval(const Problem &problem,
                                           const Starts &starts) {
  constexpr Picoseconds never(std::numeric_limits<int64_t>::max());
  std::vector<Picoseconds> first(problem.numResources(), never);
  std::vector<Picoseconds> last(problem.numResources());
  for (unsigned task = 0; task < problem.numTasks(); ++task)
    for (const Use &use : problem.uses(task)) {
      if (use.length == Picoseconds(0))
        continue;
      Picoseconds begin = starts[task] + use.offset;
      first[use.resource] = std::min(first[use.resource], begin);
      last[use.resource] = std::max(last[use.resource], begin + use.length);
    }
  Picoseconds longest;
  for (unsigned resource = 0; resource < problem.numResources(); ++resource)
    if (first[resource] != never)
      longest = std::max(longest, last[resource] - first[resource]);
  return longest;
}
