// A schedule that repeats, with what it reserves of folded time.
#ifndef ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H
#define ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H

#include "atleus/Scheduling/Problem.h"
#include "atleus/Scheduling/ReservationTable.h"

namespace atleus::scheduling {

class ModuloPlacement {
public:
  /// `starts` is a schedule that can start again every `interval`.
  ModuloPlacement(const Problem &problem, const DependenceGraph &graph,
                  Picoseconds interval, Starts starts);

  /// Moves each task to the earliest place that is free in every repetition, in
  /// the order of starts, until the schedule is no shorter, or `mostTimes`. No
  /// task starts later than before. Tasks of turns stay where they are: other
  /// uses do not show how long a turn lasts. So do prefetches.
  void compact(unsigned mostTimes);

  /// Moves prefetches to the latest free place before what waits for them.
  void delayPrefetches();

  Starts takeStarts() && { return std::move(starts); }

private:
  void moveToTheLeft(unsigned task);
  Picoseconds earliestReady(unsigned task) const;
  Picoseconds latestStart(unsigned task) const;
  Picoseconds findPlace(unsigned task, Picoseconds from) const;
  Picoseconds findLatePlace(unsigned task, Picoseconds latest) const;
  void reserve(unsigned task);
  void release(unsigned task);

  const Problem &problem;
  const DependenceGraph &graph;
  std::vector<ReservationTable> tables;
  Starts starts;
  std::vector<char> staysInPlace;
};

} // namespace atleus::scheduling

#endif // ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H
