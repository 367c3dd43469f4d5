// Schedules made shorter by scheduling backwards and forwards in turns.
#ifndef ATLEUS_SCHEDULING_JUSTIFICATION_H
#define ATLEUS_SCHEDULING_JUSTIFICATION_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// Forward-backward improvement (Li and Willis, EJOR 56, 1992; "double
/// justification", Valls, Ballestin and Quintanilla, EJOR 165, 2005): all tasks
/// of a schedule move as late as they can, the last one first, and then as
/// early as they can, the first one first. Each of the two fills gaps that the
/// other one has left.
class Justification {
public:
  Justification(const Problem &problem, const DependenceGraph &graph);

  /// Moves tasks to the right and to the left in turns until the makespan falls
  /// no more, or so many times. Returns the shortest schedule of all, `starts`
  /// among them.
  Starts improve(Starts starts, unsigned mostTimes = ~0u) const;

private:
  Starts toTheRight(const Starts &starts) const;
  Starts toTheLeft(const Starts &starts) const;

  const Problem &problem;
  const DependenceGraph &graph;
  /// The same problem with time reversed, and without releases.
  Problem mirrored;
  DependenceGraph mirroredGraph;
};

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_JUSTIFICATION_H
