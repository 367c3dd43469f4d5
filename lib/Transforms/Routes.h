// Routes of a machine's network as attributes.
#ifndef ATLEUS_TRANSFORMS_ROUTES_H
#define ATLEUS_TRANSFORMS_ROUTES_H

#include "atleus/Cost/NoCRouting.h"
#include "dialects/NoC/NoC.h"

namespace atleus {

inline NodeCoordinate toCoordinate(noc::Node node) {
  return {node.x, node.y, node.z};
}

/// The route between two nodes of the network.
noc::RouteAttr getRoute(mlir::MLIRContext *context, const NoCRouting &routing,
                        noc::Node from, noc::Node to);

/// Number of links of a route by kind.
RouteLength getLength(noc::RouteAttr route);

/// The first node of a route from which it takes a link that the network does
/// not have; nothing if it has all. `hop` becomes that link.
std::optional<noc::Node> findMissingLink(noc::RouteAttr route,
                                         const NoCTopology &network,
                                         noc::Hop &hop);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_ROUTES_H
