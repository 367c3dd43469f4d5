// Prices the kinds of tasks of a schedule, and puts the tasks together again.
#include "ScheduleCosts.h"

#include "atleus/Cost/Leakage.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/Systolic/Systolic.h"

#include "llvm/ADT/Hashing.h"

using namespace mlir;
using namespace atleus;
using scheduling::Problem;
using scheduling::Use;

ScheduleCosts::ScheduleCosts(ModuleOp module, const LoadedSchedule &schedule,
                             const scheduling::FixedOrder &order)
    : loaded(schedule.loaded), order(order) {
  module.walk([&](KernelOpInterface kernel) {
    kernels.try_emplace(nn::getKernelName(kernel), kernel);
  });
  rewritten = findRewritten(module);
  addKind({}); // barriers
  kindOf.reserve(loaded.tasks.size());
  for (sched::TimedOpInterface op : loaded.tasks) {
    kindOf.push_back(getKind(op));
    ++kinds[kindOf.back()].count;
  }
  const Problem &problem = loaded.problem;
  durations.reserve(problem.numTasks());
  uses.reserve(problem.numUses());
  for (unsigned task = 0; task < problem.numTasks(); ++task) {
    durations.push_back(problem.duration(task));
    llvm::append_range(uses, problem.uses(task));
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

static bool operator==(const MatrixProduct &a, const MatrixProduct &b) {
  auto fields = [](const MatrixProduct &product) {
    return std::tie(product.batch, product.m, product.k, product.n,
                    product.lhsBits, product.rhsBits, product.staticRhs,
                    product.rowsPerScale);
  };
  return fields(a) == fields(b) && a.sparsity == b.sparsity;
}

bool ScheduleCosts::Kind::isSameWork(const Kind &other) const {
  auto fields = [](const Kind &kind) {
    return std::tie(kind.what, kind.place, kind.isWeighted, kind.work.bytesRead,
                    kind.work.bytesWritten, kind.work.parameterBytes,
                    kind.work.vector);
  };
  return fields(*this) == fields(other) &&
         llvm::equal(work.products, other.work.products,
                     [](const MatrixProduct &a, const MatrixProduct &b) {
                       return a == b;
                     });
}

/// The kind of work or of a load, which another kernel may have, too.
unsigned ScheduleCosts::addWork(Kind kind) {
  uint64_t hash = llvm::hash_combine(
      static_cast<unsigned>(kind.what), kind.place.getAsOpaquePointer(),
      kind.work.bytesRead, kind.work.bytesWritten, kind.work.parameterBytes,
      kind.work.macs());
  // The map reserves the largest numbers.
  llvm::SmallVector<unsigned, 1> &same = workKinds[hash >> 1];
  for (unsigned known : same)
    if (kinds[known].isSameWork(kind))
      return known;
  same.push_back(addKind(std::move(kind)));
  return same.back();
}

/// Tasks with tiles of equal shape of one kernel, or the loads for them.
unsigned ScheduleCosts::getKernelKind(KernelOpInterface kernel, int64_t index,
                                      bool isLoad) {
  Tile tile = kernel.getTaskResult(index);
  std::vector<int64_t> sizes(tile.sizes.begin(), tile.sizes.end());
  auto [entry, isNew] = (isLoad ? loadKinds : kernelKinds)
                            .try_emplace({kernel, std::move(sizes)}, 0);
  if (!isNew)
    return entry->second;
  Kind kind;
  kind.what = isLoad ? Kind::Load : Kind::Work;
  kind.place = kernel.getKernelTier().getAttr();
  kind.work = kernel.getTileWork(tile);
  auto product = dyn_cast<systolic::MatMulOp>(kernel.getOperation());
  kind.isWeighted = product && product.getStaticRhs();
  return entry->second = addWork(std::move(kind));
}

unsigned ScheduleCosts::getWriteKind(pim::ProgramOp program) {
  auto [entry, isNew] = writeKinds.try_emplace(program, kinds.size());
  if (!isNew)
    return entry->second;
  Kind kind;
  kind.what = Kind::Write;
  kind.program = program;
  return addKind(std::move(kind));
}

unsigned ScheduleCosts::getTaskKind(sched::TaskOp task) {
  StringRef name = task.getKernel();
  if (KernelOpInterface kernel = kernels.lookup(name))
    return getKernelKind(kernel, task.getIndex(), /*isLoad=*/false);
  StringRef weight = name;
  if (weight.consume_front("load:"))
    if (KernelOpInterface kernel = kernels.lookup(weight))
      return getKernelKind(kernel, task.getIndex(), /*isLoad=*/true);
  if (weight.consume_front("write:"))
    if (pim::ProgramOp program = rewritten.lookup(weight))
      return getWriteKind(program);
  Kind kind;
  kind.what = Kind::Work;
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

ScheduleCosts::TreeShape ScheduleCosts::readShape(sched::TransferOp transfer) {
  TreeShape shape;
  std::map<noc::Node, std::vector<LinkKind>> linksTo;
  auto add = [&](noc::RouteAttr part) {
    noc::Node node = part.getStart();
    std::vector<LinkKind> links = linksTo[node];
    for (const noc::Hop &hop : part.getHops()) {
      links.push_back(hop.kind());
      node = noc::advance(node, hop);
      linksTo[node] = links;
    }
    shape.emplace_back(std::move(links), part.getHops().size());
  };
  if (!transfer.getBranches()) {
    auto kinds =
        llvm::map_range(transfer.getRoute().getHops(),
                        [](const noc::Hop &hop) { return hop.kind(); });
    shape.emplace_back(std::vector<LinkKind>(kinds.begin(), kinds.end()),
                       transfer.getRoute().getHops().size());
    return shape;
  }
  add(transfer.getRoute());
  for (auto branch : transfer.getBranches()->getAsRange<noc::RouteAttr>())
    add(branch);
  return shape;
}

unsigned ScheduleCosts::getShape(sched::TransferOp transfer) {
  auto [entry, isNew] = routeShapes.try_emplace(
      {transfer.getRouteAttr(), transfer.getBranchesAttr()}, 0);
  if (isNew)
    entry->second =
        shapes.try_emplace(readShape(transfer), shapes.size()).first->second;
  return entry->second;
}

unsigned ScheduleCosts::getTransferKind(sched::TransferOp transfer) {
  auto bits = static_cast<int64_t>(transfer.getBits());
  auto [entry, isNew] =
      transferKinds.try_emplace({getShape(transfer), bits}, kinds.size());
  if (!isNew)
    return entry->second;
  Kind kind;
  kind.what = Kind::Transfer;
  kind.shape = readShape(transfer);
  kind.bits = bits;
  return addKind(std::move(kind));
}

//===----------------------------------------------------------------------===//
// Prices
//===----------------------------------------------------------------------===//

ScheduleCosts::Cost ScheduleCosts::priceTransfer(const Kind &kind,
                                                 const NoCConstants &noc) {
  TreeLength length;
  for (const auto &[links, numOwn] : kind.shape) {
    RouteLength path, own;
    for (LinkKind link : links)
      ++path[link];
    for (LinkKind link : ArrayRef(links).take_back(numOwn))
      ++own[link];
    length.addPath(path, own);
  }
  TransferSize size = transferSize(noc, kind.bits);
  TransferTiming timing = multicastTiming(noc, length, size);
  Cost cost;
  cost.duration = timing.duration;
  cost.energy = multicastEnergy(noc, length, size.flits).total();
  // The injection port from the start, the links and the ejection ports as the
  // head comes to them.
  cost.uses.push_back({Picoseconds(), timing.path.held});
  for (const auto &[links, numOwn] : kind.shape) {
    SmallVector<Picoseconds> arrivals = headArrivals(timing.path, links);
    for (Picoseconds arrival : ArrayRef(arrivals).take_back(numOwn + 1))
      cost.uses.push_back({arrival, timing.path.held});
  }
  return cost;
}

void ScheduleCosts::priceTransfers(arch::NoCOp op) {
  DictionaryAttr numbers = op->getAttrDictionary();
  if (network == numbers)
    return;
  network = numbers;
  NoCConstants noc = getConstants(op);
  transferCosts.resize(kinds.size());
  for (auto [i, kind] : llvm::enumerate(kinds))
    if (kind.what == Kind::Transfer)
      transferCosts[i] = priceTransfer(kind, noc);
}

/// The price of work at a tier, in a memory or on the host.
static std::optional<Price> priceAt(Operation *part, const Work &work) {
  if (isa<arch::MemoryOp>(part)) {
    Price price = priceOuter(part, work.bytesRead);
    price.stream = Picoseconds();
    return price;
  }
  auto core = dyn_cast<ResourceModelOpInterface>(arch::getPricedOp(part));
  return core ? core.price(work, nullptr) : std::nullopt;
}

std::optional<Price> ScheduleCosts::priceKind(const Kind &kind, Operation *part,
                                              arch::MachineOp machine) {
  if (kind.what == Kind::Write)
    return priceRewrite(kind.program, machine, findOuter(machine));
  if (!part)
    return std::nullopt;
  auto core = dyn_cast<arch::SystolicOp>(arch::getPricedOp(part));
  if (!core || !kind.isWeighted)
    return priceAt(part, kind.work);
  if (!core.getMemoryOp())
    return std::nullopt;
  if (kind.what == Kind::Load)
    return loadParameters(getCore(core), kind.work).price;
  return priceOnLoadedSystolic(getCore(core), kind.work, nullptr);
}

std::optional<ScheduleCosts::Cost>
ScheduleCosts::price(const Kind &kind, Operation *part,
                     arch::MachineOp machine) {
  if (kind.what == Kind::Fixed)
    return kind.fixed;
  std::optional<Price> price = priceKind(kind, part, machine);
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
    setTimes(costs, BitVector(costs.size(), true));
    firstLatency = computeLatency();
    firstCosts.assign(costs.begin(), costs.end());
    lastChanged.resize(costs.size());
  }
  BitVector changed(costs.size());
  for (auto [i, cost] : llvm::enumerate(costs))
    changed[i] = !cost.takesAsLongAs(firstCosts[i]);
  if (changed.none())
    return firstLatency;
  // What was changed for the costs before, and what is for these.
  lastChanged |= changed;
  setTimes(costs, lastChanged);
  lastChanged = std::move(changed);
  return computeLatency();
}

void ScheduleCosts::setTimes(ArrayRef<Cost> costs, const BitVector &which) {
  size_t firstUse = 0;
  for (unsigned task = 0; task < kindOf.size(); ++task) {
    size_t numUses = loaded.problem.uses(task).size();
    if (which[kindOf[task]]) {
      const Cost &cost = costs[kindOf[task]];
      durations[task] = cost.duration;
      // A schedule from elsewhere may hold what the models do not know.
      for (size_t i = 0; i < std::min(numUses, cost.uses.size()); ++i)
        std::tie(uses[firstUse + i].offset, uses[firstUse + i].length) =
            cost.uses[i];
    }
    firstUse += numUses;
  }
}

Picoseconds ScheduleCosts::computeLatency() {
  if (std::optional<Picoseconds> kept = order.makespan(durations, uses))
    return *kept;
  return reschedule(loaded.problem, durations, uses);
}

std::optional<ScheduleTotals> ScheduleCosts::evaluate(arch::MachineOp machine) {
  std::vector<Cost> costs;
  costs.reserve(kinds.size());
  ScheduleTotals totals;
  SymbolTable parts(machine);
  priceTransfers(machine.getNoC());
  for (auto [i, kind] : llvm::enumerate(kinds)) {
    Operation *part = kind.place ? parts.lookup(kind.place) : nullptr;
    std::optional<Cost> cost = kind.what == Kind::Transfer
                                   ? transferCosts[i]
                                   : price(kind, part, machine);
    if (!cost)
      return std::nullopt;
    totals.energy += cost->energy * kind.count;
    costs.push_back(std::move(*cost));
  }
  totals.latency = getLatency(costs);
  totals.energy += leakageEnergy(machine, totals.latency);
  return totals;
}
