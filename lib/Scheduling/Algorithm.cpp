// The choice among schedulers.
#include "atleus/Scheduling/Algorithm.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/DispatchScheduler.h"
#include "atleus/Scheduling/ExactScheduler.h"
#include "atleus/Scheduling/HeadsAndTails.h"
#include "atleus/Scheduling/Justification.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/ScheduleSearch.h"

using namespace atleus;
using namespace atleus::scheduling;

llvm::StringRef scheduling::stringify(Algorithm algorithm) {
  switch (algorithm) {
  case Algorithm::List:
    return "list";
  case Algorithm::Search:
    return "search";
  case Algorithm::Modulo:
    return "modulo";
  case Algorithm::Exact:
    return "exact";
  case Algorithm::Given:
    return "given";
  }
  llvm_unreachable("unknown algorithm");
}

static Solution solveExactly(const Problem &problem,
                             const DependenceGraph &graph,
                             const SolverOptions &options) {
  ExactSchedule exact = scheduleExactly(
      problem, graph, scheduleBySearch(problem, graph, options.searchRounds),
      options.maxNodes);
  Picoseconds interval = repetitionInterval(problem, exact.starts);
  return {std::move(exact.starts), interval, exact.lowerBound};
}

/// Problems of so many tasks are also scheduled task by task: gaps that are
/// kept for what comes later shorten some of them, and cost little time there.
static constexpr unsigned maxSerialTasks = 4000;

Starts scheduling::scheduleByImprovedList(const Problem &problem,
                                          const DependenceGraph &graph,
                                          Picoseconds bound) {
  Starts best = scheduleByDispatch(problem, graph);
  Picoseconds shortest = makespan(problem, best);
  if (shortest <= bound)
    return best;
  Justification justification(problem, graph);
  auto improve = [&](Starts starts, unsigned times) {
    Starts improved = justification.improve(std::move(starts), times);
    Picoseconds length = makespan(problem, improved);
    if (length >= shortest)
      return;
    shortest = length;
    best = std::move(improved);
  };
  // The first time gains most, and each takes longer than dispatching.
  improve(best, 1);
  if (bound < shortest && problem.numTasks() <= maxSerialTasks)
    improve(scheduleByList(problem, graph), 2);
  return best;
}

Solution scheduling::solve(const Problem &problem, const DependenceGraph &graph,
                           const SolverOptions &options) {
  if (options.algorithm == Algorithm::Exact)
    return solveExactly(problem, graph, options);
  Solution solution;
  solution.lowerBound =
      oneMachineBound(problem, computeHeadsAndTails(problem, graph));
  if (options.algorithm == Algorithm::Given)
    solution.starts = options.given;
  else if (options.algorithm == Algorithm::Search)
    solution.starts = scheduleBySearch(problem, graph, options.searchRounds);
  else
    solution.starts =
        scheduleByImprovedList(problem, graph, solution.lowerBound);
  if (options.algorithm != Algorithm::Modulo) {
    solution.interval = repetitionInterval(problem, solution.starts);
    return solution;
  }
  RepeatedSchedule repeated =
      scheduleStream(problem, graph, solution.starts, options.stream);
  solution.starts = std::move(repeated.starts);
  solution.interval = repeated.interval;
  return solution;
}
