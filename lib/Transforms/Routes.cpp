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

LogicalResult atleus::verifyLinks(Location location, noc::RouteAttr route,
                                  const NoCTopology &network, arch::NoCOp noc) {
  SmallVector<noc::Node> nodes = route.getNodes();
  for (auto [index, hop] : llvm::enumerate(route.getHops())) {
    NodeCoordinate from = toCoordinate(nodes[index]);
    NodeCoordinate to = toCoordinate(nodes[index + 1]);
    if (network.contains(from) && network.contains(to) &&
        network.channelBetween(network.numberOf(from), network.numberOf(to)))
      continue;
    InFlightDiagnostic error =
        emitError(location)
        << "transfer takes link " << noc::toString(nodes[index]) << " "
        << noc::toString(hop) << ", which the network does not have";
    error.attachNote(noc.getLoc()) << "network declared here";
    return error;
  }
  return success();
}
