// Tries policies by the schedules that follow from them.
#include "atleus/Pipelines/PolicyTrials.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Cost/Leakage.h"
#include "atleus/Scheduling/LoadProblem.h"
#include "atleus/Transforms/AssignmentPolicy.h"
#include "atleus/Transforms/Passes.h"
#include "atleus/Transforms/TaskEstimate.h"
#include "dialects/Arch/Assignment.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Threading.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"

#include <map>

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

/// Most products of a model that is tried. BERT-base has 85.
static constexpr size_t maxProducts = 128;

static constexpr AssignmentPolicy policies[] = {
    AssignmentPolicy::Cost, AssignmentPolicy::StaticDynamic,
    AssignmentPolicy::AttentionFeedForward, AssignmentPolicy::AllSystolic,
    AssignmentPolicy::AllCrossbar};

namespace {
/// A copy of the module, tiled by a policy, and what came of that.
struct Trial {
  explicit Trial(AssignmentPolicy policy) : policy(policy) {}

  AssignmentPolicy policy;
  /// Others that lead to the same plan.
  SmallVector<AssignmentPolicy, 4> equals;
  /// Null without a plan, and when it is no longer needed.
  OwningOpRef<ModuleOp> module;
  /// By the sizes of tasks.
  Picoseconds estimate = Picoseconds::largest();
  bool isScheduled = false;
  /// Of the schedule, if there is one.
  Picoseconds latency;
  Femtojoules energy;
};
} // namespace

static double getCost(const Trial &trial, AssignmentObjective objective) {
  auto latency = static_cast<double>(trial.latency.count());
  auto energy = static_cast<double>(trial.energy.count());
  switch (objective) {
  case AssignmentObjective::Latency:
    return latency;
  case AssignmentObjective::Energy:
    return energy;
  case AssignmentObjective::EDP:
    return latency * energy;
  }
  llvm_unreachable("unknown objective");
}

bool atleus::triesPolicies(Phase from, Phase to,
                           const PipelineOptions &options) {
  return options.mapping.policy == AssignmentPolicy::Cost &&
         from < Phase::Assigned && to >= Phase::Assigned;
}

static size_t countProducts(ModuleOp module) {
  size_t count = 0;
  module.walk([&](WorkOpInterface op) {
    if (!op.getWork().products.empty())
      ++count;
  });
  return count;
}

/// Adds what one inference takes by the fastest of the quick schedulers.
static LogicalResult addSchedule(sched::ScheduleOp schedule,
                                 arch::MachineOp machine, Trial &trial) {
  LoadedProblem loaded = loadProblem(schedule, /*hasNames=*/false);
  llvm::Expected<DependenceGraph> graph =
      DependenceGraph::build(loaded.problem);
  if (!graph) {
    llvm::consumeError(graph.takeError());
    return failure();
  }
  Starts starts =
      scheduleByImprovedList(loaded.problem, *graph, /*bound=*/Picoseconds());
  Picoseconds latency = makespan(loaded.problem, starts);
  trial.latency += latency;
  trial.energy += leakageEnergy(machine, latency);
  for (auto op : schedule.getOps<sched::TaskOp>())
    trial.energy += Femtojoules(op.getEnergyFj().value_or(0));
  for (auto op : schedule.getOps<sched::TransferOp>())
    trial.energy += Femtojoules(op.getEnergyFj().value_or(0));
  return success();
}

static LogicalResult runSilently(PassManager &manager, ModuleOp module,
                                 const PipelineOptions &options,
                                 const llvm::Twine &name) {
  TimingScope timing =
      options.timing ? options.timing->nest(name.str()) : TimingScope();
  manager.enableVerifier(false);
  manager.enableTiming(timing);
  return manager.run(module);
}

/// Assigns and tiles a copy of the module.
static void tile(ModuleOp module, const PipelineOptions &options,
                 Trial &trial) {
  OwningOpRef<ModuleOp> copy = module.clone();
  PipelineOptions chosen = options;
  chosen.mapping.policy = trial.policy;
  PassManager manager(module.getContext());
  buildPipeline(manager, Phase::Compressed, Phase::Tiled, chosen);
  if (failed(runSilently(manager, *copy, options,
                         "tile by policy " + stringify(trial.policy))))
    return;
  FailureOr<arch::MachineOp> machine = arch::findMachine(*copy);
  if (failed(machine))
    return;
  trial.estimate = estimateLatency(*copy, *machine);
  trial.module = std::move(copy);
}

/// Places and schedules what is tiled.
static void schedule(const PipelineOptions &options, Trial &trial) {
  OwningOpRef<ModuleOp> module = std::move(trial.module);
  const MappingOptions &mapping = options.mapping;
  PassManager manager(module->getContext());
  manager.addPass(createPlace(
      {mapping.placement, mapping.placementMoves, mapping.placementSeed}));
  // Flows of data are the same with transfers in the IR as without.
  manager.addPass(createBuildSchedule());
  if (failed(runSilently(manager, *module, options,
                         "try policy " + stringify(trial.policy))))
    return;
  FailureOr<arch::MachineOp> machine = arch::findMachine(*module);
  if (failed(machine))
    return;
  for (auto schedule : module->getOps<sched::ScheduleOp>())
    if (failed(addSchedule(schedule, *machine, trial)))
      return;
  trial.isScheduled = true;
}

/// Where kernels and weights are.
static std::vector<const void *> describePlan(ModuleOp module) {
  std::vector<const void *> plan;
  module.walk([&](Operation *op) {
    if (auto kernel = dyn_cast<KernelOpInterface>(op))
      plan.push_back(kernel.getKernelTier().getAsOpaquePointer());
    if (auto program = dyn_cast<pim::ProgramOp>(op))
      plan.push_back(program.getSlotAttr().getAsOpaquePointer());
  });
  return plan;
}

/// Leaves the first of the policies that lead to the same plan.
static void joinEqualPlans(std::vector<Trial> &trials) {
  std::vector<Trial> different;
  std::map<std::vector<const void *>, size_t> known;
  for (Trial &trial : trials) {
    auto [place, isNew] =
        known.try_emplace(describePlan(*trial.module), different.size());
    if (isNew)
      different.push_back(std::move(trial));
    else
      different[place->second].equals.push_back(trial.policy);
  }
  trials = std::move(different);
}

/// The tiled plans, those with the least estimates first.
static std::vector<Trial> tileAll(ModuleOp module,
                                  const PipelineOptions &options) {
  std::vector<Trial> trials;
  for (AssignmentPolicy policy : policies) {
    Trial trial(policy);
    tile(module, options, trial);
    if (trial.module)
      trials.push_back(std::move(trial));
  }
  joinEqualPlans(trials);
  llvm::sort(trials, [](const Trial &a, const Trial &b) {
    return a.estimate != b.estimate ? a.estimate < b.estimate
                                    : a.policy < b.policy;
  });
  return trials;
}

/// The best of what is scheduled, null if nothing is.
static const Trial *findBest(ArrayRef<Trial> trials,
                             AssignmentObjective objective) {
  const Trial *best = nullptr;
  for (const Trial &trial : trials)
    if (trial.isScheduled &&
        (!best || getCost(trial, objective) < getCost(*best, objective)))
      best = &trial;
  return best;
}

/// Two at a time, whatever the number of threads, so that what is skipped does
/// not depend on it. Latencies are seldom below their estimates: a plan whose
/// estimate is above the best latency so far is not scheduled.
static void scheduleAll(MLIRContext *context, const PipelineOptions &options,
                        MutableArrayRef<Trial> trials) {
  AssignmentObjective objective = options.mapping.objective;
  for (size_t first = 0; first < trials.size(); first += 2) {
    const Trial *best = findBest(trials, objective);
    SmallVector<Trial *, 2> tried;
    for (Trial &trial : trials.slice(first).take_front(2))
      if (objective != AssignmentObjective::Latency || !best ||
          trial.estimate < best->latency)
        tried.push_back(&trial);
    parallelForEach(context, tried,
                    [&](Trial *trial) { schedule(options, *trial); });
  }
}

/// Records latency and energy of each policy that was scheduled, and the
/// estimates of others.
static void recordTrials(ModuleOp module, ArrayRef<Trial> trials) {
  Builder builder(module.getContext());
  SmallVector<NamedAttribute> entries;
  for (const Trial &trial : trials) {
    // A plan that led to no schedule has neither.
    if (!trial.isScheduled && !trial.module)
      continue;
    SmallVector<int64_t, 2> numbers = {trial.estimate.count()};
    if (trial.isScheduled)
      numbers = {trial.latency.count(), trial.energy.count()};
    auto record = [&](AssignmentPolicy policy) {
      entries.push_back(builder.getNamedAttr(
          stringify(policy), builder.getDenseI64ArrayAttr(numbers)));
    };
    record(trial.policy);
    llvm::for_each(trial.equals, record);
  }
  module->setAttr(arch::trialsAttribute, builder.getDictionaryAttr(entries));
}

AssignmentPolicy atleus::choosePolicy(ModuleOp module,
                                      const PipelineOptions &options) {
  if (countProducts(module) > maxProducts)
    return AssignmentPolicy::Cost;
  MLIRContext *context = module.getContext();
  // Passes load what they create, which threads must not do at once.
  context->loadAllAvailableDialects();
  ScopedDiagnosticHandler silence(context,
                                  [](Diagnostic &) { return success(); });
  std::vector<Trial> trials = tileAll(module, options);
  scheduleAll(context, options, trials);
  const Trial *best = findBest(trials, options.mapping.objective);
  if (!best)
    return AssignmentPolicy::Cost;
  recordTrials(module, trials);
  return best->policy;
}
