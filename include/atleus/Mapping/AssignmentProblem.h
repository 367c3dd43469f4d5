// Which kernel runs where, as a problem on plain numbers, and what an answer
// costs.
//
// Each kernel has alternatives: a kind of tier, with what it takes there. A
// choice of one alternative for each kernel has a latency, by a model of the
// whole that is coarser than a schedule and some thousand times faster:
// - kernels start in their order when their inputs are there and their unit is
//   free. Weights in crossbars are units of their own; the systolic arrays of a
//   tier, its vector units and the host are shared, all nodes of a tier by one
//   kernel at a time.
// - A kernel that works block by block starts with the first block of an input
//   that it reads block by block, and ends one block after the last one came.
//   All other inputs have to be there as a whole.
// - Streamed weights come from the memory one after another, ahead of their
//   kernels: prefetching is taken not to be limited by buffers.
// - Arrays that hold nothing become replicas. Kernels between two places at
//   which everything waits form a segment, whose time is that of its slowest
//   kernel. Time t on a arrays with r replicas is t / r on r * a, so the sum
//   over segments is least for r in proportion to sqrt(t / a): that is what
//   segments get, in whole numbers.
// - Rewritten weights of one layout take turns in two slots: the write of a
//   weight waits for the end of the kernel that used the slot before.
//
// Example: 128 tokens by a 768x3072 weight. On crossbars {duration 107 us,
// arrays 576, streams}, on a systolic tier {duration 5 us, load 9 us, waits for
// all tokens}. In a chain of 48 of them, crossbars without spare arrays take
// 5.1 ms, streamed weights 0.44 ms; of one token, crossbars take 67 us.
#ifndef ATLEUS_MAPPING_ASSIGNMENTPROBLEM_H
#define ATLEUS_MAPPING_ASSIGNMENTPROBLEM_H

#include "atleus/Support/Units.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <vector>

namespace atleus {

/// One way to execute a kernel.
struct Alternative {
  /// Unit that other kernels use, too; none for arrays that hold its weight.
  static constexpr int ownUnit = -1;
  int unit = ownUnit;
  /// Time on that unit, with one replica, when inputs and weight are there.
  Picoseconds duration;
  /// What it takes to bring inputs to all nodes, for a kernel that waits for
  /// all of them.
  Picoseconds arrival;
  /// Time for which the memory sends the weight.
  Picoseconds load;
  /// Time to write the weight into crossbars, of a weight that is written in
  /// each inference.
  Picoseconds write;
  /// Of one inference, without what the machine takes when it is idle.
  Femtojoules energy;
  /// Crossbars of one replica; of a rewritten weight those of a slot.
  int64_t arrays = 0;
  /// Layout of a rewritten weight: a number from 0 on, or -1.
  int layout = -1;
  /// Works block by block, as inputs come and so that results can leave.
  bool streams = false;

  bool isRewritten() const { return layout >= 0; }
  bool operator==(const Alternative &other) const;
};

/// An input that another kernel computes.
struct AssignmentInput {
  unsigned producer = 0;
  /// A block of the result needs a block of this input only.
  bool byBlocks = false;
};

struct AssignmentKernel {
  /// At least one.
  llvm::SmallVector<Alternative, 3> alternatives;
  llvm::SmallVector<AssignmentInput, 3> inputs;
  /// Blocks that it works in if it streams.
  int64_t blocks = 1;
  /// Most replicas that have something to do.
  int64_t maxReplicas = 1;
  /// Kernels of equal alternatives and equal role are of one class.
  int role = 0;
};

struct AssignmentProblem {
  /// Producers come before what reads them.
  std::vector<AssignmentKernel> kernels;
  /// Crossbars of the machine that are free.
  int64_t arrays = 0;
  /// Slots of each layout of rewritten weights.
  static constexpr int64_t slotsPerLayout = 2;
  /// Most replicas of any weight: each is on a node of its own.
  int64_t maxReplicas = 1;
  unsigned units = 0;
  Picoseconds memoryLatency;
  /// What the machine takes when it does nothing.
  double idleFemtojoulesPerPicosecond = 0;
};

/// By kernel the number of an alternative.
using Assignment = std::vector<unsigned>;

/// What an assignment costs.
struct AssignmentEstimate {
  Picoseconds latency;
  /// With idle power over the latency.
  Femtojoules energy;
  /// Crossbars with one replica each, and slots.
  int64_t arrays = 0;
  /// Time for which the memory sends weights.
  Picoseconds load;

  double energyDelay() const {
    return static_cast<double>(energy.count()) *
           static_cast<double>(latency.count());
  }
};

/// Crossbars that an assignment needs: one replica of each weight, and the
/// slots of layouts, as many as have a weight and at most `slotsPerLayout`.
int64_t countArrays(const AssignmentProblem &problem,
                    const Assignment &assignment);

/// The costs of an assignment; crossbars beyond the capacity are not refused
/// here. `times`, if not null, gets the time of each kernel with its replicas
/// and the arrival of its inputs. Linear in kernels and inputs.
AssignmentEstimate
estimateAssignment(const AssignmentProblem &problem,
                   const Assignment &assignment,
                   std::vector<Picoseconds> *times = nullptr);

} // namespace atleus

#endif // ATLEUS_MAPPING_ASSIGNMENTPROBLEM_H
