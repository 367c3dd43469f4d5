// The shortest makespan of a tiny problem, by trying all start times.
#ifndef ATLEUS_TEST_UNIT_SCHEDULING_SHORTESTSCHEDULE_H
#define ATLEUS_TEST_UNIT_SCHEDULING_SHORTESTSCHEDULE_H

#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// Tries every start of every task before `end`. Shares nothing with the
/// schedulers, not even that tasks start early.
class ShortestSchedule {
public:
  ShortestSchedule(const Problem &problem, const DependenceGraph &graph,
                   Picoseconds end)
      : problem(problem), graph(graph), starts(problem.numTasks()),
        shortest(end) {
    place(0);
  }

  /// `end` if no schedule is shorter.
  Picoseconds getMakespan() const { return shortest; }

private:
  bool overlap(unsigned a, unsigned b) const {
    for (const Use &use : problem.uses(a))
      for (const Use &other : problem.uses(b)) {
        Picoseconds begin = starts[a] + use.offset;
        Picoseconds otherBegin = starts[b] + other.offset;
        if (use.resource == other.resource && use.length > Picoseconds() &&
            other.length > Picoseconds() && begin < otherBegin + other.length &&
            otherBegin < begin + use.length)
          return true;
      }
    return false;
  }

  bool isFree(size_t position) const {
    llvm::ArrayRef<unsigned> order = graph.topologicalOrder();
    for (size_t i = 0; i < position; ++i)
      if (overlap(order[position], order[i]))
        return false;
    return true;
  }

  void place(size_t position) {
    llvm::ArrayRef<unsigned> order = graph.topologicalOrder();
    if (position == order.size()) {
      shortest = std::min(shortest, makespan(problem, starts));
      return;
    }
    unsigned task = order[position];
    Picoseconds start = problem.release(task);
    for (unsigned predecessor : graph.predecessors(task))
      start =
          std::max(start, starts[predecessor] + problem.duration(predecessor));
    for (; start + problem.duration(task) < shortest; start += Picoseconds(1)) {
      starts[task] = start;
      if (isFree(position))
        place(position + 1);
    }
  }

  const Problem &problem;
  const DependenceGraph &graph;
  Starts starts;
  Picoseconds shortest;
};

} // namespace atleus::scheduling

#endif // ATLEUS_TEST_UNIT_SCHEDULING_SHORTESTSCHEDULE_H
