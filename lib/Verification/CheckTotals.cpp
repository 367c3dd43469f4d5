// What the schedule states as a whole: whose it is, how long it takes, which
// operations it executes.
#include "Checks.h"

#include "atleus/Cost/Leakage.h"
#include "dialects/PIM/PIM.h"
#include "dialects/Systolic/Systolic.h"

using namespace mlir;
using namespace atleus;
namespace v1 = atleus::schedule::v1;

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// By kernel, the multiply-accumulate operations of the tasks that execute it.
static std::vector<int64_t> countExecuted(const CheckContext &context) {
  const std::vector<MappedKernel> &kernels = context.model.getKernels();
  std::vector<int64_t> executed(kernels.size());
  std::map<std::pair<unsigned, std::vector<int64_t>>, int64_t> ofTile;
  for (unsigned i = 0; i < context.tasks.size(); ++i) {
    const ScheduledTask &task = context.tasks[i];
    if (!task.isCompute() || task.part.kind != Part::Kind::Kernel)
      continue;
    KernelOpInterface op = kernels[task.part.number].op;
    Tile tile = op.getTaskResult(task.part.index);
    auto [entry, isNew] = ofTile.try_emplace(
        {task.part.number,
         std::vector<int64_t>(tile.sizes.begin(), tile.sizes.end())});
    if (isNew)
      entry->second = op.getTileWork(tile).macs();
    executed[task.part.number] += entry->second;
  }
  return executed;
}

int64_t atleus::checkOperations(const CheckContext &context) {
  int64_t total = 0;
  std::vector<int64_t> counts = countExecuted(context);
  for (auto [kernel, executed] :
       llvm::zip_equal(context.model.getKernels(), counts)) {
    Operation *op = kernel.op;
    int64_t expected = cast<WorkOpInterface>(op).getWork().macs();
    total += expected;
    // A kernel that is not a product itself may hold some; of those a task
    // takes a share, rounded up.
    bool isProduct = isa<pim::MVMOp, systolic::MatMulOp>(op);
    if (executed == expected || (!isProduct && executed > expected))
      continue;
    InFlightDiagnostic error = context.violations.report(Rule::Operations);
    error << "the tasks of \"" << kernel.name << "\" execute " << executed
          << " multiply-accumulate operations, but it has " << expected;
    error.attachNote(op->getLoc()) << "kernel declared here";
  }
  return total;
}

//===----------------------------------------------------------------------===//
// Names, times
//===----------------------------------------------------------------------===//

void atleus::checkNames(const v1::Schedule &schedule, const MappedModel &model,
                        Violations &violations) {
  auto check = [&](StringRef what, StringRef found, StringRef expected) {
    if (found != expected)
      violations.report(Rule::Identity)
          << "the schedule is of " << what << " '" << found
          << "', but the model's is '" << expected << "'";
  };
  func::FuncOp function = model.getFunction();
  check("model", schedule.model(),
        model.getModule().getName().value_or(function.getName()));
  check("name", schedule.name(), (function.getName() + "_schedule").str());
  check("machine", schedule.machine(), model.getMachine().getSymName());
}

/// Compares a number that the schedule states with what follows from its tasks.
static void compare(const CheckContext &context, StringRef what, bool isStated,
                    int64_t stated, int64_t expected) {
  if (!isStated)
    context.violations.report(Rule::Totals)
        << "the schedule states no " << what << ", but its tasks have one of "
        << expected << " ps";
  else if (stated != expected)
    context.violations.report(Rule::Totals)
        << "the schedule states a " << what << " of " << stated
        << " ps, but its tasks have one of " << expected << " ps";
}

/// The end of the last task if all start as soon as those for which they wait
/// have ended.
static int64_t findCriticalPath(const TaskTable &tasks) {
  std::vector<int64_t> ends(tasks.size());
  int64_t last = 0;
  for (unsigned i = 0; i < tasks.size(); ++i) {
    const v1::Task &message = tasks.getMessage(i);
    int64_t start = message.release_ps();
    for (uint32_t before : message.dependences())
      start = std::max(start, ends[before]);
    // Both are below 2^62, and so is the start that the schedule gives.
    ends[i] = (Picoseconds(start) + Picoseconds(message.duration_ps())).count();
    last = std::max(last, ends[i]);
  }
  return last;
}

/// The largest bound that is known is at least each of those that follow from
/// the tasks, and no schedule is shorter than it. That it is one is not proven.
static void checkLowerBound(const CheckContext &context, Picoseconds known,
                            Picoseconds makespan) {
  const v1::Summary &summary = context.schedule.summary();
  Picoseconds stated(summary.lower_bound_ps());
  if (!summary.has_lower_bound_ps())
    context.violations.report(Rule::Totals)
        << "the schedule states no lower bound, but its tasks have one of "
        << known.count() << " ps";
  else if (stated < known || makespan < stated)
    context.violations.report(Rule::Totals)
        << "the schedule states a lower bound of " << stated.count()
        << " ps, but its tasks have one of " << known.count()
        << " ps and end after " << makespan.count() << " ps";
}

static void checkBounds(const CheckContext &context, Picoseconds makespan) {
  const v1::Summary &summary = context.schedule.summary();
  std::vector<Picoseconds> held(context.schedule.resources_size());
  for (unsigned i = 0; i < context.tasks.size(); ++i)
    for (const v1::Use &use : context.tasks.getMessage(i).uses())
      held[use.resource()] += Picoseconds(use.length_ps());
  Picoseconds busiest, bandwidth, named;
  for (auto [index, time] : llvm::enumerate(held)) {
    const v1::Resource &resource =
        context.schedule.resources(static_cast<int>(index));
    busiest = std::max(busiest, time);
    if (resource.kind() != v1::Resource::UNIT)
      bandwidth = std::max(bandwidth, time);
    if (describe(resource) == summary.busiest_resource())
      named = time;
  }
  Picoseconds criticalPath(findCriticalPath(context.tasks));
  compare(context, "critical path", summary.has_critical_path_ps(),
          summary.critical_path_ps(), criticalPath.count());
  compare(context, "time of the busiest resource",
          summary.has_busiest_resource_ps(), summary.busiest_resource_ps(),
          busiest.count());
  compare(context, "time of the busiest link or port",
          summary.has_bandwidth_ps(), summary.bandwidth_ps(),
          bandwidth.count());
  checkLowerBound(context, std::max(criticalPath, busiest), makespan);
  if (summary.has_busiest_resource_ps() && named != busiest)
    context.violations.report(Rule::Totals)
        << "the schedule names '" << summary.busiest_resource()
        << "' as the busiest resource, which is held for " << named.count()
        << " ps and another one for " << busiest.count() << " ps";
}

/// A schedule starts again after an interval in which each task has its time;
/// it never has to be longer than the makespan.
static void checkInterval(const CheckContext &context, Picoseconds makespan) {
  const v1::Schedule &schedule = context.schedule;
  if (!schedule.has_interval_ps()) {
    // Nothing is repeated by a schedule in which nothing takes time.
    if (makespan > Picoseconds())
      context.violations.report(Rule::Totals)
          << "the schedule states no interval, expected 1 ps to its makespan, "
          << makespan.count() << " ps";
    return;
  }
  if (schedule.interval_ps() < 1 ||
      Picoseconds(schedule.interval_ps()) > makespan)
    context.violations.report(Rule::Totals)
        << "the schedule states an interval of " << schedule.interval_ps()
        << " ps, expected 1 ps to its makespan, " << makespan.count() << " ps";
}

//===----------------------------------------------------------------------===//
// Energy
//===----------------------------------------------------------------------===//

/// The component of that name, if machines have one.
static std::optional<EnergyComponent> findComponent(StringRef name) {
  for (unsigned i = 0; i < numEnergyComponents; ++i)
    if (auto component = static_cast<EnergyComponent>(i);
        name == stringify(component))
      return component;
  return std::nullopt;
}

/// What each component of the machine takes is what tasks and transfers take of
/// it, and what leaks as long as they run.
static void checkEnergy(const CheckContext &context, EnergyBreakdown expected,
                        Picoseconds makespan) {
  expected[EnergyComponent::Leakage] +=
      leakageEnergy(context.model.getMachine(), makespan);
  std::array<const v1::ComponentEnergy *, numEnergyComponents> stated = {};
  for (const v1::ComponentEnergy &energy :
       context.schedule.summary().energy()) {
    std::optional<EnergyComponent> component =
        findComponent(energy.component());
    if (!component)
      context.violations.report(Rule::Totals)
          << "the schedule states energy of '" << energy.component()
          << "', which is no component of machines";
    else if (std::exchange(stated[static_cast<unsigned>(*component)], &energy))
      context.violations.report(Rule::Totals)
          << "the schedule states energy of '" << energy.component()
          << "' twice";
  }
  for (unsigned i = 0; i < numEnergyComponents; ++i) {
    auto component = static_cast<EnergyComponent>(i);
    bool isLeakage = component == EnergyComponent::Leakage;
    if (stated[i] && stated[i]->has_energy_fj() &&
        Femtojoules(stated[i]->energy_fj()) == expected[component])
      continue;
    InFlightDiagnostic error = context.violations.report(Rule::Totals);
    error << "the schedule states ";
    if (stated[i] && stated[i]->has_energy_fj())
      error << stated[i]->energy_fj() << " fJ";
    else
      error << "no energy";
    error << " of '" << stringify(component) << "', but "
          << (isLeakage ? "the machine leaks " : "its tasks take ")
          << expected[component].count() << " fJ";
    if (isLeakage)
      error << " in " << makespan.count() << " ps";
  }
}

void atleus::checkTotals(const CheckContext &context,
                         const EnergyBreakdown &priced) {
  Picoseconds makespan;
  for (unsigned i = 0; i < context.tasks.size(); ++i)
    makespan = std::max(makespan, context.tasks[i].end);
  compare(context, "makespan", context.schedule.has_makespan_ps(),
          context.schedule.makespan_ps(), makespan.count());
  checkInterval(context, makespan);
  if (!context.schedule.has_summary()) {
    context.violations.report(Rule::Totals)
        << "the schedule has no summary, which states its bounds and energy";
    return;
  }
  checkBounds(context, makespan);
  checkEnergy(context, priced, makespan);
}
