// Forward-backward improvement on a mirrored problem.
#include "atleus/Scheduling/Justification.h"
#include "atleus/Scheduling/ListScheduler.h"

using namespace atleus;
using namespace atleus::scheduling;

Justification::Justification(const Problem &problem,
                             const DependenceGraph &graph)
    : problem(problem), graph(graph), mirrored(problem.mirrored()),
      mirroredGraph(graph.mirrored()) {}

/// Times count from the end backwards, so that starts may be negative.
Starts Justification::toTheRight(const Starts &starts) const {
  std::vector<Picoseconds> ends(starts.size());
  for (unsigned task = 0; task < starts.size(); ++task)
    ends[task] = starts[task] + problem.duration(task);
  Starts right = scheduleByPriority(mirrored, mirroredGraph, ends);
  for (unsigned task = 0; task < starts.size(); ++task)
    right[task] = Picoseconds() - right[task] - problem.duration(task);
  return right;
}

Starts Justification::toTheLeft(const Starts &starts) const {
  std::vector<Picoseconds> priorities(starts.size());
  for (unsigned task = 0; task < starts.size(); ++task)
    priorities[task] = Picoseconds() - starts[task];
  return scheduleByPriority(problem, graph, priorities);
}

Starts Justification::improve(Starts starts, unsigned mostTimes) const {
  Picoseconds shortest = makespan(problem, starts);
  for (unsigned time = 0; time < mostTimes; ++time) {
    Starts next = toTheLeft(toTheRight(starts));
    Picoseconds length = makespan(problem, next);
    if (length >= shortest)
      break;
    shortest = length;
    starts = std::move(next);
  }
  return starts;
}
