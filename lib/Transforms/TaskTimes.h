// For how long a task keeps what it uses: its unit, and the ports of its node.
#ifndef ATLEUS_TRANSFORMS_TASKTIMES_H
#define ATLEUS_TRANSFORMS_TASKTIMES_H

#include "atleus/Cost/NoCModel.h"
#include "dialects/Arch/Arch.h"

namespace atleus {

struct TaskTime {
  /// Without what is loaded before it begins.
  Picoseconds compute;
  /// For which what it reads comes in and what it writes goes out, each once.
  Picoseconds receive;
  Picoseconds send;
  /// For which the memory sends its parameters and serves nobody else.
  Picoseconds stream;

  /// Time from one task to the next: computing and moving overlap.
  Picoseconds getInterval() const;
  /// Time from the data to what is made of it at the next node.
  Picoseconds getLatency() const { return compute + send; }
};

/// Times of tasks on a machine, by the models of its cores and of its network.
class TaskTimes {
public:
  explicit TaskTimes(arch::MachineOp machine);

  /// The time of a task of `kernel` that computes a tile of that size; none if
  /// its place cannot execute it.
  std::optional<TaskTime> get(KernelOpInterface kernel,
                              llvm::ArrayRef<int64_t> tile) const;

  /// Nodes on which tasks of `kernel` run at once: those of its tier.
  int64_t getNumNodes(KernelOpInterface kernel) const;

  /// Time in which the machine's memory or, without one, its host reads or
  /// writes so many bytes of inputs or outputs.
  Picoseconds getOuterTime(int64_t bytes) const;

  /// Time for which a port is held by so many bytes.
  Picoseconds getPortTime(int64_t bytes) const;

private:
  mutable arch::MachineOp machine;
  NoCConstants noc;
};

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_TASKTIMES_H
