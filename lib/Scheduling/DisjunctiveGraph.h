// The disjunctive graph of a problem: tasks, dependences, and pairs of uses of
// one resource, of which one must come first.
#ifndef ATLEUS_LIB_SCHEDULING_DISJUNCTIVEGRAPH_H
#define ATLEUS_LIB_SCHEDULING_DISJUNCTIVEGRAPH_H

#include "atleus/Scheduling/OneMachine.h"
#include "atleus/Scheduling/Problem.h"

#include <optional>

namespace atleus::scheduling {

/// Task `to` starts at least `gap` after the start of task `from`. The gap may
/// be negative.
struct Arc {
  unsigned from, to;
  Picoseconds gap;
};

/// Two uses of a resource by different tasks: either arc has to hold.
struct Disjunction {
  Arc forward, backward;
};

/// A set of decisions and what follows from them.
struct PartialOrder {
  /// Per task, a time before which it cannot start.
  std::vector<Picoseconds> heads;
  /// Per task, the time that passes at least from its start to the end of all.
  std::vector<Picoseconds> tails;
  /// Arcs of decided disjunctions.
  std::vector<Arc> arcs;
  /// The disjunctions that are not decided.
  std::vector<unsigned> open;
};

class DisjunctiveGraph {
public:
  /// The disjunctions of a problem.
  static size_t countDisjunctions(const Problem &problem);

  DisjunctiveGraph(const Problem &problem, const DependenceGraph &graph);

  /// Nothing decided but the order of tasks that are alike.
  const PartialOrder &getRoot() const { return root; }
  const Disjunction &getDisjunction(unsigned index) const {
    return disjunctions[index];
  }

  /// Tightens heads and tails, and decides what must be decided, for schedules
  /// that end at `end` or earlier. Returns whether there may be any.
  bool propagate(PartialOrder &order, Picoseconds end) const;

  /// Whether the two uses overlap when tasks start at their heads.
  bool overlaps(const PartialOrder &order, unsigned disjunction) const;

private:
  void addDisjunctions();
  void orderAlikes(const Problem &problem, const DependenceGraph &graph);
  bool relax(PartialOrder &order, Picoseconds end) const;
  bool decide(PartialOrder &order, Picoseconds end, bool &changed) const;
  bool fitsMachines(const PartialOrder &order, Picoseconds end) const;

  /// A use of positive length.
  struct Holding {
    unsigned task, resource;
    Picoseconds offset, length;
  };
  /// By resource.
  std::vector<Holding> holdings;
  std::vector<Arc> dependences;
  std::vector<Disjunction> disjunctions;
  PartialOrder root;
};

} // namespace atleus::scheduling

#endif // ATLEUS_LIB_SCHEDULING_DISJUNCTIVEGRAPH_H
