// From the package of an `arch.machine` to the thermal models.
#ifndef ATLEUS_THERMAL_MACHINESTACK_H
#define ATLEUS_THERMAL_MACHINESTACK_H

#include "atleus/Thermal/BlockMap.h"

#include "dialects/Arch/Arch.h"

namespace atleus {

/// The layers and the cooling of a package. Convection that is stated as a
/// resistance means temperatures on the far face of each layer, as in HotSpot,
/// from which such numbers come; a heat transfer coefficient means the middle,
/// as in 3D-ICE.
ThermalStack getThermalStack(arch::PackageOp package);

/// Where each node of the network is on the die and in the stack of the
/// machine's package, x running fastest, then y, then z. The nodes of a level
/// share the die evenly and heat the layer of its tier; those of a level without
/// a tier, which hold routers only, heat that of the nearest one.
std::vector<Block> getNodeBlocks(arch::MachineOp machine);

/// A grid of at least `cells` cells along each side of the die that is a
/// multiple of the nodes there, so that each node is made of whole cells; or
/// just `cells`, if there are more nodes than that.
CellGrid chooseGrid(arch::MachineOp machine, int64_t cells);

} // namespace atleus

#endif // ATLEUS_THERMAL_MACHINESTACK_H
