// What is tried when a schedule does not fit into the buffers of a machine.
#ifndef ATLEUS_PIPELINES_BUFFERTRIALS_H
#define ATLEUS_PIPELINES_BUFFERTRIALS_H

#include "atleus/Pipelines/Pipeline.h"

namespace atleus {

/// Runs the passes from `from`, which lies before `assigned`, to `to`, which is
/// `scheduled` or behind it. If there is no order of tasks in which their data
/// has room, does so again with smaller tasks, then with kernels that are not
/// placed near to each other, and keeps the first result that fits. If none
/// does, reports why the first does not.
llvm::LogicalResult runFittingBuffers(mlir::ModuleOp module, Phase from,
                                      Phase to, const PipelineOptions &options);

/// Says with which sizes of buffers a module compiles, if that has failed for
/// lack of them. `unchanged` is the module before. A larger buffer changes
/// tiles, places and times, so that each size is tried, and made larger if it
/// is not enough; after a few of them nothing is said.
void adviseBuffers(mlir::ModuleOp module, mlir::ModuleOp unchanged,
                   const PipelineOptions &options);

} // namespace atleus

#endif // ATLEUS_PIPELINES_BUFFERTRIALS_H
