// Adds up idle power.
#include "atleus/Cost/Leakage.h"

#include "atleus/Cost/NodeModel.h"

using namespace mlir;
using namespace atleus;

Femtojoules atleus::leakageEnergy(arch::MachineOp machine, Picoseconds time) {
  auto overTime = [&](int64_t microwatts) {
    return energyOver(Nanowatts(1000 * microwatts), time);
  };
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  Femtojoules energy = overTime(machine.getNoC().getRouterLeakageUw()) *
                       (dims[0] * dims[1] * dims[2]);
  for (arch::TierOp tier : machine.getTiers())
    energy += energyOver(getIdlePower(tier), time) * tier.getNumNodes();
  energy += overTime(machine.getHost().getIdleUw());
  for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
    energy += overTime(memory.getIdleUw());
  return energy;
}
