// How short a schedule can be at best, and how often one can be repeated.
#ifndef ATLEUS_SCHEDULING_BOUNDS_H
#define ATLEUS_SCHEDULING_BOUNDS_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// Lower bounds of the makespan of any schedule of a problem.
struct Bounds {
  /// The time at which the last task would end with unlimited resources.
  Picoseconds criticalPath;
  /// Per resource, the time for which tasks hold it.
  std::vector<Picoseconds> busy;

  /// The index of the resource with the longest busy time, the first of
  /// several. There must be one.
  unsigned busiestResource() const;
  /// The largest of all bounds.
  Picoseconds lowerBound() const;
};

Bounds computeBounds(const Problem &problem, const DependenceGraph &graph);

/// The shortest interval at which the schedule can be repeated as it stands:
/// when it starts again and again after this time, no resource is held twice at
/// once. At least the busiest resource's time, at most the longest time from
/// the first to the last use of a resource, which is also returned when the
/// search takes too long. With a million pairs of uses and more, the shortest
/// multiple of a 65,536th of that. Zero when nothing is used. `starts` must be
/// a valid schedule. No shorter than `atLeast`.
Picoseconds repetitionInterval(const Problem &problem, const Starts &starts,
                               Picoseconds atLeast = Picoseconds());

/// Whether the turns of a valid schedule keep apart when it is repeated after
/// `interval`. Uses of resources outside of turns are not looked at.
bool turnsRepeat(const Problem &problem, const Starts &starts,
                 Picoseconds interval);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_BOUNDS_H
