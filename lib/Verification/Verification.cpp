// Runs all checks of a schedule.
#include "atleus/Verification/Verification.h"

#include "Checks.h"

using namespace mlir;
using namespace atleus;

FailureOr<VerifiedCounts>
atleus::verifySchedule(const schedule::v1::Schedule &schedule, ModuleOp module,
                       Location location, const VerificationOptions &options) {
  FailureOr<MappedModel> model = MappedModel::read(module);
  if (failed(model))
    return failure();
  Violations violations(location,
                        !options.enforceBuffers || schedule.exceeds_buffers());
  // What else would be said of a schedule of something else says nothing.
  checkNames(schedule, *model, violations);
  if (violations.any())
    return failure();
  TaskTable tasks(schedule, *model, violations);
  CheckContext context{schedule, *model, tasks, violations};
  VerifiedCounts counts;
  EnergyBreakdown priced = checkTasks(context);
  priced += checkTransfers(context);
  checkTotals(context, priced);
  checkOrder(context);
  DataUse uses = checkData(context);
  checkWeights(context, uses);
  checkResources(context);
  checkBuffers(context, uses);
  counts.arrays = checkPrograms(context);
  counts.operations = checkOperations(context);
  violations.finish();
  if (violations.any())
    return failure();
  for (unsigned i = 0; i < tasks.size(); ++i)
    ++(tasks[i].isCompute()    ? counts.tasks
       : tasks[i].isTransfer() ? counts.transfers
                               : counts.barriers);
  counts.reads = uses.numReads;
  counts.resources = schedule.resources_size();
  counts.kernels = static_cast<int64_t>(model->getKernels().size());
  return counts;
}
