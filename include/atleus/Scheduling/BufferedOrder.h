// An order in which the steps of a schedule fit into buffers, free of IR.
//
// A schedule that is made without regard to buffers may keep more in them than
// they hold. Executed one after the other, in an order in which each step finds
// room for what it leaves before it begins, the same steps keep no more than
// that. Such an order is safe: whoever places steps in it, each as early as
// there is room for good (atleus/Scheduling/BufferedScheduler.h), never comes
// to a step that has no room at any time. It is the safe sequence of the
// banker's algorithm (Dijkstra, EWD 623), for data in place of processes.
//
// What brings data to a reader comes just before the reader, all that a reader
// needs at once, so that nothing half complete waits for room that others hold.
// Where a buffer is too full for that, results that lie there are brought to
// their readers early, if there is room at those; else the reader waits until
// something has left.
#ifndef ATLEUS_SCHEDULING_BUFFEREDORDER_H
#define ATLEUS_SCHEDULING_BUFFEREDORDER_H

#include "atleus/Scheduling/BufferOccupancy.h"
#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// What keeps a step from having its turn.
struct BufferShortage {
  /// The step that finds no room, and the buffer where it does not.
  unsigned step = 0;
  unsigned buffer = 0;
  /// What it needs there, with what brings its operands, and what lies there.
  Bits needed;
  Bits held;
  /// What it would leave there, then what lies there, each the largest first.
  std::vector<Occupant> wanted;
  std::vector<Occupant> occupants;
};

struct BufferedOrder {
  /// All steps, or those that had a turn before none could go on.
  std::vector<unsigned> steps;
  /// The first step that could not, if there is one.
  std::optional<BufferShortage> shortage;
};

/// Looks for a safe order near that of `starts`, one for each step: first with
/// steps that could start as early as there, then, if that ends where none can
/// go on, depth first, with what is made for a later step last. Step i of
/// `buffers` is task i of `graph`. Buffers from `capacities.size()` on have no
/// limit. Takes O(d log n) for d dependences as long as few steps have to wait.
///
/// The shortage is that of the second attempt. An order may exist that neither
/// of them finds.
BufferedOrder findBufferedOrder(const BufferProblem &buffers,
                                const DependenceGraph &graph,
                                llvm::ArrayRef<Bits> capacities,
                                llvm::ArrayRef<Picoseconds> starts);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_BUFFEREDORDER_H
