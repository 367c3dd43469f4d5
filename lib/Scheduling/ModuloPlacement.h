// Places tasks on time that is folded modulo an interval.
#ifndef ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H
#define ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H

#include "atleus/Scheduling/Problem.h"
#include "atleus/Scheduling/ReservationTable.h"

#include <optional>

namespace atleus::scheduling {

/// What placements of one problem have in common, whatever the interval.
class PlacementInput {
public:
  PlacementInput(const Problem &problem, const DependenceGraph &graph);

  const Problem &problem;
  const DependenceGraph &graph;

  /// The uses of a task that hold a resource for some time, those of the
  /// busiest resources first: they are the ones that find no room.
  llvm::ArrayRef<Use> uses(unsigned task) const {
    size_t begin = task == 0 ? 0 : useEnds[task - 1];
    return llvm::ArrayRef(useList).slice(begin, useEnds[task] - begin);
  }
  size_t numUses() const { return useList.size(); }
  Picoseconds longestUse() const { return longest; }

  /// All tasks by `times`, those of one time in topological order.
  std::vector<unsigned> orderBy(const Starts &times) const;

private:
  std::vector<Use> useList;
  std::vector<size_t> useEnds;
  std::vector<unsigned> positions;
  Picoseconds longest;
};

/// Starts of tasks, and what they reserve of folded time. Dependences guide the
/// choice of places; they hold after `unfold`.
class ModuloPlacement {
public:
  /// Searches for places take from `visits`, of which one is a look at a
  /// resource. Without any left, nothing is searched for.
  ModuloPlacement(const PlacementInput &input, Picoseconds interval,
                  int64_t &visits);

  /// Places the tasks in `order`, each at the earliest place that is free from
  /// `earliest` on, but not before what it waits for. Those for which there is
  /// no room are returned. They start as if there were.
  std::vector<unsigned> placeInOrder(llvm::ArrayRef<unsigned> order,
                                     const Starts &earliest);

  /// Places tasks in the way of others, which are placed again, those with the
  /// earliest of `times` first. Returns whether all tasks have places at last.
  bool makeRoom(llvm::ArrayRef<unsigned> tasks, const Starts &times);

  /// Moves tasks by whole intervals so that dependences hold.
  void unfold();

  /// Moves each task to the earliest place that is free, in the order of
  /// starts. No task starts later than before.
  void compact();

  /// The earliest start after the predecessors that have starts.
  Picoseconds earliestReady(unsigned task) const;

  const Starts &getStarts() const { return starts; }

private:
  std::optional<Picoseconds> findPlace(unsigned task, Picoseconds from,
                                       Picoseconds end);
  Picoseconds findCheapestPlace(unsigned task, Picoseconds from);
  int64_t costOfPlace(unsigned task, Picoseconds start, int64_t limit);
  void place(unsigned task, Picoseconds start);
  void remove(unsigned task);
  llvm::SmallVector<unsigned> displaceOthers(unsigned task, Picoseconds start);

  const PlacementInput &input;
  Picoseconds interval;
  int64_t &visits;
  std::vector<ReservationTable> tables;
  Starts starts;
  std::vector<char> hasStart;
  /// How often a task was displaced.
  std::vector<unsigned> displacements;
};

} // namespace atleus::scheduling

#endif // ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H
