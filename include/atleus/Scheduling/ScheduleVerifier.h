// Judges schedules. It shares nothing with the schedulers but the definition of
// a problem: neither the graph of dependences nor the timelines.
#ifndef ATLEUS_SCHEDULING_SCHEDULEVERIFIER_H
#define ATLEUS_SCHEDULING_SCHEDULEVERIFIER_H

#include "atleus/Scheduling/Problem.h"

#include <optional>

namespace atleus::scheduling {

/// One way in which a schedule is wrong.
struct Violation {
  enum class Kind {
    /// `task` starts before time 0.
    NegativeStart,
    /// `task` starts before its release.
    BeforeRelease,
    /// `task` starts before its predecessor `other` has ended.
    Dependence,
    /// `task` holds `resource` while `other` still holds it.
    Overlap,
    /// `task` of one repetition holds `resource` while `other` of an earlier
    /// repetition still holds it.
    RepetitionOverlap,
  };
  Kind kind = Kind::NegativeStart;
  unsigned task = 0;
  unsigned other = 0;
  unsigned resource = 0;
  /// When `task` starts, or starts to hold `resource`.
  Picoseconds start;
  /// The earliest time that would not contradict: the release, the end of the
  /// predecessor, the time at which `other` gives `resource` back.
  Picoseconds limit;
};

/// Every violation of `starts`: in the order of tasks for starts and releases,
/// of dependences, and of resources and times for overlaps. Each use of a
/// resource is compared with the one before it that ends last, so that one
/// displaced task gives one violation and not one per pair.
std::vector<Violation> verifySchedule(const Problem &problem,
                                      const Starts &starts);

/// The first use, in the order of resources, that would overlap a use of
/// another repetition if the schedule were started again every `interval`,
/// which is positive. `starts` itself must be free of violations.
std::optional<Violation> verifyRepetition(const Problem &problem,
                                          const Starts &starts,
                                          Picoseconds interval);

/// A sentence that names the tasks, the times and the resource.
std::string describe(const Problem &problem, const Violation &violation);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_SCHEDULEVERIFIER_H
