// Tries policies by the schedules that follow from them.
#include "atleus/Pipelines/PolicyTrials.h"

#include "atleus/Conversion/Passes.h"
#include "atleus/Cost/Leakage.h"
#include "atleus/Scheduling/LoadProblem.h"
#include "atleus/Transforms/AssignmentPolicy.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/Assignment.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"

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
struct Outcome {
  AssignmentPolicy policy;
  Picoseconds latency;
  Femtojoules energy;
};
} // namespace

static double getCost(const Outcome &outcome, AssignmentObjective objective) {
  auto latency = static_cast<double>(outcome.latency.count());
  auto energy = static_cast<double>(outcome.energy.count());
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
                                 arch::MachineOp machine, Outcome &outcome) {
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
  outcome.latency += latency;
  outcome.energy += leakageEnergy(machine, latency);
  for (auto op : schedule.getOps<sched::TaskOp>())
    outcome.energy += Femtojoules(op.getEnergyFj().value_or(0));
  for (auto op : schedule.getOps<sched::TransferOp>())
    outcome.energy += Femtojoules(op.getEnergyFj().value_or(0));
  return success();
}

/// What a copy of the module takes by a policy, if that leads to a schedule.
static FailureOr<Outcome> tryPolicy(ModuleOp module,
                                    const PipelineOptions &options,
                                    AssignmentPolicy policy) {
  OwningOpRef<ModuleOp> copy = module.clone();
  PipelineOptions trial = options;
  trial.mapping.policy = policy;
  TimingScope timing =
      options.timing
          ? options.timing->nest("policy " + stringify(policy).str())
          : TimingScope();
  PassManager manager(module.getContext());
  manager.enableVerifier(false);
  manager.enableTiming(timing);
  buildPipeline(manager, Phase::Compressed, Phase::Tiled, trial);
  const MappingOptions &mapping = trial.mapping;
  manager.addPass(createPlace(
      {mapping.placement, mapping.placementMoves, mapping.placementSeed}));
  // Flows of data are the same with transfers in the IR as without.
  manager.addPass(createBuildSchedule());
  if (failed(manager.run(*copy)))
    return failure();
  FailureOr<arch::MachineOp> machine = arch::findMachine(*copy);
  if (failed(machine))
    return failure();
  Outcome outcome = {policy, Picoseconds(), Femtojoules()};
  for (auto schedule : copy->getOps<sched::ScheduleOp>())
    if (failed(addSchedule(schedule, *machine, outcome)))
      return failure();
  return outcome;
}

/// Records latency and energy of each policy.
static void recordTrials(ModuleOp module, ArrayRef<Outcome> outcomes) {
  Builder builder(module.getContext());
  SmallVector<NamedAttribute> entries;
  for (const Outcome &outcome : outcomes)
    entries.push_back(builder.getNamedAttr(
        stringify(outcome.policy),
        builder.getDenseI64ArrayAttr(
            {outcome.latency.count(), outcome.energy.count()})));
  module->setAttr(arch::trialsAttribute, builder.getDictionaryAttr(entries));
}

AssignmentPolicy atleus::choosePolicy(ModuleOp module,
                                      const PipelineOptions &options) {
  if (countProducts(module) > maxProducts)
    return AssignmentPolicy::Cost;
  SmallVector<Outcome> outcomes;
  {
    ScopedDiagnosticHandler silence(module.getContext(),
                                    [](Diagnostic &) { return success(); });
    for (AssignmentPolicy policy : policies)
      if (FailureOr<Outcome> outcome = tryPolicy(module, options, policy);
          succeeded(outcome))
        outcomes.push_back(*outcome);
  }
  if (outcomes.empty())
    return AssignmentPolicy::Cost;
  recordTrials(module, outcomes);
  AssignmentObjective objective = options.mapping.objective;
  const Outcome *best =
      llvm::min_element(outcomes, [&](const Outcome &a, const Outcome &b) {
        return getCost(a, objective) < getCost(b, objective);
      });
  return best->policy;
}
