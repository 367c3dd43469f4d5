// Routes of a machine's network as attributes.
#ifndef ATLEUS_TRANSFORMS_ROUTES_H
#define ATLEUS_TRANSFORMS_ROUTES_H

#include "atleus/Cost/NoCRouting.h"
#include "dialects/Arch/Arch.h"
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

/// Checks that every link of the route of a transfer at `location` is one of
/// the network's.
llvm::LogicalResult verifyLinks(mlir::Location location, noc::RouteAttr route,
                                const NoCTopology &network, arch::NoCOp noc);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_ROUTES_H
