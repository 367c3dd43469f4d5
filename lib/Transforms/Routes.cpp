// Routes of a machine's network as attributes.
#include "Routes.h"

using namespace mlir;
using namespace atleus;

noc::RouteAttr atleus::getRoute(MLIRContext *context, const NoCRouting &routing,
                                noc::Node from, noc::Node to) {
  const NoCTopology &network = routing.topology();
  SmallVector<unsigned, 16> channels;
  routing.route(network.numberOf(toCoordinate(from)),
                network.numberOf(toCoordinate(to)), channels);
  SmallVector<noc::Node, 16> nodes = {from};
  for (unsigned channel : channels) {
    NodeCoordinate at = network.coordinateOf(network.channels()[channel].to);
    nodes.push_back({at.x, at.y, at.z});
  }
  return noc::RouteAttr::getOver(context, nodes);
}

RouteLength atleus::getLength(noc::RouteAttr route) {
  RouteLength length;
  for (const noc::Hop &hop : route.getHops())
    ++length[hop.kind()];
  return length;
}

std::optional<noc::Node> atleus::findMissingLink(noc::RouteAttr route,
                                                 const NoCTopology &network,
                                                 noc::Hop &hop) {
  SmallVector<noc::Node> nodes = route.getNodes();
  for (auto [index, next] : llvm::enumerate(route.getHops())) {
    NodeCoordinate from = toCoordinate(nodes[index]);
    NodeCoordinate to = toCoordinate(nodes[index + 1]);
    hop = next;
    if (!network.contains(from) || !network.contains(to) ||
        !network.channelBetween(network.numberOf(from), network.numberOf(to)))
      return nodes[index];
  }
  return std::nullopt;
}
