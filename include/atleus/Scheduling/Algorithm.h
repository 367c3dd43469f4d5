// The choice among schedulers.
#ifndef ATLEUS_SCHEDULING_ALGORITHM_H
#define ATLEUS_SCHEDULING_ALGORITHM_H

#include "atleus/Scheduling/ModuloScheduler.h"
#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

enum class Algorithm {
  /// See `scheduleByImprovedList`.
  List,
  /// See `scheduleBySearch`.
  Search,
  /// See `scheduleStream`.
  Modulo,
  /// See `scheduleExactly`; begins with the schedule of the search.
  Exact,
  /// The starts that are there already.
  Given,
};

/// `list`, `search`, `modulo`, `exact` or `given`.
llvm::StringRef stringify(Algorithm algorithm);

struct SolverOptions {
  Algorithm algorithm = Algorithm::List;
  /// Rounds of the local search, of `Search` and `Exact`.
  unsigned searchRounds = 100;
  /// Nodes of the search tree of `Exact`.
  int64_t maxNodes = 10'000;
  /// Of `Modulo`.
  StreamGoal stream;
  /// Of `Given`.
  Starts given;
};

struct Solution {
  Starts starts;
  /// After this time the schedule can start again. Zero if nothing is used.
  Picoseconds interval;
  /// No schedule has a shorter makespan.
  Picoseconds lowerBound;
};

/// A list schedule with critical-path priorities in the order of time
/// (`scheduleByDispatch`), moved to the right and to the left once
/// (`Justification`) if that makes it shorter and it is longer than `bound`. Of
/// small problems also the schedule that is made task by task
/// (`scheduleByList`), where that is shorter.
Starts scheduleByImprovedList(const Problem &problem,
                              const DependenceGraph &graph, Picoseconds bound);

Solution solve(const Problem &problem, const DependenceGraph &graph,
               const SolverOptions &options);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_ALGORITHM_H
