// From a machine's package and a schedule's energy to the thermal models.
#include "atleus/Thermal/MachineStack.h"

#include <cstdlib>

using namespace mlir;
using namespace atleus;

static constexpr double micro = 1e-6;
static constexpr double milli = 1e-3;

ThermalStack atleus::getThermalStack(arch::PackageOp package) {
  ThermalStack stack;
  stack.dieX = package.getDieXUm() * micro;
  stack.dieY = package.getDieYUm() * micro;
  stack.ambient = package.getAmbientMk() * milli;
  for (auto layer : package.getLayers().getOps<arch::LayerOp>())
    stack.layers.push_back({layer.getThicknessUm() * micro,
                            layer.getSideUm() * micro,
                            layer.getConductivityMwPerMK() * milli,
                            static_cast<double>(layer.getHeatJPerM3K()),
                            !layer.getVerticalOnly()});
  if (std::optional<int64_t> resistance = package.getConvectionMkPerW()) {
    stack.position = NodePosition::FarFace;
    stack.setConvection(*resistance * milli);
  } else {
    stack.position = NodePosition::Middle;
    stack.heatTransfer = static_cast<double>(*package.getHeatTransferWPerM2K());
  }
  stack.airCapacity = package.getConvectionMjPerK().value_or(0) * milli;
  return stack;
}

/// The index of the layer that a tier heats.
static int64_t findLayer(arch::MachineOp machine, arch::TierOp tier) {
  int64_t index = 0;
  for (auto layer : machine.getPackage().getLayers().getOps<arch::LayerOp>()) {
    if (layer.getSource() == tier.getSymName())
      break;
    ++index;
  }
  return index;
}

/// The tier of a level, or the nearest one; of two, the one below.
static arch::TierOp findTier(ArrayRef<arch::TierOp> tiers, int64_t level) {
  return *llvm::min_element(tiers, [&](arch::TierOp a, arch::TierOp b) {
    return std::abs(static_cast<int64_t>(a.getLevel()) - level) <
           std::abs(static_cast<int64_t>(b.getLevel()) - level);
  });
}

std::vector<FloorplanBlock> atleus::getNodeBlocks(arch::MachineOp machine) {
  arch::PackageOp package = machine.getPackage();
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  SmallVector<arch::TierOp, 0> tiers = machine.getTiers();
  double width = package.getDieXUm() * micro / dims[0];
  double height = package.getDieYUm() * micro / dims[1];
  std::vector<FloorplanBlock> blocks;
  blocks.reserve(dims[0] * dims[1] * dims[2]);
  for (int64_t z = 0; z < dims[2]; ++z) {
    int64_t layer = findLayer(machine, findTier(tiers, z));
    for (int64_t y = 0; y < dims[1]; ++y)
      for (int64_t x = 0; x < dims[0]; ++x)
        blocks.push_back({layer, x * width, y * height, width, height});
  }
  return blocks;
}

CellGrid atleus::chooseGrid(arch::MachineOp machine, int64_t cells) {
  auto choose = [&](int64_t nodes) {
    return nodes > cells ? cells : (cells + nodes - 1) / nodes * nodes;
  };
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  return {choose(dims[0]), choose(dims[1])};
}

Eigen::VectorXd atleus::getNodePower(sched::SummaryOp summary,
                                     Picoseconds period) {
  ArrayRef<int64_t> energies = *summary.getNodeEnergyFj();
  ArrayRef<int64_t> leakages =
      summary.getNodeLeakageFj().value_or(ArrayRef<int64_t>());
  auto makespan = static_cast<double>(summary.getMakespanPs());
  Eigen::VectorXd power(energies.size());
  for (auto [node, energy] : llvm::enumerate(energies)) {
    int64_t leakage = leakages.empty() ? 0 : leakages[node];
    // A femtojoule in a picosecond is a milliwatt.
    power[node] =
        milli * ((energy - leakage) / static_cast<double>(period.count()) +
                 (makespan > 0 ? leakage / makespan : 0));
  }
  return power;
}
