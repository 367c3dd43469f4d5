// Reads off a module what a picture of a placement shows.
#include "atleus/Report/PlacementChart.h"
#include "TaskKinds.h"
#include "atleus/Report/PlacementReport.h"

#include "atleus/Cost/MachineConstants.h"
#include "atleus/Cost/NoCTopology.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/NN/NN.h"
#include "dialects/PIM/PIM.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"

#include <algorithm>
#include <map>
#include <set>

using namespace mlir;
using namespace atleus;

namespace {
/// Fills a chart.
class ChartReader {
public:
  ChartReader(sched::ScheduleOp schedule, arch::MachineOp machine)
      : schedule(schedule), machine(machine) {}

  PlacementChart read();

private:
  void addTiers();
  void addAttached(ArrayRef<int64_t> node, Operation *op);
  void addPrograms();
  void addKernels();
  void addTasks();
  void addLinks();
  /// The cell of a node; null if no tier has it.
  PlacementCell *find(noc::Node node);

  sched::ScheduleOp schedule;
  arch::MachineOp machine;
  PlacementChart chart;
  /// By node, its tier and cell.
  std::map<noc::Node, std::pair<size_t, size_t>> places;
};
} // namespace

Picoseconds PlacementCell::totalBusy() const {
  Picoseconds sum;
  for (Picoseconds time : busy)
    sum += time;
  return sum;
}

Picoseconds PlacementChart::busiestLink() const {
  Picoseconds most;
  for (const PlacementLink &link : links)
    most = std::max(most, link.busy);
  return most;
}

Picoseconds PlacementChart::busiestNode() const {
  Picoseconds most;
  for (const PlacementTier &tier : tiers)
    for (const PlacementCell &cell : tier.cells)
      if (tier.arraysPerNode == 0)
        most = std::max(most, cell.totalBusy());
  return most;
}

PlacementCell *ChartReader::find(noc::Node node) {
  auto found = places.find(node);
  if (found == places.end())
    return nullptr;
  return &chart.tiers[found->second.first].cells[found->second.second];
}

void ChartReader::addTiers() {
  for (arch::TierOp op : machine.getTiers()) {
    PlacementTier tier;
    tier.name = op.getSymName().str();
    tier.core = SymbolTable::getSymbolName(op.getCoreOp()).str();
    tier.level = op.getLevel();
    tier.width = op.getGrid()[0];
    tier.height = op.getGrid()[1];
    if (arch::CrossbarOp crossbar = arch::getCrossbar(op))
      tier.arraysPerNode = crossbar.getNumArrays();
    for (int64_t y = 0; y < tier.height; ++y)
      for (int64_t x = 0; x < tier.width; ++x)
        tier.cells.emplace_back().node = {x, y, tier.level};
    chart.tiers.push_back(std::move(tier));
  }
  llvm::sort(chart.tiers, [](const PlacementTier &a, const PlacementTier &b) {
    return std::tie(a.level, a.name) < std::tie(b.level, b.name);
  });
  for (auto [i, tier] : llvm::enumerate(chart.tiers))
    for (auto [j, cell] : llvm::enumerate(tier.cells))
      places.try_emplace(cell.node, i, j);
}

void ChartReader::addAttached(ArrayRef<int64_t> node, Operation *op) {
  if (PlacementCell *cell = find(noc::toNode(node)))
    cell->attached.push_back(SymbolTable::getSymbolName(op).str());
}

void ChartReader::addPrograms() {
  auto module = schedule->getParentOfType<ModuleOp>();
  // Weights that take turns are in the same arrays.
  std::map<std::pair<noc::Node, std::string>, int64_t> slots;
  module.walk([&](pim::ProgramOp program) {
    int64_t arrays = program.getType().getNumArrays();
    ArrayRef<int64_t> rest = program.getNodes().value_or(ArrayRef<int64_t>());
    for (; !rest.empty(); rest = rest.drop_front(3)) {
      noc::Node node = noc::toNode(rest);
      PlacementCell *cell = find(node);
      if (!cell)
        continue;
      cell->kernels.push_back(nn::getKernelName(program).str());
      int64_t known = 0;
      if (StringAttr slot = program.getSlotAttr()) {
        int64_t &most = slots[{node, slot.str()}];
        known = most;
        most = std::max(most, arrays);
        arrays = most;
      }
      cell->arraysUsed += arrays - known;
    }
  });
}

void ChartReader::addKernels() {
  auto module = schedule->getParentOfType<ModuleOp>();
  module.walk([&](KernelOpInterface kernel) {
    if (isa<pim::MVMOp>(kernel.getOperation()))
      return;
    std::set<noc::Node> seen;
    ArrayRef<int64_t> rest = kernel.getKernelNodes();
    for (; !rest.empty(); rest = rest.drop_front(3)) {
      PlacementCell *cell = find(noc::toNode(rest));
      if (cell && seen.insert(cell->node).second)
        cell->kernels.push_back(nn::getKernelName(kernel).str());
    }
  });
}

void ChartReader::addTasks() {
  TaskKinds kinds(schedule);
  for (auto op : schedule.getOps<sched::TimedOpInterface>())
    chart.makespan =
        std::max(chart.makespan, *op.getStart() + op.getDuration());
  for (auto task : schedule.getOps<sched::TaskOp>()) {
    KernelKind kind =
        kinds.kindOf(cast<sched::TimedOpInterface>(task.getOperation()));
    if (kind == KernelKind::Memory || kind == KernelKind::Host)
      continue;
    if (PlacementCell *cell = find(task.getNode().getNode()))
      cell->busy[static_cast<unsigned>(kind)] += task.getDuration();
  }
}

void ChartReader::addLinks() {
  NoCTopology network(getConstants(machine.getNoC()));
  auto nodeOf = [&](unsigned number) {
    NodeCoordinate at = network.coordinateOf(number);
    return noc::Node{at.x, at.y, at.z};
  };
  std::map<std::pair<noc::Node, noc::Node>, size_t> numbers;
  for (const Channel &channel : network.channels()) {
    noc::Node from = nodeOf(channel.from), to = nodeOf(channel.to);
    numbers[{from, to}] = chart.links.size();
    chart.links.push_back({from, to, channel.kind, Picoseconds()});
  }
  for (auto transfer : schedule.getOps<sched::TransferOp>())
    for (const sched::Reservation &use : transfer.getReservations()) {
      if (use.resource.kind != sched::Resource::Kind::Link)
        continue;
      noc::Node from = use.resource.node;
      auto found = numbers.find({from, noc::advance(from, use.resource.hop)});
      if (found != numbers.end())
        chart.links[found->second].busy += use.length;
    }
}

PlacementChart ChartReader::read() {
  chart.model = schedule.getModel().value_or(schedule.getSymName()).str();
  chart.machine = machine.getSymName().str();
  addTiers();
  for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
    addAttached(memory.getNode(), memory);
  if (arch::HostOp host = machine.getHost())
    addAttached(host.getNode(), host);
  addPrograms();
  addKernels();
  addTasks();
  addLinks();
  if (std::optional<PlacementReport> report =
          readPlacement(schedule->getParentOfType<ModuleOp>()))
    chart.comparison = describePlacement(*report);
  return std::move(chart);
}

FailureOr<PlacementChart> PlacementChart::make(sched::ScheduleOp schedule) {
  auto module = schedule->getParentOfType<ModuleOp>();
  FailureOr<arch::MachineOp> machine = arch::findMachine(module);
  if (failed(machine))
    return failure();
  return ChartReader(schedule, *machine).read();
}
