// What a machine takes that does nothing.
#ifndef ATLEUS_COST_LEAKAGE_H
#define ATLEUS_COST_LEAKAGE_H

#include "dialects/Arch/Arch.h"

#include "atleus/Support/Units.h"

namespace atleus {

/// The energy of all idle parts of a machine over a time: cores and routers of
/// all nodes, memories and the host, each rounded up.
Femtojoules leakageEnergy(arch::MachineOp machine, Picoseconds time);

} // namespace atleus

#endif // ATLEUS_COST_LEAKAGE_H
