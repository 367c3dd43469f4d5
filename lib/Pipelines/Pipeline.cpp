// The order of passes.
#include "atleus/Pipelines/Pipeline.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Cost/CostModels.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Dialects.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace atleus;

void atleus::registerEverything(DialectRegistry &registry) {
  registerAllDialects(registry);
  registerCostModels(registry);
  registerEvaluationModels(registry);
}

void atleus::registerAllPasses() {
  registerConversionPasses();
  registerTransformsPasses();
}

/// Adds the passes that lead from the phase before `phase` to it.
static void addPhase(OpPassManager &manager, Phase phase,
                     const PipelineOptions &options) {
  switch (phase) {
  case Phase::ONNX:
    break;
  case Phase::NN:
    manager.addPass(createConvertONNXToNN({options.recordONNXValues,
                                           llvm::to_vector(options.dimensions),
                                           llvm::to_vector(options.shapes)}));
    break;
  case Phase::Compressed: {
    manager.addPass(createLowerConvolution());
    QuantizeOptions quantize;
    quantize.weights = options.weightScales;
    quantize.calibration = options.calibration;
    manager.addPass(createQuantize(quantize));
    break;
  }
  case Phase::Assigned:
    manager.addPass(createAttachMachine(
        {options.machine, llvm::to_vector(options.machineChanges)}));
    manager.addPass(createAssignTiers(
        {options.spillToSystolic ? WeightSpill::Systolic : WeightSpill::None}));
    break;
  case Phase::Tiled:
    manager.addPass(createConvertNNToPIM());
    manager.addPass(createConvertNNToSystolic());
    manager.addPass(createTile({options.tokensPerTask}));
    break;
  case Phase::Placed:
    manager.addPass(createPlace());
    manager.addPass(createInsertTransfers());
    manager.addPass(createVerifyTransfers());
    break;
  case Phase::Scheduled: {
    manager.addPass(createBuildSchedule());
    ScheduleOptions schedule;
    schedule.algorithm = options.scheduler;
    schedule.latencyPercent = options.latencyPercent;
    manager.addNestedPass<sched::ScheduleOp>(createSchedule(schedule));
    manager.addPass(createVerifyBuffers({options.enforceBuffers}));
    break;
  }
  case Phase::Estimated:
    manager.addPass(createEstimate());
    manager.addPass(createEstimateTemperature(
        {options.thermalCells, options.enforceTemperature}));
    break;
  }
}

void atleus::buildPipeline(OpPassManager &manager, Phase from, Phase to,
                           const PipelineOptions &options) {
  for (Phase phase : getAllPhases())
    if (phase > from && phase <= to)
      addPhase(manager, phase, options);
}

LogicalResult atleus::runPipeline(ModuleOp module, Phase to,
                                  const PipelineOptions &options) {
  FailureOr<Phase> from = getPhase(module);
  if (failed(from))
    return failure();
  if (to < *from)
    return module.emitError()
           << "the module is at phase '" << stringify(*from)
           << "' and cannot go back to '" << stringify(to) << "'";
  PassManager manager(module.getContext());
  buildPipeline(manager, *from, to, options);
  if (failed(manager.run(module)))
    return failure();
  setPhase(module, to);
  return success();
}
