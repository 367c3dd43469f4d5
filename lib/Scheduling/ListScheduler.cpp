// List scheduling: priorities, the queue of ready tasks, and placement.
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/Timeline.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <queue>

using namespace atleus;
using namespace atleus::scheduling;

std::vector<Picoseconds> scheduling::pathsToSink(const Problem &problem,
                                                 const DependenceGraph &graph) {
  std::vector<Picoseconds> paths(problem.numTasks());
  for (unsigned task : llvm::reverse(graph.topologicalOrder())) {
    Picoseconds longest;
    for (unsigned successor : graph.successors(task))
      longest = std::max(longest, paths[successor]);
    paths[task] = longest + problem.duration(task);
  }
  return paths;
}

Picoseconds scheduling::earliestStart(llvm::ArrayRef<Use> uses,
                                      llvm::ArrayRef<Timeline> timelines,
                                      Picoseconds from) {
  Picoseconds start = from;
  // Each round moves past a reservation, so the loop ends.
  size_t agreeing = 0;
  for (size_t i = 0; agreeing < uses.size(); ++i) {
    if (i == uses.size())
      i = 0;
    const Use &use = uses[i];
    Picoseconds fit =
        timelines[use.resource].firstFit(start + use.offset, use.length) -
        use.offset;
    agreeing = fit == start ? agreeing + 1 : 1;
    start = fit;
  }
  return start;
}

Starts scheduling::scheduleByPriority(const Problem &problem,
                                      const DependenceGraph &graph,
                                      llvm::ArrayRef<Picoseconds> priorities) {
  auto later = [&](unsigned a, unsigned b) {
    return priorities[a] != priorities[b] ? priorities[a] < priorities[b]
                                          : a > b;
  };
  std::priority_queue<unsigned, std::vector<unsigned>, decltype(later)> ready(
      later);
  std::vector<unsigned> waiting(problem.numTasks());
  Starts starts(problem.numTasks());
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    starts[task] = problem.release(task);
    waiting[task] = graph.predecessors(task).size();
    if (waiting[task] == 0)
      ready.push(task);
  }

  std::vector<Timeline> timelines(problem.numResources());
  while (!ready.empty()) {
    unsigned task = ready.top();
    ready.pop();
    starts[task] = earliestStart(problem.uses(task), timelines, starts[task]);
    for (const Use &use : problem.uses(task))
      timelines[use.resource].reserve(starts[task] + use.offset, use.length);
    Picoseconds end = starts[task] + problem.duration(task);
    for (unsigned successor : graph.successors(task)) {
      starts[successor] = std::max(starts[successor], end);
      if (--waiting[successor] == 0)
        ready.push(successor);
    }
  }
  return starts;
}

Starts scheduling::scheduleByList(const Problem &problem,
                                  const DependenceGraph &graph) {
  return scheduleByPriority(problem, graph, pathsToSink(problem, graph));
}
