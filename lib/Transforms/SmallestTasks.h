// Whether buffers hold what kernels need at the least.
#ifndef ATLEUS_LIB_TRANSFORMS_SMALLESTTASKS_H
#define ATLEUS_LIB_TRANSFORMS_SMALLESTTASKS_H

#include "dialects/Arch/Arch.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

/// The shape of the smallest tile that a task of a kernel computes.
using SmallestTile =
    llvm::function_ref<llvm::SmallVector<int64_t>(KernelOpInterface)>;

/// Reports the kernel whose smallest task lacks most of the buffer of its core,
/// if there is one, with what this task reads and leaves. What it reads through
/// several operands of one source counts once, and weights do not: this is a
/// lower bound, so that no smaller task, no other place and no order of tasks
/// helps. The sizes with which each task has room by itself are recorded in
/// `sched.needed_buffers`.
llvm::LogicalResult checkSmallestTasks(mlir::ModuleOp module,
                                       arch::MachineOp machine,
                                       SmallestTile getTile);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_SMALLESTTASKS_H
