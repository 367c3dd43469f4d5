// Reads off a schedule how weights come to where they are multiplied.
#include "atleus/Report/WeightTraffic.h"

#include "atleus/Cost/Endurance.h"
#include "atleus/Cost/WeightPrices.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace atleus;

/// Whether a task brings a weight.
static bool bringsWeight(sched::TimedOpInterface op) {
  auto task = dyn_cast<sched::TaskOp>(*op);
  return task && (task.getKernel().starts_with("load:") ||
                  task.getKernel().starts_with("write:"));
}

/// How much of the makespan goes when what brings weights takes no time.
static Picoseconds findExposed(const LoadedSchedule &schedule,
                               const scheduling::FixedOrder &order) {
  const scheduling::LoadedProblem &loaded = schedule.loaded;
  if (llvm::none_of(loaded.tasks, bringsWeight))
    return Picoseconds();
  const scheduling::Problem &problem = loaded.problem;
  std::vector<Picoseconds> durations;
  std::vector<scheduling::Use> uses;
  durations.reserve(problem.numTasks());
  uses.reserve(problem.numUses());
  for (auto [task, timed] : llvm::enumerate(loaded.tasks)) {
    sched::TimedOpInterface op = timed;
    bool free = bringsWeight(op);
    durations.push_back(free ? Picoseconds() : op.getDuration());
    for (scheduling::Use use : problem.uses(task)) {
      if (free)
        use.length = Picoseconds();
      uses.push_back(use);
    }
  }
  Picoseconds now = makespan(problem, schedule.starts);
  Picoseconds without = order.makespan(durations, uses).value_or(now);
  return std::max(Picoseconds(), now - without);
}

static void addTask(sched::TaskOp task, llvm::StringSet<> &names,
                    WeightGroup &group) {
  if (names.insert(task.getKernel()).second)
    ++group.weights;
  group.bytes += task.getBytes().value_or(0);
  group.busy += Picoseconds(task.getDurationPs());
  ++group.tasks;
}

WeightTraffic atleus::readWeightTraffic(ModuleOp module,
                                        arch::MachineOp machine,
                                        const LoadedSchedule &loaded,
                                        const scheduling::FixedOrder &order) {
  sched::ScheduleOp schedule = loaded.op;
  WeightTraffic traffic;
  module.walk([&](pim::ProgramOp program) {
    int64_t replicas = static_cast<int64_t>(program.getReplicas()) - 1;
    if (program.getSlot()) {
      traffic.rewritten.replicas += replicas;
      return;
    }
    ++traffic.resident.weights;
    traffic.resident.replicas += replicas;
    traffic.resident.bytes += countWrittenBytes(program);
  });
  llvm::StringSet<> names;
  for (auto task : schedule.getOps<sched::TaskOp>()) {
    if (task.getKernel().starts_with("load:"))
      addTask(task, names, traffic.loaded);
    else if (task.getKernel().starts_with("write:"))
      addTask(task, names, traffic.rewritten);
  }
  traffic.exposed = findExposed(loaded, order);
  Picoseconds interval(
      schedule.getIntervalPs().value_or(schedule.getMakespanPs().value_or(0)));
  for (const TierWear &wear : findWear(module, machine)) {
    arch::TierOp tier = wear.tier;
    traffic.wear.push_back({tier.getSymName().str(), wear.writesPerInference,
                            wear.enduranceWrites, wear.getYears(interval)});
  }
  return traffic;
}
