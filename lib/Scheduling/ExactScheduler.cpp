// Branch and bound on the disjunctive graph.
#include "atleus/Scheduling/ExactScheduler.h"
#include "DisjunctiveGraph.h"
#include "atleus/Scheduling/HeadsAndTails.h"

#include <optional>

#include <algorithm>

using namespace atleus;
using namespace atleus::scheduling;

/// Disjunctions of a problem for which the tree is searched.
static constexpr size_t maxDisjunctions = 20'000;

namespace {
class BranchAndBound {
public:
  BranchAndBound(const Problem &problem, const DisjunctiveGraph &graph,
                 ExactSchedule &best, int64_t maxNodes)
      : problem(problem), graph(graph), best(best), maxNodes(maxNodes),
        shortest(makespan(problem, best.starts)) {}

  /// Whether the whole tree was searched.
  bool run();

private:
  /// The conflict of a node that leaves the least time for one of its orders,
  /// and that order.
  struct Conflict {
    Arc tight, loose;
  };
  std::optional<Conflict> findConflict(const PartialOrder &order) const;
  Picoseconds slack(const PartialOrder &order, const Arc &arc) const {
    return shortest - order.heads[arc.from] - arc.gap - order.tails[arc.to];
  }

  const Problem &problem;
  const DisjunctiveGraph &graph;
  ExactSchedule &best;
  int64_t maxNodes;
  Picoseconds shortest;
};
} // namespace

std::optional<BranchAndBound::Conflict>
BranchAndBound::findConflict(const PartialOrder &order) const {
  std::optional<Conflict> conflict;
  Picoseconds least = Picoseconds::largest();
  for (unsigned index : order.open) {
    if (!graph.overlaps(order, index))
      continue;
    Arc tight = graph.getDisjunction(index).forward;
    Arc loose = graph.getDisjunction(index).backward;
    if (slack(order, loose) < slack(order, tight))
      std::swap(tight, loose);
    if (slack(order, tight) < least) {
      least = slack(order, tight);
      conflict = Conflict{tight, loose};
    }
  }
  return conflict;
}

bool BranchAndBound::run() {
  std::vector<PartialOrder> stack = {graph.getRoot()};
  while (!stack.empty()) {
    if (best.nodes >= maxNodes)
      return false;
    ++best.nodes;
    PartialOrder order = std::move(stack.back());
    stack.pop_back();
    if (!graph.propagate(order, shortest - Picoseconds(1)))
      continue;
    std::optional<Conflict> conflict = findConflict(order);
    if (!conflict) {
      // Starts at the heads are a schedule, and a shorter one.
      best.starts = order.heads;
      shortest = makespan(problem, best.starts);
      // The node may hold a better one still.
      stack.push_back(std::move(order));
      continue;
    }
    // The order that leaves more time is searched first.
    stack.push_back(order);
    stack.back().arcs.push_back(conflict->tight);
    stack.push_back(std::move(order));
    stack.back().arcs.push_back(conflict->loose);
  }
  return true;
}

/// The shortest end, from `low` on, that propagation does not refute.
static Picoseconds refuteEnds(const DisjunctiveGraph &graph, Picoseconds low,
                              Picoseconds high) {
  while (low < high) {
    Picoseconds middle(low.count() + (high - low).count() / 2);
    PartialOrder order = graph.getRoot();
    if (graph.propagate(order, middle))
      high = middle;
    else
      low = middle + Picoseconds(1);
  }
  return low;
}

ExactSchedule scheduling::scheduleExactly(const Problem &problem,
                                          const DependenceGraph &graph,
                                          const Starts &starts,
                                          int64_t maxNodes) {
  ExactSchedule best;
  best.starts = starts;
  best.lowerBound =
      oneMachineBound(problem, computeHeadsAndTails(problem, graph));
  if (DisjunctiveGraph::countDisjunctions(problem) > maxDisjunctions)
    return best;
  DisjunctiveGraph disjunctive(problem, graph);
  best.lowerBound =
      refuteEnds(disjunctive, best.lowerBound, makespan(problem, starts));
  if (BranchAndBound(problem, disjunctive, best, maxNodes).run())
    best.lowerBound = makespan(problem, best.starts);
  return best;
}
