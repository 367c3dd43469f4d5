// Reads temperatures off the final IR.
#include "atleus/Report/TemperatureReport.h"

#include "atleus/Thermal/MachineStack.h"

#include <algorithm>
#include <map>

using namespace mlir;
using namespace atleus;

bool TemperatureReport::limitHolds() const {
  return llvm::all_of(operation, [&](const OperationTemperature &entry) {
    return entry.peak <= limit;
  });
}

namespace {
/// The nodes of a tier, added up.
struct TierSum {
  int64_t sum = 0;
  int64_t warmest = 0;
  int64_t nodes = 0;
};
} // namespace

/// Adds nodes and tiers to `entry`.
static void readNodes(sched::TemperatureOp op, arch::MachineOp machine,
                      OperationTemperature &entry) {
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  std::map<int64_t, TierSum> levels;
  for (auto [index, temperature] : llvm::enumerate(op.getNodeMk())) {
    auto place = static_cast<int64_t>(index);
    std::array<int64_t, 3> node = {place % dims[0], place / dims[0] % dims[1],
                                   place / (dims[0] * dims[1])};
    entry.nodes.push_back({node, temperature});
    TierSum &level = levels[node[2]];
    level.sum += temperature;
    level.warmest = std::max<int64_t>(level.warmest, temperature);
    ++level.nodes;
  }
  for (arch::TierOp tier : machine.getTiers()) {
    const TierSum &level = levels[tier.getLevel()];
    if (level.nodes > 0)
      entry.tiers.push_back(
          {tier.getSymName().str(), level.sum / level.nodes, level.warmest});
    if (static_cast<int64_t>(tier.getLevel()) == entry.peakNode[2])
      entry.peakTier = tier.getSymName().str();
  }
}

std::optional<TemperatureReport>
atleus::readTemperature(sched::ScheduleOp schedule, arch::MachineOp machine) {
  arch::PackageOp package = machine.getPackage();
  sched::SummaryOp summary = schedule.getSummary();
  auto operations = schedule.getOps<sched::TemperatureOp>();
  if (!package || !summary || !summary.getNodeEnergyFj() || operations.empty())
    return std::nullopt;
  TemperatureReport report;
  report.ambient = package.getAmbientMk();
  report.limit = package.getLimitMk();
  for (sched::TemperatureOp op : operations) {
    OperationTemperature entry;
    entry.period = Picoseconds(op.getPeriodPs());
    entry.power = getNodePower(summary, entry.period).sum();
    entry.peak = op.getPeakMk();
    const noc::Node &node = op.getAt().getNode();
    entry.peakNode = {node.x, node.y, node.z};
    readNodes(op, machine, entry);
    report.operation.push_back(std::move(entry));
  }
  return report;
}
