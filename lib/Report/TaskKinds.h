// What the tasks of a schedule do, looked up in the function that it is of.
#ifndef ATLEUS_LIB_REPORT_TASKKINDS_H
#define ATLEUS_LIB_REPORT_TASKKINDS_H

#include "atleus/Report/KernelColors.h"
#include "dialects/Sched/Sched.h"

#include "llvm/ADT/StringMap.h"

namespace atleus {

class TaskKinds {
public:
  explicit TaskKinds(sched::ScheduleOp schedule);

  KernelKind kindOf(sched::TimedOpInterface op) const;

  /// The kernel that a task or a transfer belongs to; null if the module has no
  /// function with it, or for what moves data in and out of memory.
  KernelOpInterface findKernel(llvm::StringRef name) const;

private:
  struct Known {
    KernelOpInterface kernel;
    KernelKind kind = KernelKind::Vector;
  };
  llvm::StringMap<Known> kernels;
};

/// The name of the kernel of a task or a transfer; empty for a barrier.
llvm::StringRef getKernelOf(sched::TimedOpInterface op);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_TASKKINDS_H
