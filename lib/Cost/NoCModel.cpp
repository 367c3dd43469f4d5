// Formulas of the network.
#include "atleus/Cost/NoCModel.h"

#include "atleus/Cost/Arithmetic.h"

#include <algorithm>
#include <cstdlib>

using namespace atleus;

RouteLength atleus::routeLength(NodeCoordinate from, NodeCoordinate to) {
  return {std::abs(from.x - to.x) + std::abs(from.y - to.y),
          std::abs(from.z - to.z)};
}

void atleus::routeXYZ(NodeCoordinate from, NodeCoordinate to,
                      llvm::SmallVectorImpl<LinkDirection> &route) {
  auto walk = [&](int64_t begin, int64_t end, LinkDirection plus,
                  LinkDirection minus) {
    route.append(std::abs(end - begin), end > begin ? plus : minus);
  };
  walk(from.x, to.x, LinkDirection::XPlus, LinkDirection::XMinus);
  walk(from.y, to.y, LinkDirection::YPlus, LinkDirection::YMinus);
  walk(from.z, to.z, LinkDirection::ZPlus, LinkDirection::ZMinus);
}

NodeCoordinate atleus::neighbour(NodeCoordinate node, LinkDirection direction) {
  switch (direction) {
  case LinkDirection::XPlus:
    return {node.x + 1, node.y, node.z};
  case LinkDirection::XMinus:
    return {node.x - 1, node.y, node.z};
  case LinkDirection::YPlus:
    return {node.x, node.y + 1, node.z};
  case LinkDirection::YMinus:
    return {node.x, node.y - 1, node.z};
  case LinkDirection::ZPlus:
    return {node.x, node.y, node.z + 1};
  case LinkDirection::ZMinus:
    return {node.x, node.y, node.z - 1};
  }
  return node;
}

TransferSize atleus::transferSize(const NoCConstants &noc, int64_t bits) {
  int64_t data = ceilDivide(bits, noc.linkBits);
  int64_t packets = ceilDivide(data, noc.maxPacketFlits - noc.headerFlits);
  return {packets, data + packets * noc.headerFlits};
}

/// Cycles in which the flits after the first one follow it. A buffer that is
/// shorter than a credit's round trip makes them wait once per buffer. The
/// round trip is switch allocation, traversal, the link there and back, and one
/// cycle to take the credit in: 5 for the base router, as measured.
static int64_t serializationCycles(const NoCConstants &noc, RouteLength length,
                                   int64_t flits) {
  int64_t interval = std::max<int64_t>(1, noc.switchAllocationCycles);
  int64_t longestLink =
      std::max<int64_t>(length.planar > 0 ? noc.planarLinkCycles : 1,
                        length.vertical > 0 ? noc.verticalLinkCycles : 1);
  int64_t roundTrip =
      noc.switchAllocationCycles + noc.traversalCycles + 2 * longestLink + 1;
  int64_t wait = std::max<int64_t>(0, roundTrip - noc.bufferFlits * interval);
  return (flits - 1) * interval + (flits - 1) / noc.bufferFlits * wait;
}

int64_t atleus::latencyCycles(const NoCConstants &noc, RouteLength length,
                              int64_t flits) {
  int64_t allocation =
      noc.speculative
          ? std::max(noc.vcAllocationCycles, noc.switchAllocationCycles)
          : noc.vcAllocationCycles + noc.switchAllocationCycles;
  int64_t router = noc.routingCycles + allocation + noc.traversalCycles;
  int64_t links = length.planar * noc.planarLinkCycles +
                  length.vertical * noc.verticalLinkCycles;
  // Two cycles of injection and ejection channels and one to take a flit in.
  return length.routers() * router + links + 3 +
         serializationCycles(noc, length, flits);
}

Picoseconds atleus::transferLatency(const NoCConstants &noc, RouteLength length,
                                    int64_t flits) {
  return noc.clock * latencyCycles(noc, length, flits);
}

Picoseconds atleus::linkOccupancy(const NoCConstants &noc, int64_t flits) {
  return noc.clock * (flits * std::max<int64_t>(1, noc.switchAllocationCycles));
}

EnergyBreakdown atleus::transferEnergy(const NoCConstants &noc,
                                       RouteLength length, int64_t flits) {
  EnergyBreakdown energy;
  energy[EnergyComponent::Router] = noc.routerFlit * (flits * length.routers());
  int64_t bits = flits * noc.linkBits;
  Femtojoules planar(
      ceilScale(noc.planarBitPerMillimetre.count() * noc.planarLinkMicrometres,
                bits * length.planar, 1000));
  energy[EnergyComponent::Link] =
      planar + noc.verticalBit * (bits * length.vertical);
  return energy;
}
