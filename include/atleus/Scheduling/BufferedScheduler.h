// List scheduling under the capacities of buffers.
#ifndef ATLEUS_SCHEDULING_BUFFEREDSCHEDULER_H
#define ATLEUS_SCHEDULING_BUFFEREDSCHEDULER_H

#include "atleus/Scheduling/BufferedOrder.h"
#include "atleus/Scheduling/Problem.h"

namespace atleus::scheduling {

/// Serial schedule generation: places the tasks in `order`, each at the
/// earliest time at which its resources are free and from which on the buffers
/// have room for what it leaves there, beside all that was placed before. Data
/// whose readers are not all placed stays for good until they are. `order` is
/// safe (atleus/Scheduling/BufferedOrder.h), so that there is such a time for
/// each task. Step i of `buffers` is task i of `problem`; buffers from
/// `capacities.size()` on have no limit.
Starts scheduleInBuffers(const Problem &problem, const DependenceGraph &graph,
                         const BufferProblem &buffers,
                         llvm::ArrayRef<Bits> capacities,
                         llvm::ArrayRef<unsigned> order);

/// Whether the buffers hold what one inference keeps in them if its tasks start
/// at `starts`.
bool holdsInBuffers(const Problem &problem, const BufferProblem &buffers,
                    llvm::ArrayRef<Bits> capacities, const Starts &starts);

/// Starts at which data has room, or why there are none.
struct BufferedStarts {
  Starts starts;
  std::optional<BufferShortage> shortage;
};

/// Starts near `starts` at which the buffers hold what one inference keeps:
/// those if they do, and else by an order near them. The better of two rounds,
/// of which the second begins at what the first has found.
BufferedStarts findBufferedStarts(const Problem &problem,
                                  const DependenceGraph &graph,
                                  const BufferProblem &buffers,
                                  llvm::ArrayRef<Bits> capacities,
                                  const Starts &starts);

/// Whether `findBufferedStarts` finds some from `starts` on, without looking
/// for them.
bool hasBufferedStarts(const Problem &problem, const DependenceGraph &graph,
                       const BufferProblem &buffers,
                       llvm::ArrayRef<Bits> capacities, const Starts &starts);

/// The shortest time, of at least `interval`, after which a schedule can be
/// repeated so that resources are free and buffers hold what all inferences
/// under way keep; at most the makespan, at which they hold as much as one
/// inference keeps. Tries times that grow by a sixteenth.
Picoseconds findBufferedInterval(const Problem &problem, const Starts &starts,
                                 llvm::ArrayRef<Stay> stays,
                                 llvm::ArrayRef<Bits> capacities,
                                 Picoseconds interval);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_BUFFEREDSCHEDULER_H
