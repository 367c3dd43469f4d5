// Adds up idle power.
#include "atleus/Cost/Leakage.h"

#include "atleus/Cost/Arithmetic.h"

using namespace mlir;
using namespace atleus;

int64_t atleus::idlePower(arch::TierOp tier) {
  auto withVector = [](int64_t power, arch::VectorOp unit) {
    return power + (unit ? unit.getLeakageUw() : 0);
  };
  Operation *core = tier.getCoreOp();
  if (auto crossbar = dyn_cast<arch::CrossbarOp>(core))
    return withVector(crossbar.getLeakageUw(), crossbar.getVectorOp());
  if (auto processor = dyn_cast<arch::ProcessorOp>(core))
    return processor.getLeakageUw();
  auto systolic = cast<arch::SystolicOp>(core);
  return withVector(systolic.getLeakageUw(), systolic.getVectorOp());
}

Femtojoules atleus::idleEnergy(int64_t microwatts, Picoseconds time) {
  // A microwatt is a femtojoule in a thousand picoseconds.
  return Femtojoules(ceilScale(microwatts, time.count(), 1000));
}

Femtojoules atleus::leakageEnergy(arch::MachineOp machine, Picoseconds time) {
  ArrayRef<int64_t> dims = machine.getNoC().getDims();
  Femtojoules energy = idleEnergy(machine.getNoC().getRouterLeakageUw(), time) *
                       (dims[0] * dims[1] * dims[2]);
  for (arch::TierOp tier : machine.getTiers())
    energy += idleEnergy(idlePower(tier), time) * tier.getNumNodes();
  energy += idleEnergy(machine.getHost().getIdleUw(), time);
  for (auto memory : machine.getBody().getOps<arch::MemoryOp>())
    energy += idleEnergy(memory.getIdleUw(), time);
  return energy;
}
