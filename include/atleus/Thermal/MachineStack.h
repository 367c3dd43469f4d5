// From a machine's package and a schedule's energy to the thermal models.
#ifndef ATLEUS_THERMAL_MACHINESTACK_H
#define ATLEUS_THERMAL_MACHINESTACK_H

#include "atleus/Thermal/BlockMap.h"

#include "dialects/Arch/Arch.h"
#include "dialects/Sched/Sched.h"

namespace atleus {

/// The layers and the cooling of a package. Convection that is stated as a
/// resistance means temperatures on the far face of each layer, as in HotSpot,
/// from which such numbers come; a heat transfer coefficient means the middle,
/// as in 3D-ICE.
ThermalStack getThermalStack(arch::PackageOp package);

/// Where each node of the network is on the die and in the stack of the
/// machine's package, x running fastest, then y, then z. The nodes of a level
/// share the die evenly and heat the layer of its tier; those of a level
/// without a tier, which hold routers only, heat that of the nearest one.
std::vector<FloorplanBlock> getNodeBlocks(arch::MachineOp machine);

/// Most cells along each side of a die: more take minutes and tell nothing new
/// of nodes.
constexpr unsigned maxThermalCells = 512;

/// A grid of at least `cells` cells along each side of the die that is a
/// multiple of the nodes there, so that each node is made of whole cells; or
/// just `cells`, if there are more nodes than that.
CellGrid chooseGrid(arch::MachineOp machine, int64_t cells);

/// The power of each node of the network, in W, when an inference starts every
/// `period`: leakage as it is, and the rest of an inference's energy at that
/// rate. The summary has energies of nodes; leakage that it does not state is
/// zero.
Eigen::VectorXd getNodePower(sched::SummaryOp summary, Picoseconds period);

} // namespace atleus

#endif // ATLEUS_THERMAL_MACHINESTACK_H
