// Modulo scheduling: one schedule for all of a stream of inferences.
//
// Inference after inference starts an interval after the one before and runs by
// the same schedule. So resources are full when their uses, folded modulo the
// interval, leave no room, and the interval can be as short as the time for
// which the busiest resource is used, however long one inference takes. Moving
// a task by whole intervals changes nothing for the resources; that is why any
// packing of the folded uses becomes a valid schedule, if a long one.
#ifndef ATLEUS_SCHEDULING_MODULOSCHEDULER_H
#define ATLEUS_SCHEDULING_MODULOSCHEDULER_H

#include "atleus/Scheduling/Problem.h"

#include <optional>

namespace atleus::scheduling {

/// A schedule that can start again every `interval`. The interval is zero for a
/// problem without uses.
struct RepeatedSchedule {
  Starts starts;
  Picoseconds interval;
};

/// Places the tasks so that the schedule can start again every `interval`,
/// which is positive: list scheduling on folded time (Rau, "Iterative modulo
/// scheduling", MICRO-27, 1994). A task for which there is no room takes the
/// place of others, those that cost least, which are placed again; who was
/// displaced often costs more. At the end tasks move to the earliest free place
/// one after the other, as long as that makes the schedule shorter. The
/// shortest of the schedules by a few priorities is returned, std::nullopt if
/// none of them finds room for all tasks within a number of displacements that
/// grows with the number of tasks.
std::optional<Starts> scheduleModulo(const Problem &problem,
                                     const DependenceGraph &graph,
                                     Picoseconds interval);

/// What a stream of inferences is to be like.
struct StreamGoal {
  /// Of each interval, the part during which the busiest resource is to be in
  /// use, above 0 and at most 100. A shorter interval is not looked for: the
  /// last percents cost the most latency.
  unsigned busiestPercent = 90;
  /// The longest makespan, in percent of that of the list schedule, from 100
  /// on. Without it, the interval alone counts.
  std::optional<unsigned> latencyPercent;
};

/// The shortest interval that is found and its schedule, `listSchedule` if
/// there is none that is better.
RepeatedSchedule scheduleStream(const Problem &problem,
                                const DependenceGraph &graph,
                                const Starts &listSchedule,
                                const StreamGoal &goal);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_MODULOSCHEDULER_H
