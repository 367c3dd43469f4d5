// Which sizes of buffers would be enough.
#ifndef ATLEUS_PIPELINES_BUFFERADVICE_H
#define ATLEUS_PIPELINES_BUFFERADVICE_H

#include "atleus/Pipelines/Pipeline.h"

#include "llvm/ADT/ArrayRef.h"

namespace atleus {

/// Says with which sizes of buffers `module` compiles from `from` on, which
/// lies before `assigned`. It has failed to with one of `policies` for lack of
/// room, and states so in `sched.needed_buffers`.
///
/// Larger buffers change tiles, places and times. So each size is judged by a
/// plan with small tasks, on a machine with buffers of that size
/// (atleus/Pipelines/BufferTrials.h): the first are too small, then one is
/// enough, and others between these two are judged until they are within a
/// sixteenth of each other. After some that are too small nothing is said.
void adviseBuffers(mlir::ModuleOp module, Phase from,
                   const PipelineOptions &options,
                   llvm::ArrayRef<AssignmentPolicy> policies);

} // namespace atleus

#endif // ATLEUS_PIPELINES_BUFFERADVICE_H
