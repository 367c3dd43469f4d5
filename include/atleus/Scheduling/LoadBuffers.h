// What a `sched.schedule` keeps in the buffers of a machine, read off the IR.
#ifndef ATLEUS_SCHEDULING_LOADBUFFERS_H
#define ATLEUS_SCHEDULING_LOADBUFFERS_H

#include "atleus/Scheduling/BufferOccupancy.h"
#include "dialects/Arch/Arch.h"
#include "dialects/Sched/Sched.h"

namespace atleus::scheduling {

/// Bytes that the buffer of a core holds; none for a core that states no
/// capacity.
std::optional<int64_t> getBufferBytes(mlir::Operation *core);

/// The buffer of a core at a node.
struct NodeBuffer {
  noc::Node node;
  arch::TierOp tier;
  int64_t capacityBytes = 0;
};

/// The buffers of a machine, tier by tier and node by node, and what the steps
/// of a schedule leave in them, whenever they start.
struct LoadedBufferProblem {
  std::vector<NodeBuffer> buffers;
  /// Buffers beyond those are nodes without limit.
  BufferProblem problem;
  /// The steps: the timed ops in the order of the block.
  std::vector<sched::TimedOpInterface> steps;

  /// What each of the buffers holds.
  std::vector<Bits> getCapacities() const;
};

/// The buffers of a machine, and what stays in them when a schedule runs.
struct LoadedBuffers {
  std::vector<NodeBuffer> buffers;
  std::vector<Stay> stays;
  /// The steps of the stays: the timed ops in the order of the block.
  std::vector<sched::TimedOpInterface> steps;
  /// The times between two inferences that are of interest: the makespan, then
  /// the interval of the schedule, if that is shorter.
  llvm::SmallVector<Picoseconds, 2> periods;
};

/// The attribute of a `sched.task` for the bits that it reads of a memory or a
/// host beside its node.
constexpr llvm::StringLiteral readBitsAttribute = "sched.read_bits";

/// The attribute of a `sched.task` for the bits of its results that tasks of
/// its own node read; all of them without it.
constexpr llvm::StringLiteral localBitsAttribute = "sched.local_bits";

/// The unit attribute of a `sched.schedule` that was allowed to keep more in
/// buffers than they hold, and does.
constexpr llvm::StringLiteral exceedsBuffersAttribute = "sched.exceeds_buffers";

/// The attribute of a module whose schedule does not fit into the buffers of
/// the machine: sizes in which its tasks have room, "core.buffer_bytes=N", if
/// they are known.
constexpr llvm::StringLiteral neededBuffersAttribute = "sched.needed_buffers";

/// Bytes of `size` bits, the last one full or not.
int64_t toBytes(Bits size);

/// Results of a task are in the buffer of its node from its start on, what a
/// transfer brings from the time at which its head arrives. Both stay until the
/// last task of the node that waits for them has ended and the last flit of the
/// last transfer that takes them away has left the node; what no task of the
/// node reads (`sched.local_bits`) only until the latter. Cores without a
/// capacity, memories and hosts have no buffer. What a task reads of a memory
/// or a host beside its node (`sched.read_bits`) is there while it runs. A
/// weight that is loaded lies there from the start of the load to the end of
/// the task that uses it; parameters that stream through a core while it
/// computes are not kept.
LoadedBufferProblem loadBufferProblem(sched::ScheduleOp schedule,
                                      arch::MachineOp machine);

/// What stays in the buffers of a problem if its steps start at `starts`.
std::vector<Stay> findStays(const LoadedBufferProblem &loaded,
                            llvm::ArrayRef<Picoseconds> starts);

/// Reads buffers and stays. An op without a start is reported as a diagnostic.
llvm::FailureOr<LoadedBuffers> loadBuffers(sched::ScheduleOp schedule,
                                           arch::MachineOp machine);

} // namespace atleus::scheduling

#endif // ATLEUS_SCHEDULING_LOADBUFFERS_H
