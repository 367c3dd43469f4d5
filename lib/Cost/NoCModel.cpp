// Formulas of the network.
#include "atleus/Cost/NoCModel.h"

#include "atleus/Cost/Arithmetic.h"

#include <algorithm>

using namespace atleus;

int64_t atleus::linkCycles(const NoCConstants &noc, LinkKind kind) {
  switch (kind) {
  case LinkKind::Planar:
    return noc.planarLinkCycles;
  case LinkKind::Vertical:
    return noc.verticalLinkCycles;
  case LinkKind::Added:
    return noc.addedLinkCycles;
  }
  return 0;
}

TransferSize atleus::transferSize(const NoCConstants &noc, int64_t bits) {
  int64_t data = ceilDivide(bits, noc.linkBits);
  int64_t packets = ceilDivide(data, noc.maxPacketFlits - noc.headerFlits);
  return {packets, data + packets * noc.headerFlits};
}

RouterTiming atleus::routerTiming(const NoCConstants &noc) {
  int64_t allocation =
      noc.speculative
          ? std::max(noc.vcAllocationCycles, noc.switchAllocationCycles)
          : noc.vcAllocationCycles + noc.switchAllocationCycles;
  RouterTiming timing;
  timing.head = noc.routingCycles + allocation + noc.traversalCycles;
  timing.interval = std::max<int64_t>(1, noc.switchAllocationCycles);
  timing.turnaround =
      noc.routingCycles + allocation - noc.switchAllocationCycles;
  return timing;
}

int64_t atleus::creditRoundTrip(const NoCConstants &noc, int64_t linkCycles) {
  return 2 * noc.switchAllocationCycles + noc.traversalCycles + 2 * linkCycles;
}

/// Cycles of the slowest link of a route; ports take one.
static int64_t longestLink(const NoCConstants &noc, RouteLength length) {
  int64_t longest = 1;
  for (LinkKind kind : {LinkKind::Planar, LinkKind::Vertical, LinkKind::Added})
    if (length[kind] > 0)
      longest = std::max(longest, linkCycles(noc, kind));
  return longest;
}

/// Cycles in which the flits after the first one follow it. A buffer that is
/// shorter than a credit's round trip makes them wait once per buffer. The
/// flit behind a head, or behind such a wait, comes when the one before it has
/// passed the switch.
static int64_t serializationCycles(const NoCConstants &noc, RouteLength length,
                                   int64_t flits) {
  if (flits <= 1)
    return 0;
  int64_t interval = routerTiming(noc).interval;
  int64_t first = std::max<int64_t>(0, noc.traversalCycles - interval);
  int64_t roundTrip = creditRoundTrip(noc, longestLink(noc, length));
  if (roundTrip <= noc.bufferFlits * interval)
    return (flits - 1) * interval + first;
  int64_t rest = (flits - 1) % noc.bufferFlits;
  return (flits - 1) / noc.bufferFlits * roundTrip +
         (rest > 0 ? rest * interval + first : 0);
}

/// Cycles from the head's entry into its first router to its exit from the
/// last one.
static int64_t headCycles(const NoCConstants &noc, RouteLength length) {
  int64_t links = 0;
  for (LinkKind kind : {LinkKind::Planar, LinkKind::Vertical, LinkKind::Added})
    links += length[kind] * linkCycles(noc, kind);
  return length.routers() * routerTiming(noc).head + links;
}

/// Two cycles of injection and ejection channels and one to take a flit in.
static constexpr int64_t portCycles = 3;

int64_t atleus::latencyCycles(const NoCConstants &noc, RouteLength length,
                              int64_t flits) {
  return headCycles(noc, length) + portCycles +
         serializationCycles(noc, length, flits);
}

Picoseconds atleus::transferLatency(const NoCConstants &noc, RouteLength length,
                                    int64_t flits) {
  return noc.clock * latencyCycles(noc, length, flits);
}

int64_t atleus::occupancyCycles(const NoCConstants &noc, RouteLength length,
                                TransferSize size) {
  RouterTiming router = routerTiming(noc);
  int64_t roundTrip =
      creditRoundTrip(noc, longestLink(noc, length)) + router.turnaround;
  int64_t onOneChannel =
      std::max(size.flits * router.interval + size.packets * router.turnaround,
               ceilScale(size.flits, roundTrip, noc.bufferFlits));
  return std::max(size.flits * router.interval,
                  ceilDivide(onOneChannel, noc.virtualChannels));
}

TransferTiming atleus::transferTiming(const NoCConstants &noc,
                                      RouteLength length, TransferSize size) {
  return multicastTiming(noc, {length, {length}}, size);
}

TransferTiming atleus::multicastTiming(const NoCConstants &noc,
                                       const TreeLength &tree,
                                       TransferSize size) {
  int64_t router = routerTiming(noc).head;
  int64_t held = occupancyCycles(noc, tree.links, size);
  TransferTiming timing;
  timing.path.held = noc.clock * held;
  for (LinkKind kind : {LinkKind::Planar, LinkKind::Vertical, LinkKind::Added})
    timing.path.hop[static_cast<unsigned>(kind)] =
        noc.clock * (router + linkCycles(noc, kind));
  int64_t behind = serializationCycles(noc, tree.links, size.flits);
  for (RouteLength path : tree.paths) {
    int64_t head = headCycles(noc, path);
    timing.duration = std::max(
        timing.duration,
        noc.clock * std::max(head + portCycles + behind, head - router + held));
  }
  return timing;
}

EnergyBreakdown atleus::transferEnergy(const NoCConstants &noc,
                                       RouteLength length, int64_t flits) {
  return multicastEnergy(noc, {length, {length}}, flits);
}

EnergyBreakdown atleus::multicastEnergy(const NoCConstants &noc,
                                        const TreeLength &tree, int64_t flits) {
  EnergyBreakdown energy;
  // A router's outputs are the links that leave it and its ejection port.
  auto outputs = tree.links.links() + static_cast<int64_t>(tree.paths.size());
  energy[EnergyComponent::Router] = noc.routerFlit * (flits * outputs);
  int64_t bits = flits * noc.linkBits;
  auto overWire = [&](int64_t micrometres, int64_t links) {
    return Femtojoules(ceilScale(
        noc.planarBitPerMillimetre.count() * micrometres, bits * links, 1000));
  };
  energy[EnergyComponent::Link] =
      overWire(noc.planarLinkMicrometres, tree.links.planar) +
      overWire(noc.addedLinkMicrometres, tree.links.added) +
      noc.verticalBit * (bits * tree.links.vertical);
  return energy;
}
