// Tries policies by the schedules that follow from them.
//
// An assignment by cost rests on a model of a whole inference, which knows
// neither the order of tasks nor the nodes of kernels. So the assignment that
// it finds and those of the fixed policies are each compiled as far as their
// schedules, with tasks that fit into the buffers, and the one that takes least
// is used. Left out are those of large models whose estimate by the sizes of
// their tasks, which knows neither distances nor waiting, is longer than a
// schedule that is known.
#ifndef ATLEUS_PIPELINES_POLICYTRIALS_H
#define ATLEUS_PIPELINES_POLICYTRIALS_H

#include "atleus/Pipelines/Pipeline.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OwningOpRef.h"

#include <vector>

namespace atleus {

/// How kernels are mapped, and the module that this led to.
struct ChosenPolicy {
  /// With a plan, all of it; without, only its policy counts.
  MappingOptions mapping;
  /// Kernels at nodes and a schedule with starts, or null if no policy led to
  /// one, or the starts of trials are not those of the scheduler that is asked
  /// for.
  mlir::OwningOpRef<mlir::ModuleOp> plan;
  /// The plan is not at phase `scheduled`: transfers, bounds and checks are
  /// missing.
  bool hasStartsOnly = false;
  /// No policy led to a plan, and that of `Cost` to none that fits into the
  /// buffers.
  bool lacksBuffers = false;
  /// What passes said of the plan, or of why there is none for lack of buffers,
  /// which nobody has been shown.
  std::vector<mlir::Diagnostic> diagnostics;
};

/// Whether a pipeline from one phase to another chooses among policies.
bool triesPolicies(Phase from, Phase to, const PipelineOptions &options);

/// The policies that a pipeline with the options chooses among, or the one that
/// they state. Models of more than 256 products are left to `Cost`.
llvm::SmallVector<AssignmentPolicy>
getTriedPolicies(mlir::ModuleOp module, const PipelineOptions &options);

/// The policy with which the compressed `module` takes the least of the
/// objective: of equals the one with the least estimate, and `Cost` if no
/// policy leads to a schedule that fits into the buffers. What was tried, and
/// the estimates of what was not, are recorded in the attribute `arch.trials`
/// of the module. Diagnostics of trials are not shown. Models of more than 256
/// products are left to `Cost`, for each trial of them takes seconds.
ChosenPolicy choosePolicy(mlir::ModuleOp module,
                          const PipelineOptions &options);

} // namespace atleus

#endif // ATLEUS_PIPELINES_POLICYTRIALS_H
