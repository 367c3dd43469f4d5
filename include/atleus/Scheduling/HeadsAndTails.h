// How early each task can start, and how much follows it at least.
//
// The longest path to a task is a lower bound of its start. A better one heeds
// that tasks before it share resources: where paths join, the tasks on them
// that use one resource are a one-machine problem whose tails are the longest
// paths to the join. The start of the join is no earlier than Jackson's
// preemptive schedule of them allows, and that is the head from which the tasks
// after it go on. Tails are the same, seen from the end.
//
// Example: eight tasks on one unit, of which each takes 10, feed a barrier. The
// longest path to the barrier is 10, its head 80.
#ifndef ATLEUS_SCHEDULING_HEADSANDTAILS_H
#define ATLEUS_SCHEDULING_HEADSANDTAILS_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

struct HeadsAndTails {
  /// Per task, a time before which it cannot start in any schedule.
  std::vector<Picoseconds> heads;
  /// Per task, a time that passes at least from its end to the end of all.
  std::vector<Picoseconds> tails;
};

/// At a join of n paths, the nearest `effort` * n^2 tasks before it are
/// regarded, up to some limit: where many paths join, a whole layer of a model
/// ends. More effort makes bounds tighter and their computation slower.
HeadsAndTails computeHeadsAndTails(const Problem &problem,
                                   const DependenceGraph &graph,
                                   unsigned effort = 2);

/// The largest one-machine bound of the makespan over all resources and tasks.
Picoseconds oneMachineBound(const Problem &problem,
                            const HeadsAndTails &headsAndTails);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_HEADSANDTAILS_H
