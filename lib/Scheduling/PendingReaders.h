// When data may leave the buffers of a schedule that is being made.
#ifndef ATLEUS_LIB_SCHEDULING_PENDINGREADERS_H
#define ATLEUS_LIB_SCHEDULING_PENDINGREADERS_H

#include "atleus/Scheduling/BufferOccupancy.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus::scheduling {

/// Counts, for each deposit of a problem, the readers that have not run. Steps
/// are told to it in any order in which each comes after those for which it
/// waits.
class PendingReaders {
public:
  /// Is given a step, one of its deposits, and when that leaves: after its last
  /// reader and not before it is complete. Data that nobody reads and that is
  /// not kept for itself has no such time if it never has a place.
  using Leave =
      llvm::function_ref<void(unsigned, const Deposit &, Picoseconds)>;

  explicit PendingReaders(const BufferProblem &problem);

  /// Whether a deposit ever takes its place.
  bool takesPlace(unsigned step, const Deposit &deposit) const;

  /// The step runs at `start`. Calls `leave` for what has no readers any more:
  /// of its own deposits and of those that it has read.
  void run(unsigned step, Picoseconds start, Leave leave);

private:
  /// Readers of what a step has left or passes on, in one buffer.
  struct Group {
    unsigned buffer;
    bool byCore;
    /// Those that have not run; of a barrier behind it, the barrier counts once
    /// for all that read behind that.
    unsigned pending = 0;
    /// The end of the last that has.
    Picoseconds until;
  };

  Group *findGroup(unsigned step, unsigned buffer, bool byCore);
  bool hasDeposit(unsigned step, unsigned buffer) const;
  void addReader(unsigned step, unsigned buffer, bool byCore);
  void endReader(unsigned step, unsigned buffer, bool byCore, Picoseconds until,
                 Leave leave);
  void leaveIfRead(unsigned step, const Deposit &deposit, Leave leave) const;

  const BufferProblem &problem;
  std::vector<llvm::SmallVector<Group, 1>> groups;
  std::vector<Picoseconds> starts;
};

} // namespace atleus::scheduling

#endif // ATLEUS_LIB_SCHEDULING_PENDINGREADERS_H
