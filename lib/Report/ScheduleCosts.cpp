// Prices the kinds of tasks of a schedule, and puts the tasks together again.
#include "ScheduleCosts.h"

#include "atleus/Cost/Leakage.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"

using namespace mlir;
using namespace atleus;
using scheduling::LoadedProblem;
using scheduling::Problem;
using scheduling::Use;

static scheduling::Starts getStarts(const LoadedProblem &loaded) {
  scheduling::Starts starts;
  for (sched::TimedOpInterface op : loaded.tasks)
    starts.push_back(op.getStart().value_or(Picoseconds()));
  return starts;
}

ScheduleCosts::ScheduleCosts(ModuleOp module, sched::ScheduleOp schedule)
    : loaded(scheduling::loadProblem(schedule, /*hasNames=*/false)),
      order(loaded.problem, getStarts(loaded)) {
  module.walk([&](KernelOpInterface kernel) {
    kernels.try_emplace(nn::getKernelName(kernel), kernel);
  });
  addKind({}); // barriers
  for (sched::TimedOpInterface op : loaded.tasks) {
    kindOf.push_back(getKind(op));
    ++kinds[kindOf.back()].count;
  }
}

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

unsigned ScheduleCosts::addKind(Kind kind) {
  kinds.push_back(std::move(kind));
  return kinds.size() - 1;
}

unsigned ScheduleCosts::getKind(sched::TimedOpInterface op) {
  if (auto task = dyn_cast<sched::TaskOp>(*op))
    return getTaskKind(task);
  if (auto transfer = dyn_cast<sched::TransferOp>(*op))
    return getTransferKind(transfer);
  return 0;
}

unsigned ScheduleCosts::getTaskKind(sched::TaskOp task) {
  Kind kind;
  kind.what = Kind::Work;
  auto found = kernels.find(task.getKernel());
  if (found != kernels.end()) {
    KernelOpInterface kernel = found->second;
    Tile tile = kernel.getTaskResult(task.getIndex());
    std::vector<int64_t> sizes(tile.sizes.begin(), tile.sizes.end());
    auto [entry, isNew] =
        kernelKinds.try_emplace({kernel, std::move(sizes)}, kinds.size());
    if (!isNew)
      return entry->second;
    kind.place = kernel.getKernelTier().getAttr();
    kind.work = kernel.getTileWork(tile);
    return addKind(std::move(kind));
  }
  // A read of an input, the write of a result, or a task from elsewhere.
  if (std::optional<int64_t> bytes = task.getBytes()) {
    auto [entry, isNew] =
        outerKinds.try_emplace({task.getUnit().str(), *bytes}, kinds.size());
    if (!isNew)
      return entry->second;
    kind.place = task.getUnitAttr();
    kind.work.bytesRead = *bytes;
    return addKind(std::move(kind));
  }
  kind.what = Kind::Fixed;
  kind.fixed.duration = Picoseconds(task.getDurationPs());
  kind.fixed.energy = Femtojoules(task.getEnergyFj().value_or(0));
  return addKind(std::move(kind));
}

unsigned ScheduleCosts::getTransferKind(sched::TransferOp transfer) {
  Kind kind;
  kind.what = Kind::Transfer;
  for (const noc::Hop &hop : transfer.getRoute().getHops())
    kind.hops.push_back(hop.kind());
  kind.bits = transfer.getBits();
  auto [entry, isNew] =
      transferKinds.try_emplace({kind.hops, kind.bits}, kinds.size());
  return isNew ? addKind(std::move(kind)) : entry->second;
}

//===----------------------------------------------------------------------===//
// Prices
//===----------------------------------------------------------------------===//

ScheduleCosts::Cost ScheduleCosts::priceTransfer(const Kind &kind,
                                                 const NoCConstants &noc) {
  RouteLength length;
  for (LinkKind hop : kind.hops)
    ++length[hop];
  TransferSize size = transferSize(noc, kind.bits);
  TransferTiming timing = transferTiming(noc, length, size);
  Cost cost;
  cost.duration = timing.duration;
  cost.energy = transferEnergy(noc, length, size.flits).total();
  // The injection port from the start, the links and the ejection port as the
  // head comes to them.
  cost.uses.push_back({Picoseconds(), timing.path.held});
  for (Picoseconds arrival : headArrivals(timing.path, kind.hops))
    cost.uses.push_back({arrival, timing.path.held});
  return cost;
}

/// The price of work at a tier, in a memory or on the host.
static std::optional<Price> priceAt(Operation *part, const Work &work) {
  if (auto memory = dyn_cast<arch::MemoryOp>(part)) {
    Price price;
    price.duration = accessTime(getConstants(memory), work.bytesRead);
    price.energy[EnergyComponent::Dram] =
        accessEnergy(getConstants(memory), work.bytesRead);
    return price;
  }
  auto core = dyn_cast<ResourceModelOpInterface>(arch::getPricedOp(part));
  return core ? core.price(work, nullptr) : std::nullopt;
}

std::optional<ScheduleCosts::Cost>
ScheduleCosts::price(const Kind &kind, Operation *part,
                     const NoCConstants &noc) {
  if (kind.what == Kind::Fixed)
    return kind.fixed;
  if (kind.what == Kind::Transfer)
    return priceTransfer(kind, noc);
  std::optional<Price> price =
      part ? priceAt(part, kind.work) : std::optional<Price>();
  if (!price)
    return std::nullopt;
  Cost cost;
  cost.duration = price->duration;
  cost.energy = price->energy.total();
  cost.uses.push_back({Picoseconds(), cost.duration});
  cost.uses.push_back({Picoseconds(), price->stream});
  return cost;
}

//===----------------------------------------------------------------------===//
// Totals
//===----------------------------------------------------------------------===//

/// The problem with other times, to be scheduled anew.
static Picoseconds reschedule(const Problem &problem,
                              ArrayRef<Picoseconds> durations,
                              ArrayRef<Use> uses) {
  Problem changed;
  for (unsigned i = 0; i < problem.numResources(); ++i)
    changed.addResource(problem.resourceName(i));
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    size_t count = problem.uses(task).size();
    changed.addTask(problem.taskName(task), durations[task],
                    uses.take_front(count), problem.release(task));
    uses = uses.drop_front(count);
  }
  for (auto [predecessor, task] : problem.dependences())
    changed.addDependence(predecessor, task);
  llvm::Expected<scheduling::DependenceGraph> graph =
      scheduling::DependenceGraph::build(changed);
  if (!graph) { // Not in a problem that has been scheduled.
    llvm::consumeError(graph.takeError());
    return {};
  }
  return makespan(changed, scheduling::scheduleByList(changed, *graph));
}

Picoseconds ScheduleCosts::getLatency(ArrayRef<Cost> costs) {
  if (firstCosts.empty()) {
    firstLatency = computeLatency(costs);
    firstCosts.assign(costs.begin(), costs.end());
  }
  bool isKnown =
      llvm::all_of_zip(costs, firstCosts, [](const Cost &a, const Cost &b) {
        return a.takesAsLongAs(b);
      });
  return isKnown ? firstLatency : computeLatency(costs);
}

Picoseconds ScheduleCosts::computeLatency(ArrayRef<Cost> costs) const {
  const Problem &problem = loaded.problem;
  std::vector<Picoseconds> durations;
  std::vector<Use> uses;
  durations.reserve(problem.numTasks());
  uses.reserve(problem.numUses());
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    const Cost &cost = costs[kindOf[task]];
    durations.push_back(cost.duration);
    for (auto [i, use] : llvm::enumerate(problem.uses(task))) {
      // A schedule from elsewhere may hold what the models do not know.
      bool known = i < cost.uses.size();
      uses.push_back({use.resource, known ? cost.uses[i].first : use.offset,
                      known ? cost.uses[i].second : use.length});
    }
  }
  if (std::optional<Picoseconds> kept = order.makespan(durations, uses))
    return *kept;
  return reschedule(problem, durations, uses);
}

std::optional<ScheduleTotals> ScheduleCosts::evaluate(arch::MachineOp machine) {
  std::vector<Cost> costs;
  ScheduleTotals totals;
  NoCConstants noc = getConstants(machine.getNoC());
  SymbolTable parts(machine);
  for (const Kind &kind : kinds) {
    Operation *part = kind.place ? parts.lookup(kind.place) : nullptr;
    std::optional<Cost> cost = price(kind, part, noc);
    if (!cost)
      return std::nullopt;
    totals.energy += cost->energy * kind.count;
    costs.push_back(std::move(*cost));
  }
  totals.latency = getLatency(costs);
  totals.energy += leakageEnergy(machine, totals.latency);
  return totals;
}
