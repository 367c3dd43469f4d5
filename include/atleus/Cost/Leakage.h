// Power of the parts of a machine that do nothing.
#ifndef ATLEUS_COST_LEAKAGE_H
#define ATLEUS_COST_LEAKAGE_H

#include "dialects/Arch/Arch.h"

#include "atleus/Support/Units.h"

namespace atleus {

/// Idle power of one node of a tier without its router, in microwatts.
int64_t idlePower(arch::TierOp tier);

/// The energy of so many microwatts over a time, rounded up.
Femtojoules idleEnergy(int64_t microwatts, Picoseconds time);

/// What all parts of a machine take over a time: cores and routers of all
/// nodes, memories and the host, each rounded up.
Femtojoules leakageEnergy(arch::MachineOp machine, Picoseconds time);

} // namespace atleus

#endif // ATLEUS_COST_LEAKAGE_H
