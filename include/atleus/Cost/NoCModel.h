// Latency, size and energy of transfers on a 3D network of virtual-channel
// routers.
//
// The latency without contention is BookSim 2's, met on every row of
// test/reference/booksim_zero_load.csv: a packet of P flits through h routers
// takes h * (RC + A + ST) + link latencies + 3 + S cycles, where A is the sum
// of both allocations (their maximum when speculative) and S the time in which
// the other P - 1 flits follow the first. Contention is a matter of the
// schedule, or of `NoCLoad.h`.
#ifndef ATLEUS_COST_NOCMODEL_H
#define ATLEUS_COST_NOCMODEL_H

#include "dialects/Arch/ArchEnums.h"
#include "dialects/Interfaces/Work.h"
#include "dialects/NoC/LinkKind.h"
#include "dialects/Sched/PathTiming.h"

#include "llvm/ADT/SmallVector.h"

#include <array>
#include <utility>
#include <vector>

namespace atleus {

/// A node of the mesh; z is the level of its tier.
struct NodeCoordinate {
  int64_t x = 0;
  int64_t y = 0;
  int64_t z = 0;

  bool operator==(const NodeCoordinate &other) const {
    return x == other.x && y == other.y && z == other.z;
  }
};

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
  int64_t addedLinkCycles = 1;
  int64_t planarLinkMicrometres = 1;
  int64_t addedLinkMicrometres = 1;
  Femtojoules routerFlit;
  Femtojoules planarBitPerMillimetre;
  Femtojoules verticalBit;
  arch::Routing routing = arch::Routing::XYZ;
  /// Pairs of nodes; each stands for the links in both directions.
  std::vector<std::pair<NodeCoordinate, NodeCoordinate>> removedLinks;
  std::vector<std::pair<NodeCoordinate, NodeCoordinate>> addedLinks;
};

/// Number of links of a route by kind.
struct RouteLength {
  int64_t planar = 0;
  int64_t vertical = 0;
  int64_t added = 0;

  int64_t links() const { return planar + vertical + added; }
  /// Routers that a packet visits.
  int64_t routers() const { return links() + 1; }
  int64_t &operator[](LinkKind kind) {
    return kind == LinkKind::Planar     ? planar
           : kind == LinkKind::Vertical ? vertical
                                        : added;
  }
};

/// Cycles of one link of a kind.
int64_t linkCycles(const NoCConstants &noc, LinkKind kind);

/// What the pipeline of a router costs a flit, in cycles.
struct RouterTiming {
  /// From the head's entry to its exit.
  int64_t head = 0;
  /// Between two flits that follow each other.
  int64_t interval = 1;
  /// By how much a packet's head waits longer behind the tail of another
  /// packet in its virtual channel than a flit behind a flit of its packet:
  /// its route and its channel are found only then.
  int64_t turnaround = 0;
};

RouterTiming routerTiming(const NoCConstants &noc);

/// Cycles from the use of a buffer's place to the next use of it, over a link
/// of `linkCycles`: both ways on the link, the switch there and its allocation
/// on both ends.
int64_t creditRoundTrip(const NoCConstants &noc, int64_t linkCycles);

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

/// Cycles for which the packets of a transfer occupy each link and port of
/// their route. Packets in different virtual channels share a link flit by
/// flit; those in the same channel follow each other with the turnaround
/// between them, and their flits with a buffer's worth per credit round trip.
int64_t occupancyCycles(const NoCConstants &noc, RouteLength length,
                        TransferSize size);

/// When a transfer holds what, as `sched.transfer` states it.
struct TransferTiming {
  PathTiming path;
  /// From the start until the data is available.
  Picoseconds duration;
};

TransferTiming transferTiming(const NoCConstants &noc, RouteLength length,
                              TransferSize size);

/// Energy of `flits` in the routers and links of a route.
EnergyBreakdown transferEnergy(const NoCConstants &noc, RouteLength length,
                               int64_t flits);

/// The links of a tree over which a multicast goes.
struct TreeLength {
  /// All of them, each once.
  RouteLength links;
  /// From the source to each of the destinations.
  llvm::SmallVector<RouteLength, 1> paths;

  void addPath(RouteLength path, RouteLength own) {
    links.planar += own.planar;
    links.vertical += own.vertical;
    links.added += own.added;
    paths.push_back(path);
  }
};

/// A multicast in routers that pass a flit on to several outputs at once: the
/// flits go through the whole tree in step, so that its slowest link gives
/// their pace on all. The data is available when it is at the last destination.
/// Of one destination it is the transfer along its path.
TransferTiming multicastTiming(const NoCConstants &noc, const TreeLength &tree,
                               TransferSize size);

/// Energy of a multicast: each link once, and each router once for every output
/// that it copies the flits to.
EnergyBreakdown multicastEnergy(const NoCConstants &noc, const TreeLength &tree,
                                int64_t flits);

} // namespace atleus

#endif // ATLEUS_COST_NOCMODEL_H
