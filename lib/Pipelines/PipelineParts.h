// The pipeline from a compressed model to a schedule in two parts, between
// which a scheduling problem can be looked at.
#ifndef ATLEUS_LIB_PIPELINES_PIPELINEPARTS_H
#define ATLEUS_LIB_PIPELINES_PIPELINEPARTS_H

#include "atleus/Pipelines/Pipeline.h"

namespace atleus {

/// Adds the passes that lead from `from`, which lies before `assigned`, to
/// kernels at nodes and a `sched.schedule` without starts. What moves is the
/// same with transfers between kernels in the IR as without, so that those come
/// later.
void buildProblem(mlir::OpPassManager &manager, Phase from,
                  const PipelineOptions &options);

/// Adds the passes that lead from there to `to`, which is `scheduled` or behind
/// it.
void buildSolution(mlir::OpPassManager &manager, Phase to,
                   const PipelineOptions &options);

} // namespace atleus

#endif // ATLEUS_LIB_PIPELINES_PIPELINEPARTS_H
