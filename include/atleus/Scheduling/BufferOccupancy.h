// How full the buffers of nodes are over time, free of IR.
//
// A step of a schedule, a task or a transfer, leaves data in the buffer of a
// node, a multicast in those of several, and reads data that other steps have
// left in one. What it leaves in a buffer stays until the last step that waits
// for it has read it there; several readers share one copy. A barrier passes on
// what those behind it wait for. Times are those after the start of a step, so
// that a problem has no starts, and schedulers can ask what fits.
//
// Example: a task leaves 64 bits in buffer 0, from which a transfer that starts
// at 10 ps reads them for 20 ps. They stay from 0 to 30 ps.
//
//   BufferProblem problem;
//   unsigned task = problem.addStep(
//       Deposit{0, Bits(64), Picoseconds(0), Picoseconds(10)},
//       Reading{0, Picoseconds(10)}, {});
//   problem.addStep(Deposit{1, Bits(64), Picoseconds(5), Picoseconds(25)},
//                   Reading{0, Picoseconds(20)}, {task});
//   findStays(problem, {Picoseconds(0), Picoseconds(10)});
#ifndef ATLEUS_SCHEDULING_BUFFEROCCUPANCY_H
#define ATLEUS_SCHEDULING_BUFFEROCCUPANCY_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>
#include <vector>

namespace atleus::scheduling {

/// Which steps of a node data waits for.
enum class Keep : uint8_t {
  /// For all that read from the buffer: the data was made there.
  ForAll,
  /// For the core's own tasks alone. Data that comes from a memory or a host
  /// at the node, or goes to one, passes the buffer by unless the core reads
  /// it.
  ForCore,
  /// For what takes data away alone: transfers, memories and hosts.
  ForOthers,
  /// For none but the step itself: it ends with it.
  ForItself,
};

/// What a step leaves in a buffer. Times are after the start of the step.
struct Deposit {
  unsigned buffer = 0;
  Bits size;
  /// From when on its place is taken.
  Picoseconds begin;
  /// When it is complete. Data that is kept for all stays at least until then.
  Picoseconds end;
  Keep keep = Keep::ForAll;
};

/// How a step reads what the steps that it waits for have left in a buffer.
struct Reading {
  unsigned buffer = 0;
  /// After the start of the step.
  Picoseconds until;
  /// A task of the core, and not a transfer, a memory or a host.
  bool byCore = true;
};

/// What a step is for.
enum class StepKind : uint8_t {
  /// Makes data from what it reads, or takes it out of the machine.
  Makes,
  /// Brings data to where others read it, and serves nothing until they do.
  Brings,
  /// Passes on what those behind it wait for.
  Barrier,
};

/// Whether a deposit in a buffer is kept for what reads there.
constexpr bool isKeptFor(Keep keep, bool byCore) {
  return keep == Keep::ForAll ||
         keep == (byCore ? Keep::ForCore : Keep::ForOthers);
}

/// The steps of a schedule as buffers see them, in an order in which each comes
/// after those for which it waits.
class BufferProblem {
public:
  /// Adds a step that waits for the steps `after`. Without a reading it waits,
  /// but reads nothing.
  unsigned addStep(llvm::ArrayRef<Deposit> deposits,
                   std::optional<Reading> reading,
                   llvm::ArrayRef<unsigned> after,
                   StepKind kind = StepKind::Makes);
  unsigned addBarrier(llvm::ArrayRef<unsigned> after);

  unsigned numSteps() const { return steps.size(); }
  llvm::ArrayRef<Deposit> deposits(unsigned step) const;
  /// None for a barrier and what reads nothing.
  const std::optional<Reading> &reading(unsigned step) const {
    return steps[step].reading;
  }
  llvm::ArrayRef<unsigned> after(unsigned step) const;
  StepKind kind(unsigned step) const { return steps[step].kind; }
  bool isBarrier(unsigned step) const {
    return kind(step) == StepKind::Barrier;
  }

private:
  struct Step {
    std::optional<Reading> reading;
    StepKind kind = StepKind::Makes;
    size_t depositEnd = 0;
    size_t afterEnd = 0;
  };
  std::vector<Step> steps;
  std::vector<Deposit> depositList;
  std::vector<unsigned> afterList;
};

/// Data of a step in a buffer, before `end`.
struct Stay {
  unsigned step = 0;
  unsigned buffer = 0;
  Bits size;
  Picoseconds begin;
  Picoseconds end;
  /// For whom it is there.
  Keep keep = Keep::ForAll;
};

/// What lies in buffers if each step starts at its time of `starts`, in the
/// order of steps. Data of no bits and data that stays for no time is left out.
std::vector<Stay> findStays(const BufferProblem &problem,
                            llvm::ArrayRef<Picoseconds> starts);

/// The most that a buffer holds, and the first time at which it does.
struct Peak {
  Bits size;
  Picoseconds time;
};

/// The peak of each of `numBuffers` buffers if the schedule starts again every
/// `period`, which is positive. Times are those of the period.
std::vector<Peak> findPeaks(llvm::ArrayRef<Stay> stays, unsigned numBuffers,
                            Picoseconds period);

/// Whether no buffer ever holds more than its capacity if the schedule starts
/// again every `period`, which is positive. Buffers from `capacities.size()` on
/// have no limit.
bool fitsBuffers(llvm::ArrayRef<Stay> stays, llvm::ArrayRef<Bits> capacities,
                 Picoseconds period);

/// How full a buffer is from `time` on.
struct Level {
  Picoseconds time;
  Bits size;
};

/// How full each buffer is over a period, from 0 on, a level for each change.
std::vector<std::vector<Level>>
findLevels(llvm::ArrayRef<Stay> stays, unsigned numBuffers, Picoseconds period);

/// Data of a step, of all inferences that are under way.
struct Occupant {
  unsigned step = 0;
  Bits size;
};

/// What lies in a buffer at `time` of each period, the largest first.
std::vector<Occupant> findOccupants(llvm::ArrayRef<Stay> stays, unsigned buffer,
                                    Picoseconds time, Picoseconds period);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_BUFFEROCCUPANCY_H
