// The choice among schedulers.
#include "atleus/Scheduling/Algorithm.h"
#include "atleus/Scheduling/ListScheduler.h"

using namespace atleus::scheduling;

Starts atleus::scheduling::solve(const Problem &problem,
                                 const DependenceGraph &graph,
                                 Algorithm algorithm) {
  switch (algorithm) {
  case Algorithm::List:
    return scheduleByList(problem, graph);
  }
  llvm_unreachable("unknown algorithm");
}
