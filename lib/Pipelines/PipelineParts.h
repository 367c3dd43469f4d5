// The pipeline from a compressed model to a schedule in two parts, between
// which a scheduling problem can be looked at, and how parts of it are run.
#ifndef ATLEUS_LIB_PIPELINES_PIPELINEPARTS_H
#define ATLEUS_LIB_PIPELINES_PIPELINEPARTS_H

#include "atleus/Pipelines/Pipeline.h"

#include "mlir/Support/Timing.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace atleus {

/// Adds the passes that lead from `from`, which lies before `placed`, to
/// kernels at nodes and a `sched.schedule` without starts. What moves is the
/// same with transfers between kernels in the IR as without, so that those come
/// later.
void buildProblem(mlir::OpPassManager &manager, Phase from,
                  const PipelineOptions &options);

/// Adds the passes that lead from there to `to`, which is `scheduled` or behind
/// it.
void buildSolution(mlir::OpPassManager &manager, Phase to,
                   const PipelineOptions &options);

/// Runs passes without the verifier: they are tested one by one with it.
llvm::LogicalResult
runUnverified(mlir::ModuleOp module, mlir::TimingScope &timing,
              llvm::function_ref<void(mlir::OpPassManager &)> addPasses);

/// A part of what is timed, if anything is.
mlir::TimingScope nestTiming(const PipelineOptions &options,
                             const llvm::Twine &name);

} // namespace atleus

#endif // ATLEUS_LIB_PIPELINES_PIPELINEPARTS_H
