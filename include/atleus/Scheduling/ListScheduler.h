// List scheduling.
#ifndef ATLEUS_SCHEDULING_LISTSCHEDULER_H
#define ATLEUS_SCHEDULING_LISTSCHEDULER_H

#include "atleus/Scheduling/Problem.h"
#include "atleus/Scheduling/Timeline.h"

namespace atleus::scheduling {

/// The earliest start from `from` on at which every use finds its resource
/// free. `timelines` are by resource.
Picoseconds earliestStart(llvm::ArrayRef<Use> uses,
                          llvm::ArrayRef<Timeline> timelines, Picoseconds from);

/// Serial schedule generation: of the tasks whose predecessors are placed, the
/// one with the largest priority is placed next, at the earliest time at which
/// all of its resources are free, also in gaps that earlier placements left.
/// Ties go to the lower index. Takes O((n + d) log n) for n uses and d
/// dependences, as long as the uses of a task rarely push each other.
Starts scheduleByPriority(const Problem &problem, const DependenceGraph &graph,
                          llvm::ArrayRef<Picoseconds> priorities);

/// The longest path from the start of each task to the end of a sink, the
/// priority of critical-path scheduling.
std::vector<Picoseconds> pathsToSink(const Problem &problem,
                                     const DependenceGraph &graph);

/// Schedules by `pathsToSink`.
Starts scheduleByList(const Problem &problem, const DependenceGraph &graph);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_LISTSCHEDULER_H
