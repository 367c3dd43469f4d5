// Whether a plan may fit into buffers, before it has a schedule.
//
// A plan is a module with `sched.schedule` ops without starts. Judging it takes
// a fraction of the time of scheduling it.
#ifndef ATLEUS_LIB_PIPELINES_BUFFERJUDGEMENT_H
#define ATLEUS_LIB_PIPELINES_BUFFERJUDGEMENT_H

#include "mlir/IR/BuiltinOps.h"

namespace atleus {

/// Where no task needs more of a buffer, other tasks hardly ever lack room.
inline constexpr int64_t easyPercent = 25;

/// A task that needs more of a buffer leaves hardly any room there for what
/// others wait for, so that there mostly is no order of tasks. Where none needs
/// as much, starts at which data has room may be found without.
inline constexpr int64_t roomyPercent = 75;

/// Whether no task needs more than so many percent of a buffer at once.
bool areTasksWithin(mlir::ModuleOp plan, int64_t percent);

/// Whether the list scheduler finds starts at which data has room, or from
/// which some can be found. If so, `--atleus-fit-buffers` finds some from
/// whatever starts.
bool fitsByList(mlir::ModuleOp plan);

/// Gives the tasks of a plan the starts of the list scheduler.
llvm::LogicalResult addListStarts(mlir::ModuleOp plan);

} // namespace atleus

#endif // ATLEUS_LIB_PIPELINES_BUFFERJUDGEMENT_H
