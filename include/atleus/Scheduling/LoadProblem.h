// The scheduling problem that a `sched.schedule` states.
#ifndef ATLEUS_SCHEDULING_LOADPROBLEM_H
#define ATLEUS_SCHEDULING_LOADPROBLEM_H

#include "atleus/Scheduling/Problem.h"
#include "dialects/Sched/Sched.h"

namespace atleus::scheduling {

/// A problem, and what its indices stand for. Tasks are the timed ops in the
/// order of the block; resources are in the order of their first use.
struct LoadedProblem {
  Problem problem;
  std::vector<sched::TimedOpInterface> tasks;
  std::vector<sched::Resource> resources;
};

/// A problem without names of tasks, and its dependences.
struct LoadedGraph : LoadedProblem {
  LoadedGraph(LoadedProblem loaded, DependenceGraph graph)
      : LoadedProblem(std::move(loaded)), graph(std::move(graph)) {}

  DependenceGraph graph;
};

/// Tasks have their labels as names, unless those are not asked for.
LoadedProblem loadProblem(sched::ScheduleOp schedule, bool hasNames = true);

/// Reads a problem with its graph. What has none (`DependenceGraph::build`) is
/// reported as a diagnostic with the names of tasks.
llvm::FailureOr<LoadedGraph> loadGraph(sched::ScheduleOp schedule);

/// The starts of the tasks of a problem. One without is reported as a
/// diagnostic.
llvm::FailureOr<Starts> loadStarts(sched::ScheduleOp schedule);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_LOADPROBLEM_H
