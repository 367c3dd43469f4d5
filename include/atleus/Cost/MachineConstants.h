// From the ops of an `arch.machine` to the constants of the pass-free models.
#ifndef ATLEUS_COST_MACHINECONSTANTS_H
#define ATLEUS_COST_MACHINECONSTANTS_H

#include "dialects/Arch/Arch.h"

#include "atleus/Cost/CoreModel.h"
#include "atleus/Cost/CrossbarComponents.h"
#include "atleus/Cost/HostModel.h"
#include "atleus/Cost/NoCModel.h"
#include "atleus/Cost/ProcessorModel.h"

namespace atleus {

CrossbarConstants getConstants(arch::CrossbarOp op);
SystolicConstants getConstants(arch::SystolicOp op);
VectorConstants getConstants(arch::VectorOp op);
MemoryConstants getConstants(arch::MemoryOp op);
NoCConstants getConstants(arch::NoCOp op);
ProcessorConstants getConstants(arch::ProcessorOp op);
HostConstants getConstants(arch::HostOp op);

/// Area and idle power of the parts of a crossbar core, as far as stated.
CrossbarComponents getComponents(arch::CrossbarOp op);

/// The core with the parts that it names.
CrossbarCore getCore(arch::CrossbarOp op);
SystolicCore getCore(arch::SystolicOp op);
ProcessorCore getCore(arch::ProcessorOp op);

/// Node `index` of a tier, x running fastest.
NodeCoordinate getNode(arch::TierOp tier, int64_t index);

/// Arrays of all crossbar tiers of a machine.
int64_t countArrays(arch::MachineOp machine);

} // namespace atleus

#endif // ATLEUS_COST_MACHINECONSTANTS_H
