// Shortest schedules of small problems, as a yardstick for the other
// schedulers.
#ifndef ATLEUS_SCHEDULING_EXACTSCHEDULER_H
#define ATLEUS_SCHEDULING_EXACTSCHEDULER_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

struct ExactSchedule {
  Starts starts;
  /// No schedule is shorter. Equals the makespan if that is proven to be the
  /// least.
  Picoseconds lowerBound;
  /// Of the search tree, those that were visited.
  int64_t nodes = 0;
};

/// Branch and bound over the orders in which pairs of tasks use a resource, to
/// begin with `starts`, a valid schedule. A node of the tree is a set of
/// orders; its heads and tails are longest paths over dependences and orders. A
/// node is given up when a one-machine problem takes too long, or when neither
/// order of a pair leaves enough time; a pair of which only one order does is
/// ordered at once (Carlier and Pinson, Management Science 35, 1989). The first
/// of several tasks that are alike goes first.
///
/// Visits at most `maxNodes` nodes. Then, and for more than twenty thousand
/// pairs, returns the best schedule so far beside a bound that holds.
ExactSchedule scheduleExactly(const Problem &problem,
                              const DependenceGraph &graph,
                              const Starts &starts, int64_t maxNodes);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_EXACTSCHEDULER_H
