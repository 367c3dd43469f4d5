// Tries policies by the schedules that follow from them.
#include "atleus/Pipelines/PolicyTrials.h"

#include "BufferJudgement.h"
#include "KeptDiagnostics.h"
#include "PipelineParts.h"

#include "atleus/Cost/Leakage.h"
#include "atleus/Pipelines/BufferTrials.h"
#include "atleus/Scheduling/Algorithm.h"
#include "atleus/Scheduling/Bounds.h"
#include "atleus/Scheduling/LoadBuffers.h"
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

/// Most products of a model that is tried. BERT-large has 170.
static constexpr size_t maxProducts = 256;

/// Of models with so many products at most no policy is left out: a trial takes
/// some tenths of a second, and estimates of a few tokens are far off.
static constexpr size_t maxThoroughProducts = 32;

static constexpr AssignmentPolicy policies[] = {
    AssignmentPolicy::Cost, AssignmentPolicy::StaticDynamic,
    AssignmentPolicy::AttentionFeedForward, AssignmentPolicy::AllSystolic,
    AssignmentPolicy::AllCrossbar};

namespace {
/// A copy of the module, tiled by a policy, and what came of that.
struct Trial {
  Trial(AssignmentPolicy policy, const MappingOptions &chosen)
      : policy(policy), mapping(chosen) {
    mapping.policy = policy;
  }

  AssignmentPolicy policy;
  /// Of the schedule, once there is one.
  MappingOptions mapping;
  /// Others that lead to the same plan.
  SmallVector<AssignmentPolicy, 4> equals;
  /// Null without a plan, and when it is no longer needed.
  OwningOpRef<ModuleOp> module;
  std::vector<Diagnostic> diagnostics;
  /// By the sizes of tasks.
  Picoseconds estimate = Picoseconds::largest();
  bool isScheduled = false;
  /// Nothing that was tried fits into the buffers; what was said says why.
  bool lacksBuffers = false;
  /// At phase `scheduled`, and not just with starts.
  bool isComplete = false;
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

/// Gives the tasks of a schedule the starts of the fastest of the quick
/// schedulers, without a bound or an interval.
static LogicalResult addStarts(sched::ScheduleOp schedule) {
  FailureOr<LoadedGraph> loaded = loadGraph(schedule);
  if (failed(loaded))
    return failure();
  Starts starts = scheduleByImprovedList(loaded->problem, loaded->graph,
                                         /*bound=*/Picoseconds());
  for (auto [op, start] : llvm::zip_equal(loaded->tasks, starts))
    op.setStart(start);
  schedule.setMakespanPs(makespan(loaded->problem, starts).count());
  return success();
}

/// What one inference takes by the schedules of the module.
static void readOutcome(arch::MachineOp machine, Trial &trial) {
  for (auto schedule : trial.module->getOps<sched::ScheduleOp>()) {
    Picoseconds latency(schedule.getMakespanPs().value_or(0));
    trial.latency += latency;
    trial.energy += leakageEnergy(machine, latency);
    for (auto op : schedule.getOps<sched::TaskOp>())
      trial.energy += Femtojoules(op.getEnergyFj().value_or(0));
    for (auto op : schedule.getOps<sched::TransferOp>())
      trial.energy += Femtojoules(op.getEnergyFj().value_or(0));
  }
}

/// Assigns and tiles a copy of the module.
static void tile(ModuleOp module, const PipelineOptions &options,
                 Trial &trial) {
  trial.module = module.clone();
  PipelineOptions chosen = options;
  chosen.mapping.policy = trial.policy;
  TimingScope timing =
      nestTiming(options, "tile by policy " + stringify(trial.policy));
  if (failed(runUnverified(*trial.module, timing, [&](OpPassManager &manager) {
        buildPipeline(manager, Phase::Compressed, Phase::Tiled, chosen);
      }))) {
    trial.module = nullptr;
    return;
  }
  FailureOr<arch::MachineOp> machine = arch::findMachine(*trial.module);
  if (failed(machine)) {
    trial.module = nullptr;
    return;
  }
  trial.estimate = estimateLatency(*trial.module, *machine);
}

/// Places what is tiled and finds starts for its tasks, at which their data has
/// room in buffers if it must. If it has none, `plan` gets what is known of it.
static LogicalResult findStarts(const PipelineOptions &options, Trial &trial,
                                FirstPlan &plan) {
  TimingScope timing =
      nestTiming(options, "try policy " + stringify(trial.policy));
  ModuleOp module = *trial.module;
  if (failed(runUnverified(module, timing, [&](OpPassManager &manager) {
        buildProblem(manager, Phase::Tiled, options);
      })))
    return failure();
  bool mustFit = options.buffers == BufferLimit::Enforce;
  if (mustFit && !areTasksWithin(module, easyPercent) && !fitsByList(module)) {
    plan = FirstPlan::Doubtful;
    return failure();
  }
  TimingScope listing = timing.nest("list scheduling");
  for (auto schedule : module.getOps<sched::ScheduleOp>())
    if (failed(addStarts(schedule)))
      return failure();
  listing.stop();
  if (!mustFit)
    return success();
  LogicalResult result =
      runUnverified(module, timing, [&](OpPassManager &manager) {
        manager.addPass(createFitBuffers({/*statesSizes=*/false}));
      });
  if (failed(result) && module->hasAttr(neededBuffersAttribute))
    plan = FirstPlan::Fails;
  return result;
}

/// Looks for other tasks and places of the compressed `module`, whose data has
/// room. Why there are none is said, with sizes of buffers, for policy `Cost`.
static LogicalResult fitBuffers(ModuleOp module, const PipelineOptions &options,
                                FirstPlan plan, Trial &trial) {
  PipelineOptions chosen = options;
  chosen.mapping.policy = trial.policy;
  chosen.scheduler = Algorithm::List;
  chosen.latencyPercent = 0;
  chosen.statesBufferSizes &= trial.policy == AssignmentPolicy::Cost;
  TimingScope timing = nestTiming(
      options, "try policy " + stringify(trial.policy) + " in buffers");
  if (options.timing)
    chosen.timing = &timing;
  trial.diagnostics.clear();
  trial.module = module.clone();
  trial.isComplete = true;
  FailureOr<MappingOptions> mapping = runFittingBuffers(
      *trial.module, Phase::Compressed, Phase::Scheduled, chosen, plan);
  if (failed(mapping))
    return failure();
  trial.mapping = *mapping;
  return success();
}

/// Places and schedules what is tiled of the compressed `module`. Without room
/// the module stays, for its `sched.needed_buffers`.
static void schedule(ModuleOp module, const PipelineOptions &options,
                     Trial &trial) {
  auto plan = FirstPlan::Unknown;
  LogicalResult result = findStarts(options, trial, plan);
  if (failed(result) && plan != FirstPlan::Unknown) {
    result = fitBuffers(module, options, plan, trial);
    trial.lacksBuffers =
        failed(result) && (*trial.module)->hasAttr(neededBuffersAttribute);
  }
  FailureOr<arch::MachineOp> machine = failure();
  if (succeeded(result))
    machine = arch::findMachine(*trial.module);
  if (failed(machine)) {
    if (!trial.lacksBuffers)
      trial.module = nullptr;
    return;
  }
  readOutcome(*machine, trial);
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
    Trial trial(policy, options.mapping);
    KeptDiagnostics kept(module.getContext(), trial.diagnostics);
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
static Trial *findBest(MutableArrayRef<Trial> trials,
                       AssignmentObjective objective) {
  Trial *best = nullptr;
  for (Trial &trial : trials)
    if (trial.isScheduled &&
        (!best || getCost(trial, objective) < getCost(*best, objective)))
      best = &trial;
  return best;
}

/// Two at a time, whatever the number of threads, so that what is skipped does
/// not depend on it. Latencies of large models are seldom below their
/// estimates: a plan of them whose estimate is above the best latency so far is
/// not scheduled. Only the module of the best is kept.
static void scheduleAll(ModuleOp module, const PipelineOptions &options,
                        MutableArrayRef<Trial> trials) {
  AssignmentObjective objective = options.mapping.objective;
  bool skips = objective == AssignmentObjective::Latency &&
               countProducts(module) > maxThoroughProducts;
  for (size_t first = 0; first < trials.size(); first += 2) {
    const Trial *best = findBest(trials, objective);
    SmallVector<Trial *, 2> tried;
    for (Trial &trial : trials.slice(first).take_front(2))
      if (!skips || !best || trial.estimate < best->latency)
        tried.push_back(&trial);
    parallelForEach(module.getContext(), tried, [&](Trial *trial) {
      KeptDiagnostics kept(module.getContext(), trial->diagnostics);
      schedule(module, options, *trial);
    });
    best = findBest(trials, objective);
    for (Trial &trial : trials)
      if (trial.isScheduled && &trial != best)
        trial.module = nullptr;
  }
}

/// Records latency and energy of each policy that was scheduled, and the
/// estimates of others.
static void recordTrials(ModuleOp module, ArrayRef<Trial> trials) {
  Builder builder(module.getContext());
  SmallVector<NamedAttribute> entries;
  for (const Trial &trial : trials) {
    // A plan that led to no schedule has neither.
    if (!trial.isScheduled && (!trial.module || trial.lacksBuffers))
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

/// Says of policy `Cost` that it leads to nothing that fits, if it was tried.
static void recordShortage(ModuleOp module, MutableArrayRef<Trial> trials,
                           ChosenPolicy &chosen) {
  auto *found = llvm::find_if(trials, [](const Trial &trial) {
    return trial.policy == AssignmentPolicy::Cost;
  });
  if (found == trials.end() || !found->lacksBuffers)
    return;
  chosen.lacksBuffers = true;
  chosen.diagnostics = std::move(found->diagnostics);
  module->setAttr(neededBuffersAttribute,
                  (*found->module)->getAttr(neededBuffersAttribute));
}

SmallVector<AssignmentPolicy>
atleus::getTriedPolicies(ModuleOp module, const PipelineOptions &options) {
  if (options.mapping.policy != AssignmentPolicy::Cost ||
      countProducts(module) > maxProducts)
    return {options.mapping.policy};
  return SmallVector<AssignmentPolicy>(ArrayRef(policies));
}

ChosenPolicy atleus::choosePolicy(ModuleOp module,
                                  const PipelineOptions &options) {
  ChosenPolicy chosen;
  chosen.mapping = options.mapping;
  if (countProducts(module) > maxProducts)
    return chosen;
  // Passes load what they create, which threads must not do at once.
  module.getContext()->loadAllAvailableDialects();
  // Trials at once would add up to more than all of the time.
  TimingScope timing = nestTiming(options, "try policies");
  PipelineOptions timed = options;
  if (options.timing)
    timed.timing = &timing;
  std::vector<Trial> trials = tileAll(module, timed);
  scheduleAll(module, timed, trials);
  timing.stop();
  Trial *best = findBest(trials, options.mapping.objective);
  if (!best) {
    recordShortage(module, trials, chosen);
    return chosen;
  }
  recordTrials(module, trials);
  chosen.mapping = best->mapping;
  if (options.scheduler != Algorithm::List)
    return chosen;
  chosen.hasStartsOnly = !best->isComplete;
  chosen.plan = std::move(best->module);
  (*chosen.plan)
      ->setAttr(arch::trialsAttribute, module->getAttr(arch::trialsAttribute));
  chosen.diagnostics = std::move(best->diagnostics);
  return chosen;
}
