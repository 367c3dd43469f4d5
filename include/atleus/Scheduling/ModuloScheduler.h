// Modulo scheduling: one schedule for all of a stream of inferences.
//
// Inference after inference starts an interval after the one before and runs by
// the same schedule. So resources are full when their uses, folded modulo the
// interval, leave no room, and the interval can be as short as the time for
// which the busiest resource is used, however long one inference takes.
//
// The schedule comes in two steps, as in decomposed software pipelining (Wang,
// Eisenbeis, Jourdan, Su, 1994; Gasperoni, Schwiegelshohn, 1994). First the
// schedule of one inference is cut into stages, all of which run at once, each
// for another inference. Tasks of different stages do not wait for each other
// within an interval: what a stage waits for was there before the interval
// began. Then the tasks of all stages are one problem with short paths, and a
// list scheduler fills its resources; its makespan is the interval. More stages
// make paths and the interval shorter, and the time of an inference longer: it
// is at most the stages times the interval.
//
// Example: "a" takes 10 on one unit, "b" 15 on another, "c" 10 on the first one
// again. The schedule of one inference ends at 35 and cannot start again before
// that. With a stage for each, "b" runs beside the "a" of the next inference
// and the "c" of the one before, every 20.
#ifndef ATLEUS_SCHEDULING_MODULOSCHEDULER_H
#define ATLEUS_SCHEDULING_MODULOSCHEDULER_H

#include "atleus/Scheduling/Problem.h"

#include <functional>
#include <optional>

namespace atleus::scheduling {

/// A schedule that can start again every `interval`. The interval is zero for a
/// problem without uses.
struct RepeatedSchedule {
  Starts starts;
  Picoseconds interval;
};

/// By task, one of `numStages` stages: those in which `schedule` starts them
/// when its makespan is divided equally. Later where a task waits for one of a
/// later stage, where another task of its turn is in a later stage, and where
/// what it prefetches is only needed in a later stage.
std::vector<unsigned> cutIntoStages(const Problem &problem,
                                    const DependenceGraph &graph,
                                    const Starts &schedule, unsigned numStages);

/// A schedule whose interval is the makespan of all stages at once. `stages`
/// are not below those of what a task waits for, and one in a turn. All stages
/// are scheduled in the order of time; if that takes longer than `enough`, also
/// task by task, and if the shorter one still does, but not longer than
/// `hopeless`, it is moved to the right and to the left (`Justification`).
RepeatedSchedule scheduleStages(const Problem &problem,
                                const DependenceGraph &graph,
                                llvm::ArrayRef<unsigned> stages,
                                Picoseconds enough,
                                Picoseconds hopeless = Picoseconds::largest());

/// What a stream of inferences is to be like.
struct StreamGoal {
  /// Of each interval, the part during which the busiest resource is to be in
  /// use, above 0 and at most 100. A shorter interval is not looked for: the
  /// last percents cost the most latency.
  unsigned busiestPercent = 90;
  /// The longest makespan, in percent of that of the list schedule, from 100
  /// on. Without it, the interval alone counts.
  std::optional<unsigned> latencyPercent;
  /// Whether a schedule will do, all without it. The more stages, the less
  /// likely it is that one does: more inferences are under way, and keep more
  /// data at once.
  std::function<bool(const RepeatedSchedule &)> accepts;
};

/// The schedule with the fewest stages whose interval is short enough, of some
/// numbers of stages, or else the one with the shortest interval, of those
/// whose makespan is and that are accepted; `listSchedule` if there is none
/// that is better. That takes as long as some twenty list schedules, and as
/// some ten more for each number of stages that comes near.
RepeatedSchedule scheduleStream(const Problem &problem,
                                const DependenceGraph &graph,
                                const Starts &listSchedule,
                                const StreamGoal &goal);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_MODULOSCHEDULER_H
