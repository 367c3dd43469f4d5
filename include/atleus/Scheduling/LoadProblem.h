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

/// Tasks have their labels as names, unless those are not asked for.
LoadedProblem loadProblem(sched::ScheduleOp schedule, bool hasNames = true);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_LOADPROBLEM_H
