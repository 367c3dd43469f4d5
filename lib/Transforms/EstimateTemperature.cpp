// The temperatures of a machine that repeats a schedule.
#include "atleus/Support/NumberText.h"
#include "atleus/Thermal/MachineStack.h"
#include "atleus/Thermal/SteadyState.h"
#include "atleus/Transforms/Passes.h"
#include "dialects/Arch/MachineLookup.h"
#include "dialects/Sched/Sched.h"

#include "mlir/IR/Builders.h"

#include <cmath>

namespace atleus {
#define GEN_PASS_DEF_ESTIMATETEMPERATURE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

using namespace mlir;
using namespace atleus;

namespace {
/// The temperatures at one rate of inferences, in mK.
struct Temperatures {
  SmallVector<int64_t> ofNode;
  int64_t peak = 0;
  int64_t hottestNode = 0;
};

/// The package of a machine, ready to be heated by its nodes.
class MachineThermals {
public:
  MachineThermals(arch::MachineOp machine, int64_t cells)
      : network(getThermalStack(machine.getPackage()),
                chooseGrid(machine, cells)),
        nodes(network, getNodeBlocks(machine)) {}

  Temperatures solve(const Eigen::VectorXd &power) const;

private:
  ThermalNetwork network;
  BlockMap nodes;
};

struct EstimateTemperature
    : public atleus::impl::EstimateTemperatureBase<EstimateTemperature> {
  using EstimateTemperatureBase::EstimateTemperatureBase;

  void runOnOperation() final;

private:
  LogicalResult estimate(sched::ScheduleOp schedule, arch::MachineOp machine,
                         const MachineThermals &thermals);
  LogicalResult checkLimit(sched::TemperatureOp temperature,
                           arch::MachineOp machine);
};
} // namespace

/// In mK; what no number holds is the largest that one does.
static int64_t toMillikelvin(double kelvin) {
  constexpr double largest = 9e18;
  return std::llround(std::min(1000 * kelvin, largest));
}

Temperatures MachineThermals::solve(const Eigen::VectorXd &power) const {
  double ambient = network.getStack().ambient;
  Eigen::VectorXd rises = solveSteadyState(network, nodes.spread(power));
  Temperatures temperatures;
  for (double rise : nodes.average(rises))
    temperatures.ofNode.push_back(toMillikelvin(ambient + rise));
  // The first of equally hot nodes, by what is stored of them: beyond that,
  // rounding would choose.
  for (auto [node, rise] : llvm::enumerate(nodes.maximum(rises))) {
    int64_t peak =
        std::max(toMillikelvin(ambient + rise), temperatures.ofNode[node]);
    if (peak <= temperatures.peak)
      continue;
    temperatures.peak = peak;
    temperatures.hottestNode = static_cast<int64_t>(node);
  }
  return temperatures;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// The times between two inferences for which temperatures are of interest.
static SmallVector<int64_t, 2> getPeriods(sched::ScheduleOp schedule) {
  SmallVector<int64_t, 2> periods;
  int64_t makespan = schedule.getMakespanPs().value_or(0);
  if (makespan > 0)
    periods.push_back(makespan);
  if (std::optional<int64_t> interval = schedule.getIntervalPs())
    if (*interval < makespan)
      periods.push_back(*interval);
  return periods;
}

LogicalResult EstimateTemperature::checkLimit(sched::TemperatureOp temperature,
                                              arch::MachineOp machine) {
  auto schedule = cast<sched::ScheduleOp>(temperature->getParentOp());
  arch::PackageOp package = machine.getPackage();
  int64_t peak = temperature.getPeakMk();
  int64_t limit = package.getLimitMk();
  if (peak <= limit)
    return success();
  InFlightDiagnostic diagnostic = enforceLimit ? emitError(schedule.getLoc())
                                               : emitWarning(schedule.getLoc());
  diagnostic << "schedule @" << schedule.getSymName() << " heats node "
             << noc::toString(temperature.getAt().getNode()) << " to "
             << formatKelvin(peak) << ", above the limit of "
             << formatKelvin(limit) << ", with an inference every "
             << static_cast<int64_t>(temperature.getPeriodPs()) << " ps";
  diagnostic.attachNote(package.getLoc()) << "limit declared here";
  return failure(enforceLimit);
}

LogicalResult EstimateTemperature::estimate(sched::ScheduleOp schedule,
                                            arch::MachineOp machine,
                                            const MachineThermals &thermals) {
  for (auto former :
       llvm::make_early_inc_range(schedule.getOps<sched::TemperatureOp>()))
    former.erase();
  sched::SummaryOp summary = schedule.getSummary();
  if (!summary || !summary.getNodeEnergyFj())
    return emitError(schedule.getLoc())
           << "schedule @" << schedule.getSymName()
           << " has no energy of nodes; run atleus-estimate before its "
              "temperatures are estimated";
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  int64_t numNodes = dims[0] * dims[1] * dims[2];
  if (static_cast<int64_t>(summary.getNodeEnergyFj()->size()) != numNodes) {
    InFlightDiagnostic error = emitError(summary.getLoc())
                               << "energy of "
                               << summary.getNodeEnergyFj()->size()
                               << " nodes, but the network has " << numNodes;
    error.attachNote(machine.getNoC().getLoc()) << "network declared here";
    return error;
  }
  auto builder = OpBuilder::atBlockEnd(&schedule.getBody().front());
  for (int64_t period : getPeriods(schedule)) {
    Temperatures temperatures =
        thermals.solve(getNodePower(summary, Picoseconds(period)));
    int64_t index = temperatures.hottestNode;
    noc::Node hottest{index % dims[0], index / dims[0] % dims[1],
                      index / (dims[0] * dims[1])};
    auto op = sched::TemperatureOp::create(
        builder, schedule.getLoc(), period, temperatures.peak,
        noc::NodeAttr::get(&getContext(), hottest), temperatures.ofNode);
    ++numTemperatures;
    if (failed(checkLimit(op, machine)))
      return failure();
  }
  return success();
}

void EstimateTemperature::runOnOperation() {
  FailureOr<arch::MachineOp> machine = arch::findMachine(getOperation());
  if (failed(machine))
    return signalPassFailure();
  if (cells < 1 || cells > maxThermalCells) {
    getOperation().emitError() << "cells must be from 1 to " << maxThermalCells
                               << ", found " << cells.getValue();
    return signalPassFailure();
  }
  if (!machine->getPackage())
    return;
  MachineThermals thermals(*machine, cells);
  for (auto schedule : getOperation().getOps<sched::ScheduleOp>())
    if (failed(estimate(schedule, *machine, thermals)))
      return signalPassFailure();
}
