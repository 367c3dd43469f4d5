// Latency, size and energy of transfers on a 3D mesh of virtual-channel
// routers.
//
// The latency without contention is BookSim 2's, met on every row of
// test/reference/booksim_zero_load.csv: a packet of P flits through h routers
// takes h * (RC + A + ST) + link latencies + 3 + S cycles, where A is the sum
// of both allocations (their maximum when speculative) and S the time in which
// the other P - 1 flits follow the first. Contention is a matter of the
// schedule.
#ifndef ATLEUS_COST_NOCMODEL_H
#define ATLEUS_COST_NOCMODEL_H

#include "dialects/Interfaces/Work.h"

#include "llvm/ADT/SmallVector.h"

#include <array>

namespace atleus {

/// Names and units are those of `arch.noc`.
struct NoCConstants {
  std::array<int64_t, 3> dims = {1, 1, 1};
  int64_t linkBits = 1;
  Picoseconds clock{1};
  int64_t routingCycles = 1;
  int64_t vcAllocationCycles = 1;
  int64_t switchAllocationCycles = 1;
  int64_t traversalCycles = 1;
  bool speculative = false;
  int64_t virtualChannels = 1;
  int64_t bufferFlits = 1;
  int64_t maxPacketFlits = 2;
  int64_t headerFlits = 1;
  int64_t planarLinkCycles = 1;
  int64_t verticalLinkCycles = 1;
  int64_t planarLinkMicrometres = 1;
  Femtojoules routerFlit;
  Femtojoules planarBitPerMillimetre;
  Femtojoules verticalBit;
};

/// A node of the mesh; z is the level of its tier.
struct NodeCoordinate {
  int64_t x = 0;
  int64_t y = 0;
  int64_t z = 0;

  bool operator==(const NodeCoordinate &other) const {
    return x == other.x && y == other.y && z == other.z;
  }
};

/// One link of a route.
enum class LinkDirection : unsigned {
  XPlus,
  XMinus,
  YPlus,
  YMinus,
  ZPlus,
  ZMinus
};

/// Number of links of a route within tiers and between them.
struct RouteLength {
  int64_t planar = 0;
  int64_t vertical = 0;

  /// Routers that a packet visits.
  int64_t routers() const { return planar + vertical + 1; }
};

/// Length of the shortest route.
RouteLength routeLength(NodeCoordinate from, NodeCoordinate to);

/// Appends the links of the route that goes along x, then y, then z.
void routeXYZ(NodeCoordinate from, NodeCoordinate to,
              llvm::SmallVectorImpl<LinkDirection> &route);

/// The node at the end of a link.
NodeCoordinate neighbour(NodeCoordinate node, LinkDirection direction);

/// How a transfer is cut into packets.
struct TransferSize {
  int64_t packets = 0;
  /// Flits of all packets, headers included.
  int64_t flits = 0;
};

/// Packets and flits that carry `bits`; none for zero bits.
TransferSize transferSize(const NoCConstants &noc, int64_t bits);

/// Cycles from the first flit's entry to the last one's exit without
/// contention, for `flits` that follow each other: one packet, or a transfer
/// of several packets of at least four flits each.
int64_t latencyCycles(const NoCConstants &noc, RouteLength length,
                      int64_t flits);

/// The same as a time.
Picoseconds transferLatency(const NoCConstants &noc, RouteLength length,
                            int64_t flits);

/// Time for which `flits` occupy each link of their route.
Picoseconds linkOccupancy(const NoCConstants &noc, int64_t flits);

/// Energy of `flits` in the routers and links of a route.
EnergyBreakdown transferEnergy(const NoCConstants &noc, RouteLength length,
                               int64_t flits);

} // namespace atleus

#endif // ATLEUS_COST_NOCMODEL_H
