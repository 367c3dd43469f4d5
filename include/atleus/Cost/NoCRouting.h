// Which way packets take through a network, and whether they can block each
// other for ever.
//
// - `xyz` goes along x, then y, then z; it needs the whole mesh.
// - `minimal` goes by a table of one of the fastest paths (head latency), the
//   first in the order x+, x-, y+, y-, z+, z-, added links at each node.
// - `up_down` orders the nodes by their distance from the one in the middle,
//   then by number. A packet first goes towards the first node of that order
//   only, then away from it only, by the fastest such path. No two packets can
//   block each other, whatever links there are.
//
// A packet holds the buffer of one channel while it waits for that of the
// next. If these dependences of a routing form no cycle, no set of packets can
// wait for itself (Dally and Seitz, 1987).
#ifndef ATLEUS_COST_NOCROUTING_H
#define ATLEUS_COST_NOCROUTING_H

#include "atleus/Cost/NoCTopology.h"

namespace atleus {

class NoCRouting {
public:
  explicit NoCRouting(const NoCConstants &noc);

  const NoCTopology &topology() const { return network; }

  /// Whether a packet can go from one node to another.
  bool reaches(unsigned from, unsigned to) const;

  /// Appends the channels of the route, which must exist.
  void route(unsigned from, unsigned to,
             llvm::SmallVectorImpl<unsigned> &channels) const;
  /// Number of links of the route by kind.
  RouteLength length(unsigned from, unsigned to) const;
  RouteLength length(NodeCoordinate from, NodeCoordinate to) const {
    return length(network.numberOf(from), network.numberOf(to));
  }

private:
  /// The fastest routes to one node.
  void fillTable(const NoCConstants &noc, unsigned to);
  bool isUp(const Channel &channel) const;
  unsigned numPhases() const { return order.empty() ? 1 : 2; }
  unsigned &next(unsigned from, unsigned phase, unsigned to);
  unsigned nextChannel(unsigned from, bool descends, unsigned to) const;
  unsigned nextXYZ(unsigned from, unsigned to) const;

  NoCTopology network;
  /// Empty for `xyz`. By destination, node and phase, the next channel.
  std::vector<unsigned> table;
  /// Of `up_down`, the place of each node in the order.
  std::vector<unsigned> order;
};

/// A pair of nodes without a route, if there is one.
std::optional<std::pair<unsigned, unsigned>>
findUnconnected(const NoCRouting &routing);

/// The channels of a cycle in which packets can wait for each other; empty if
/// there is none. All nodes are connected.
std::vector<unsigned> findDependenceCycle(const NoCRouting &routing);

} // namespace atleus

#endif // ATLEUS_COST_NOCROUTING_H
