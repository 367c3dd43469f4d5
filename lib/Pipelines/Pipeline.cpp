// The order of passes.
#include "atleus/Pipelines/Pipeline.h"

#include "PipelineParts.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Cost/CostModels.h"
#include "atleus/Interpreter/EvaluationModels.h"
#include "atleus/Pipelines/BufferAdvice.h"
#include "atleus/Pipelines/BufferTrials.h"
#include "atleus/Pipelines/PolicyTrials.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Support/NamedLocations.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Dialects.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/DialectRegistry.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
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

static QuantizeOptions getQuantizeOptions(const PipelineOptions &options) {
  QuantizeOptions quantize;
  quantize.weights = options.weightScales;
  quantize.weightBits = options.weightBits;
  quantize.weightCode = options.weightCode;
  quantize.weightClipping = options.weightClipping;
  quantize.rounding = options.rounding;
  quantize.blockRows = options.blockRows;
  quantize.blockColumns = options.blockColumns;
  quantize.machine = options.machine;
  llvm::append_range(quantize.machineChanges, options.machineChanges);
  quantize.activationBits = options.activationBits;
  quantize.activationCode = options.activationCode;
  quantize.activationScales = options.activationScales;
  quantize.calibration = options.calibration;
  quantize.calibrationMethod = options.calibrationMethod;
  quantize.percentile = options.percentile;
  return quantize;
}

static ChoosePrecisionOptions
getPrecisionOptions(const PipelineOptions &options) {
  ChoosePrecisionOptions precision;
  llvm::append_range(precision.precision, options.precisions);
  precision.activationBits = options.activationBits;
  precision.weightBits = options.weightBits;
  precision.budget = options.precisionBudget;
  precision.calibration = options.calibration;
  precision.machine = options.machine;
  llvm::append_range(precision.machineChanges, options.machineChanges);
  return precision;
}

SparsityShare PruningOptions::getShare(bool hasSamples) const {
  // Groups that keep a number of weights leave no share to choose.
  bool isStated = request.hasGroups() && request.kept != 0;
  bool canMeasure = hasSamples && !isStated;
  return share.value_or(canMeasure ? SparsityShare::Sensitivity
                                   : SparsityShare::Uniform);
}

static PruneOptions getPruneOptions(const PipelineOptions &options) {
  const PruningOptions &pruning = *options.pruning;
  const PruningRequest &request = pruning.request;
  PruneOptions prune;
  prune.pattern = request.kind;
  prune.sparsity = request.sparsity;
  prune.by = pruning.getShare(!options.calibration.empty());
  prune.blockRows = request.blockRows;
  prune.blockColumns = request.blockColumns;
  prune.machine = options.machine;
  llvm::append_range(prune.machineChanges, options.machineChanges);
  prune.weightBits = options.weightBits;
  prune.lines = request.lines;
  prune.group = request.group;
  prune.kept = request.hasGroups() ? request.kept : 0;
  llvm::append_range(prune.layers, pruning.layers);
  prune.calibration = options.calibration;
  prune.compensate = pruning.compensate && !options.calibration.empty();
  return prune;
}

static AssignTiersOptions getAssignTiersOptions(const MappingOptions &mapping) {
  AssignTiersOptions assign;
  assign.policy = mapping.policy;
  assign.objective = mapping.objective;
  llvm::append_range(assign.pins, mapping.pins);
  assign.spill = mapping.spill;
  return assign;
}

static void addPlace(OpPassManager &manager, const MappingOptions &mapping) {
  manager.addPass(createPlace(
      {mapping.placement, mapping.placementMoves, mapping.placementSeed}));
}

static void addTransfers(OpPassManager &manager) {
  manager.addPass(createInsertTransfers());
  manager.addPass(createVerifyTransfers());
}

/// Starts for the tasks of a scheduling problem, at which their data has room.
static void addSolution(OpPassManager &manager,
                        const PipelineOptions &options) {
  ScheduleOptions schedule;
  schedule.algorithm = options.scheduler;
  schedule.latencyPercent = options.latencyPercent;
  bool enforces = options.buffers == BufferLimit::Enforce;
  schedule.heedsBuffers = enforces;
  manager.addNestedPass<sched::ScheduleOp>(createSchedule(schedule));
  if (enforces)
    manager.addPass(createFitBuffers({options.statesBufferSizes}));
  manager.addPass(createVerifyBuffers({enforces}));
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
    if (options.pruning)
      manager.addPass(createPrune(getPruneOptions(options), options.progress));
    if (!options.precisions.empty() || !options.precisionBudget.empty())
      manager.addPass(createChoosePrecision(getPrecisionOptions(options),
                                            getQuantizeOptions(options),
                                            options.progress));
    manager.addPass(
        createQuantize(getQuantizeOptions(options), options.progress));
    break;
  }
  case Phase::Assigned:
    manager.addPass(createAttachMachine(
        {options.machine, llvm::to_vector(options.machineChanges)}));
    manager.addPass(createAssignTiers(getAssignTiersOptions(options.mapping)));
    break;
  case Phase::Tiled:
    manager.addPass(createConvertNNToPIM());
    manager.addPass(createConvertNNToSystolic());
    manager.addPass(createTile(
        {options.mapping.tokensPerTask, options.buffers == BufferLimit::Enforce
                                            ? options.mapping.bufferShare
                                            : 0}));
    manager.addPass(createReplicate({options.mapping.maxReplicas}));
    break;
  case Phase::Placed:
    addPlace(manager, options.mapping);
    addTransfers(manager);
    break;
  case Phase::Scheduled:
    manager.addPass(createBuildSchedule());
    addSolution(manager, options);
    break;
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

void atleus::buildProblem(OpPassManager &manager, Phase from,
                          const PipelineOptions &options) {
  buildPipeline(manager, from, Phase::Tiled, options);
  addPlace(manager, options.mapping);
  manager.addPass(createBuildSchedule());
}

void atleus::buildSolution(OpPassManager &manager, Phase to,
                           const PipelineOptions &options) {
  addTransfers(manager);
  addSolution(manager, options);
  buildPipeline(manager, Phase::Scheduled, to, options);
}

void atleus::replaceBody(ModuleOp module, ModuleOp other) {
  module.getBodyRegion().takeBody(other.getBodyRegion());
  module->setAttrs(other->getAttrDictionary());
}

LogicalResult
atleus::runUnverified(ModuleOp module, TimingScope &timing,
                      function_ref<void(OpPassManager &)> addPasses) {
  PassManager manager(module.getContext());
  manager.enableTiming(timing);
  addPasses(manager);
  manager.enableVerifier(false);
  return manager.run(module);
}

TimingScope atleus::nestTiming(const PipelineOptions &options,
                               const Twine &name) {
  return options.timing ? options.timing->nest(name.str()) : TimingScope();
}

static LogicalResult
runVerified(ModuleOp module, const PipelineOptions &options,
            function_ref<void(OpPassManager &)> addPasses) {
  TimingScope none;
  if (failed(runUnverified(module, options.timing ? *options.timing : none,
                           addPasses)))
    return failure();
  TimingScope timing = nestTiming(options, "verify the IR");
  return verify(module);
}

LogicalResult atleus::runPasses(ModuleOp module, Phase from, Phase to,
                                const PipelineOptions &options) {
  return runVerified(module, options, [&](OpPassManager &manager) {
    buildPipeline(manager, from, to, options);
  });
}

static void emitAll(MLIRContext *context, std::vector<Diagnostic> &said) {
  for (Diagnostic &diagnostic : said)
    context->getDiagEngine().emit(std::move(diagnostic));
}

/// Goes on from the plan of a trial, and says what was kept of it.
static LogicalResult completePlan(ModuleOp module, ChosenPolicy choice,
                                  Phase to, PipelineOptions options) {
  if (to < Phase::Scheduled) {
    options.mapping = choice.mapping;
    return runPasses(module, Phase::Compressed, to, options);
  }
  replaceBody(module, *choice.plan);
  emitAll(module.getContext(), choice.diagnostics);
  if (!choice.hasStartsOnly)
    return runPasses(module, Phase::Scheduled, to, options);
  options.scheduler = scheduling::Algorithm::Given;
  return runVerified(module, options, [&](OpPassManager &manager) {
    buildSolution(manager, to, options);
  });
}

/// Whether the data of tasks has to have room and the plan is not yet chosen.
/// Tiers do not depend on that.
static bool mustFit(Phase from, Phase to, const PipelineOptions &options) {
  return options.buffers == BufferLimit::Enforce && from < Phase::Placed &&
         to >= Phase::Tiled;
}

/// Goes on from what lies before `assigned` by any of the policies.
static LogicalResult runByAnyPolicy(ModuleOp module, Phase to,
                                    PipelineOptions options) {
  ChosenPolicy choice = choosePolicy(module, options);
  if (choice.plan)
    return completePlan(module, std::move(choice), to, options);
  bool fits = mustFit(Phase::Compressed, to, options);
  if (choice.lacksBuffers && fits) {
    emitAll(module.getContext(), choice.diagnostics);
    return failure();
  }
  options.mapping.policy = choice.mapping.policy;
  return fits ? LogicalResult(
                    runFittingBuffers(module, Phase::Compressed, to, options))
              : runPasses(module, Phase::Compressed, to, options);
}

/// Compresses what is not yet; the plans of a module that has to fit into
/// buffers have that in common.
static LogicalResult compress(ModuleOp module, Phase from,
                              const PipelineOptions &options) {
  TimingScope none;
  return runUnverified(module, options.timing ? *options.timing : none,
                       [&](OpPassManager &manager) {
                         buildPipeline(manager, from, Phase::Compressed,
                                       options);
                       });
}

static LogicalResult runMapping(ModuleOp module, Phase from, Phase to,
                                const PipelineOptions &options) {
  if (triesPolicies(from, to, options))
    return runByAnyPolicy(module, to, options);
  if (mustFit(from, to, options))
    return runFittingBuffers(module, from, to, options);
  return runPasses(module, from, to, options);
}

LogicalResult atleus::runPipeline(ModuleOp module, Phase to,
                                  const PipelineOptions &options) {
  FailureOr<Phase> from = getPhase(module);
  if (failed(from))
    return failure();
  if (to < *from)
    return emitError(withoutText(module.getLoc()))
           << "the module is at phase '" << stringify(*from)
           << "' and cannot go back to '" << stringify(to) << "'";
  // Of an attempt at other sizes.
  module->removeAttr(scheduling::neededBuffersAttribute);
  Phase start = *from;
  if (triesPolicies(start, to, options) || mustFit(start, to, options)) {
    if (failed(compress(module, start, options)))
      return failure();
    start = std::max(start, Phase::Compressed);
    setPhase(module, start);
  }
  if (failed(runMapping(module, start, to, options))) {
    if (options.advisesBuffers && start < Phase::Assigned)
      adviseBuffers(module, start, options, getTriedPolicies(module, options));
    return failure();
  }
  setPhase(module, to);
  return success();
}
