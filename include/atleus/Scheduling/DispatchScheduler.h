// Scheduling in the order of time.
#ifndef ATLEUS_SCHEDULING_DISPATCHSCHEDULER_H
#define ATLEUS_SCHEDULING_DISPATCHSCHEDULER_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// Parallel schedule generation (Kelley, "The critical-path method: resources
/// planning and scheduling", 1963; Kolisch, EJOR 90, 1996): time goes on from
/// start to start, and a resource that falls free is given to the task with the
/// largest priority of those that are ready and wait for it. No resource is
/// kept free for a task that comes later, so that streams of equal tasks flow
/// without gaps. Ties go to the lower index. Takes O(n log n) for n uses where
/// tasks wait for one resource at a time.
Starts scheduleByDispatch(const Problem &problem, const DependenceGraph &graph,
                          llvm::ArrayRef<Picoseconds> priorities);

/// Dispatches by the longest path to a sink, coarsely: tasks whose paths differ
/// by less than some 32nd of the longest one go in the order of their indices.
/// So blocks of tokens pass all kernels in one order, also those that are
/// nearer to their readers than others are; blocks that overtake each other
/// wait for each other where results of two kernels meet.
Starts scheduleByDispatch(const Problem &problem, const DependenceGraph &graph);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_DISPATCHSCHEDULER_H
