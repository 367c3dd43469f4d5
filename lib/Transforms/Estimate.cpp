// The energy of a schedule: of tasks, of transfers, and of idle parts.
#include "DataFlows.h"
#include "Routes.h"
#include "TaskPrices.h"

#include "atleus/Cost/Endurance.h"
#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/NodeModel.h"
#include "atleus/Support/NumberText.h"
#include "atleus/Transforms/MachineLibrary.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"

namespace atleus {
#define GEN_PASS_DEF_ESTIMATE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

namespace {
/// The kernels of a module by the names that tasks have, and its weights that
/// are written anew.
struct KernelPrices {
  llvm::StringMap<std::pair<KernelOpInterface, TaskPrices>> kernels;
  llvm::StringMap<pim::ProgramOp> rewritten;
};

/// The energy of a transfer, and what of it is that of each node of its tree.
struct TransferEnergy {
  /// How many transfers are like it.
  int64_t count = 0;
  Femtojoules total;
  SmallVector<std::pair<int64_t, EnergyBreakdown>, 4> ofNodes;
};

/// Adds up the energy of one schedule.
class EnergyEstimate {
public:
  EnergyEstimate(arch::MachineOp machine, KernelPrices &kernels)
      : machine(machine), outer(machine), prices(kernels),
        noc(getConstants(machine.getNoC())), network(noc),
        ofNode(noc.dims[0] * noc.dims[1] * noc.dims[2]),
        leakageOfNode(ofNode.size()) {}

  LogicalResult addTask(sched::TaskOp task);
  LogicalResult addTransfer(sched::TransferOp transfer);
  /// Counts the energy of all transfers that were added.
  void countTransfers();
  void addLeakage(Picoseconds makespan);
  LogicalResult store(sched::SummaryOp summary);

private:
  LogicalResult addPart(sched::TransferOp transfer, noc::RouteAttr part,
                        TreeLength &length, EnergyBreakdown &before,
                        TransferEnergy &result);
  LogicalResult estimate(sched::TransferOp transfer, TransferEnergy &result);
  FailureOr<EnergyBreakdown> price(sched::TaskOp task);
  FailureOr<EnergyBreakdown> priceOuterTask(sched::TaskOp task);
  std::optional<EnergyBreakdown> priceWeightTask(sched::TaskOp task);
  FailureOr<int64_t> findNode(Operation *op, noc::Node node);
  /// Counts energy, what of it stays in the stack at a node.
  void add(const EnergyBreakdown &energy, int64_t node);

  arch::MachineOp machine;
  OuterPlace outer;
  KernelPrices &prices;
  NoCConstants noc;
  NoCTopology network;
  EnergyBreakdown total;
  SmallVector<Femtojoules> ofNode;
  SmallVector<Femtojoules> leakageOfNode;
  /// By route, branches and flits, which most transfers share with others.
  llvm::MapVector<std::tuple<Attribute, Attribute, int64_t>, TransferEnergy>
      transfers;
};
} // namespace

FailureOr<int64_t> EnergyEstimate::findNode(Operation *op, noc::Node node) {
  const auto &dims = noc.dims;
  if (node.x < dims[0] && node.y < dims[1] && node.z < dims[2])
    return node.x + dims[0] * (node.y + dims[1] * node.z);
  InFlightDiagnostic error = emitError(op->getLoc())
                             << "node " << noc::toString(node)
                             << " is outside of the network of " << dims[0]
                             << "x" << dims[1] << "x" << dims[2] << " nodes";
  error.attachNote(machine.getNoC().getLoc()) << "network declared here";
  return error;
}

void EnergyEstimate::add(const EnergyBreakdown &energy, int64_t node) {
  total += energy;
  ofNode[node] += energy.total() - energy[EnergyComponent::Dram] -
                  energy[EnergyComponent::Host];
  leakageOfNode[node] += energy[EnergyComponent::Leakage];
}

//===----------------------------------------------------------------------===//
// Tasks and transfers
//===----------------------------------------------------------------------===//

/// Most ops have their energy since the schedule was built.
template <typename Op>
static void setEnergy(Op op, Femtojoules energy) {
  if (op.getEnergyFj() != energy.count())
    op.setEnergyFj(energy.count());
}

/// The energy of a task that moves data in or out of the machine, which is
/// known since the schedule was built.
FailureOr<EnergyBreakdown> EnergyEstimate::priceOuterTask(sched::TaskOp task) {
  Operation *part = machine.lookupSymbol(task.getUnit());
  if (!isa_and_nonnull<arch::MemoryOp, arch::HostOp>(part))
    return emitError(task.getLoc())
           << "the module has no kernel \"" << task.getKernel()
           << "\", and its unit \"" << task.getUnit()
           << "\" is neither a memory nor the host of @"
           << machine.getSymName();
  if (!task.getEnergyFj())
    return emitError(task.getLoc())
           << "a task of no kernel needs its energy from "
              "atleus-build-schedule";
  EnergyBreakdown energy;
  energy[isa<arch::MemoryOp>(part) ? EnergyComponent::Dram
                                   : EnergyComponent::Host] =
      Femtojoules(*task.getEnergyFj());
  return energy;
}

/// The energy of a task that brings a weight; none if `task` is not one of the
/// module's.
std::optional<EnergyBreakdown>
EnergyEstimate::priceWeightTask(sched::TaskOp task) {
  StringRef name = task.getKernel();
  if (name.consume_front("load:")) {
    auto found = prices.kernels.find(name);
    if (found == prices.kernels.end())
      return std::nullopt;
    auto &[kernel, ofTasks] = found->second;
    if (!ofTasks.hasLoads() || task.getIndex() >= kernel.getNumTasks())
      return std::nullopt;
    return ofTasks.getLoad(task.getIndex()).price.energy;
  }
  if (!name.consume_front("write:"))
    return std::nullopt;
  pim::ProgramOp program = prices.rewritten.lookup(name);
  if (!program)
    return std::nullopt;
  return priceRewrite(program, machine, outer.op).energy;
}

FailureOr<EnergyBreakdown> EnergyEstimate::price(sched::TaskOp task) {
  auto found = prices.kernels.find(task.getKernel());
  if (found == prices.kernels.end()) {
    if (std::optional<EnergyBreakdown> energy = priceWeightTask(task))
      return *energy;
    return priceOuterTask(task);
  }
  auto &[kernel, ofTasks] = found->second;
  if (task.getIndex() >= kernel.getNumTasks()) {
    InFlightDiagnostic error = emitError(task.getLoc())
                               << "task " << task.getIndex() << " of \""
                               << task.getKernel() << "\", which has "
                               << kernel.getNumTasks() << " tasks";
    error.attachNote(kernel->getLoc()) << "kernel declared here";
    return error;
  }
  FailureOr<Price> price = ofTasks.get(task.getIndex());
  if (failed(price))
    return failure();
  return price->energy;
}

LogicalResult EnergyEstimate::addTask(sched::TaskOp task) {
  FailureOr<EnergyBreakdown> energy = price(task);
  FailureOr<int64_t> node = findNode(task, task.getNode().getNode());
  if (failed(energy) || failed(node))
    return failure();
  setEnergy(task, energy->total());
  add(*energy, *node);
  return success();
}

/// Follows a route or a branch. What the tree costs more with each of its nodes
/// than without is the energy of that node.
LogicalResult EnergyEstimate::addPart(sched::TransferOp transfer,
                                      noc::RouteAttr part, TreeLength &length,
                                      EnergyBreakdown &before,
                                      TransferEnergy &result) {
  // One more destination, which moves away from node to node.
  length.addPath({}, {});
  for (auto [index, node] : llvm::enumerate(part.getNodes())) {
    FailureOr<int64_t> place = findNode(transfer, node);
    if (failed(place))
      return failure();
    if (index > 0)
      ++length.links[part.getHops()[index - 1].kind()];
    EnergyBreakdown energy = multicastEnergy(noc, length, transfer.getFlits());
    EnergyBreakdown more = energy;
    for (unsigned i = 0; i < numEnergyComponents; ++i)
      more.component[i] -= before.component[i];
    result.ofNodes.emplace_back(*place, more);
    before = energy;
  }
  return verifyLinks(transfer.getLoc(), part, network, machine.getNoC());
}

LogicalResult EnergyEstimate::estimate(sched::TransferOp transfer,
                                       TransferEnergy &result) {
  TreeLength length;
  EnergyBreakdown energy;
  if (failed(addPart(transfer, transfer.getRoute(), length, energy, result)))
    return failure();
  if (transfer.getBranches())
    for (auto branch : transfer.getBranches()->getAsRange<noc::RouteAttr>())
      if (failed(addPart(transfer, branch, length, energy, result)))
        return failure();
  result.total = energy.total();
  return success();
}

LogicalResult EnergyEstimate::addTransfer(sched::TransferOp transfer) {
  auto [entry, isNew] = transfers.try_emplace(
      {transfer.getRouteAttr(), transfer.getBranchesAttr(),
       static_cast<int64_t>(transfer.getFlits())});
  TransferEnergy &energy = entry->second;
  if (isNew && failed(estimate(transfer, energy)))
    return failure();
  ++energy.count;
  setEnergy(transfer, energy.total);
  return success();
}

void EnergyEstimate::countTransfers() {
  for (const auto &[key, energy] : transfers)
    for (const auto &[node, part] : energy.ofNodes) {
      EnergyBreakdown ofAll;
      for (unsigned i = 0; i < numEnergyComponents; ++i)
        ofAll.component[i] = part.component[i] * energy.count;
      add(ofAll, node);
    }
}

//===----------------------------------------------------------------------===//
// Idle parts
//===----------------------------------------------------------------------===//

void EnergyEstimate::addLeakage(Picoseconds makespan) {
  auto overMakespan = [&](Nanowatts power) {
    EnergyBreakdown energy;
    energy[EnergyComponent::Leakage] = energyOver(power, makespan);
    return energy;
  };
  auto fromMicrowatts = [](int64_t power) { return Nanowatts(1000 * power); };
  for (int64_t node = 0; node < static_cast<int64_t>(ofNode.size()); ++node)
    add(overMakespan(fromMicrowatts(machine.getNoC().getRouterLeakageUw())),
        node);
  for (arch::TierOp tier : machine.getTiers()) {
    EnergyBreakdown energy = overMakespan(getIdlePower(tier));
    for (int64_t i = 0; i < tier.getNumNodes(); ++i) {
      NodeCoordinate node = getNode(tier, i);
      add(energy, node.x + noc.dims[0] * (node.y + noc.dims[1] * node.z));
    }
  }
  total += overMakespan(fromMicrowatts(machine.getHost().getIdleUw()));
  for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
    total += overMakespan(fromMicrowatts(memory.getIdleUw()));
}

static SmallVector<int64_t> toCounts(ArrayRef<Femtojoules> energies) {
  return llvm::map_to_vector(energies,
                             [](Femtojoules energy) { return energy.count(); });
}

/// What takes the most: the first of what has reached the limit.
static StringRef nameLargest(const EnergyBreakdown &energy) {
  unsigned largest = 0;
  for (unsigned i = 1; i < numEnergyComponents; ++i)
    if (energy.component[largest] < energy.component[i])
      largest = i;
  return stringify(static_cast<EnergyComponent>(largest));
}

LogicalResult EnergyEstimate::store(sched::SummaryOp summary) {
  if (total.total() == Femtojoules::largest()) {
    InFlightDiagnostic error = emitError(summary.getLoc());
    error << "an inference takes "
          << formatTimeSpan(static_cast<double>(summary.getMakespanPs()) *
                            1e-12)
          << " and more than the 9,223 J that can be stated, most of them "
          << nameLargest(total);
    error.attachNote(machine.getLoc())
        << "expected smaller energies, powers or times in this machine";
    for (const auto &[part, text] : findOverrides(machine))
      error.attachNote(part->getLoc()) << "changed by the " << text;
    return error;
  }
  Builder builder(summary.getContext());
  SmallVector<NamedAttribute> entries;
  for (unsigned i = 0; i < numEnergyComponents; ++i) {
    auto component = static_cast<EnergyComponent>(i);
    entries.push_back(builder.getNamedAttr(
        stringify(component),
        builder.getI64IntegerAttr(total[component].count())));
  }
  summary.setEnergyFjAttr(builder.getDictionaryAttr(entries));
  summary.setNodeEnergyFj(toCounts(ofNode));
  summary.setNodeLeakageFj(toCounts(leakageOfNode));
  return success();
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

namespace {
struct Estimate : public atleus::impl::EstimateBase<Estimate> {
  using EstimateBase::EstimateBase;

  void runOnOperation() final {
    FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
    if (failed(machine) || failed(collectKernels(*machine)))
      return signalPassFailure();
    for (auto schedule : getOperation().getOps<sched::ScheduleOp>())
      if (failed(estimate(schedule, *machine)))
        return signalPassFailure();
  }

private:
  LogicalResult collectKernels(arch::MachineOp machine);
  LogicalResult estimate(sched::ScheduleOp schedule, arch::MachineOp machine);

  KernelPrices kernels;
};
} // namespace

LogicalResult Estimate::collectKernels(arch::MachineOp machine) {
  kernels.kernels.clear();
  kernels.rewritten = findRewritten(getOperation());
  WalkResult walk = getOperation().walk([&](KernelOpInterface kernel) {
    FailureOr<Operation *> place = arch::findPlace(machine, kernel);
    if (failed(place))
      return WalkResult::interrupt();
    kernels.kernels.try_emplace(
        nn::getKernelName(kernel),
        std::pair(kernel, TaskPrices(kernel, arch::getPricedOp(*place))));
    return WalkResult::advance();
  });
  return failure(walk.wasInterrupted());
}

/// The lifetime below which a schedule is warned of. It is no limit of devices:
/// a machine that wears out within a year of use is rarely what its designer
/// has in mind.
static constexpr double expectedYears = 1;

/// Warns of crossbars that rewriting wears out soon at the schedule's own rate.
static void warnOfWear(sched::ScheduleOp schedule, arch::MachineOp machine) {
  Picoseconds interval(
      schedule.getIntervalPs().value_or(schedule.getMakespanPs().value_or(0)));
  for (const TierWear &wear :
       findWear(schedule->getParentOfType<ModuleOp>(), machine)) {
    if (wear.getYears(interval) >= expectedYears)
      continue;
    arch::TierOp tier = wear.tier;
    InFlightDiagnostic warning = emitWarning(schedule.getLoc());
    warning << "cells of @" << tier.getSymName() << " last "
            << formatCount(wear.countInferences()) << " inferences, which take "
            << formatTimeSpan(wear.getSeconds(interval)) << " with one every "
            << formatTimeSpan(static_cast<double>(interval.count()) * 1e-12)
            << ": each inference writes them "
            << formatCount(wear.writesPerInference)
            << (wear.writesPerInference == 1 ? " time" : " times");
    warning.attachNote(tier.getCoreOp()->getLoc())
        << "cells survive " << formatCount(wear.enduranceWrites) << " writes";
  }
}

LogicalResult Estimate::estimate(sched::ScheduleOp schedule,
                                 arch::MachineOp machine) {
  sched::SummaryOp summary = schedule.getSummary();
  if (!summary)
    return emitError(schedule.getLoc())
           << "schedule @" << schedule.getSymName()
           << " has no summary; run atleus-schedule before its energy is "
              "estimated";
  // Temperatures follow from the energy of a former estimate.
  for (auto former :
       llvm::make_early_inc_range(schedule.getOps<sched::TemperatureOp>()))
    former.erase();
  EnergyEstimate energy(machine, kernels);
  for (auto task : schedule.getOps<sched::TaskOp>()) {
    if (failed(energy.addTask(task)))
      return failure();
    ++numTasks;
  }
  for (auto transfer : schedule.getOps<sched::TransferOp>()) {
    if (failed(energy.addTransfer(transfer)))
      return failure();
    ++numTransfers;
  }
  energy.countTransfers();
  energy.addLeakage(Picoseconds(summary.getMakespanPs()));
  warnOfWear(schedule, machine);
  return energy.store(summary);
}
