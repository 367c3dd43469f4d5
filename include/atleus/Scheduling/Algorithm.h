// The choice among schedulers.
#ifndef ATLEUS_SCHEDULING_ALGORITHM_H
#define ATLEUS_SCHEDULING_ALGORITHM_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

enum class Algorithm {
  /// See `scheduleByList`.
  List,
};

/// Starts for all tasks of `problem`, whose dependences are `graph`.
Starts solve(const Problem &problem, const DependenceGraph &graph,
             Algorithm algorithm);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_ALGORITHM_H
