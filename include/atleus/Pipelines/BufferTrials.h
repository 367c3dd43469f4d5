// What is tried when a schedule does not fit into the buffers of a machine.
//
// Most plans fit as they are. Where one does not, the same model with smaller
// tasks, or with kernels that are not placed near to each other, may. A plan is
// judged by an order of its tasks in which their data has room, which takes a
// fraction of the time of its schedule: only what has one is scheduled. What
// has none with tasks of a quarter of a buffer, nor with the smallest, has none
// with others either, as far as anybody has seen, so that these are judged
// first when the plan that is wanted has none.
#ifndef ATLEUS_PIPELINES_BUFFERTRIALS_H
#define ATLEUS_PIPELINES_BUFFERTRIALS_H

#include "atleus/Pipelines/Pipeline.h"

namespace atleus {

/// Tasks of a buffer over this are small: where they lack room, others do, too,
/// in most cases.
inline constexpr unsigned smallShare = 4;

/// What is known of the plan that the options ask for.
enum class FirstPlan {
  Unknown,
  /// It does not fit by its list schedule.
  Doubtful,
  /// Its schedule does not fit.
  Fails,
};

/// Runs the passes from `from`, which lies before `placed`, to `to`, so that
/// the data of tasks has room: with the options if it has, else with smaller
/// tasks, then with kernels in turn on all nodes, and so on. Returns how
/// kernels were mapped.
///
/// If nothing fits, says why small tasks do not, and leaves the module
/// as it was but for `sched.needed_buffers`.
llvm::FailureOr<MappingOptions>
runFittingBuffers(mlir::ModuleOp module, Phase from, Phase to,
                  const PipelineOptions &options,
                  FirstPlan known = FirstPlan::Unknown);

} // namespace atleus

#endif // ATLEUS_PIPELINES_BUFFERTRIALS_H
