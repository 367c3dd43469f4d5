// Places tasks on time that is folded modulo an interval.
#ifndef ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H
#define ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H

#include "atleus/Scheduling/Problem.h"
#include "atleus/Scheduling/ReservationTable.h"

#include <optional>

namespace atleus::scheduling {

class ModuloPlacement {
public:
  ModuloPlacement(const Problem &problem, const DependenceGraph &graph,
                  Picoseconds interval);

  /// Places all tasks, those with the largest priority first. Dependences guide
  /// the choice of places and are not kept. Returns whether there was room.
  bool pack(llvm::ArrayRef<Picoseconds> priorities);

  /// Moves tasks by whole intervals so that dependences hold.
  void unfold();

  /// Moves each task to the earliest place that is free, in the order of
  /// starts. No task starts later than before.
  void compact();

  const Starts &getStarts() const { return starts; }

private:
  Picoseconds earliestReady(unsigned task) const;
  std::optional<Picoseconds> findPlace(unsigned task, Picoseconds from) const;
  Picoseconds findWorthiestPlace(unsigned task, Picoseconds from) const;
  int64_t costOfPlace(unsigned task, Picoseconds start, int64_t limit) const;
  void place(unsigned task, Picoseconds start);
  void remove(unsigned task);
  llvm::SmallVector<unsigned> displaceOthers(unsigned task, Picoseconds start);

  const Problem &problem;
  const DependenceGraph &graph;
  Picoseconds interval;
  std::vector<ReservationTable> tables;
  Starts starts;
  std::vector<char> isPlaced;
  /// How often a task was displaced.
  std::vector<unsigned> displacements;
};

} // namespace atleus::scheduling

#endif // ATLEUS_LIB_SCHEDULING_MODULOPLACEMENT_H
