// List scheduling with critical-path priority.
#ifndef ATLEUS_SCHEDULING_LISTSCHEDULER_H
#define ATLEUS_SCHEDULING_LISTSCHEDULER_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// Serial schedule generation: of the tasks whose predecessors are placed, the
/// one with the longest path to a sink (its own duration included) is placed
/// next, at the earliest time at which all of its resources are free, also in
/// gaps that earlier placements left. Ties go to the lower index. Takes
/// O((n + d) log n) for n uses and d dependences, as long as the uses of a task
/// rarely push each other.
Starts scheduleByList(const Problem &problem, const DependenceGraph &graph);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_LISTSCHEDULER_H
