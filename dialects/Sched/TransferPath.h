// The way of a transfer through the network: its route, and the branches of a
// multicast.
#ifndef ATLEUS_SCHED_TRANSFERPATH_H
#define ATLEUS_SCHED_TRANSFERPATH_H

#include "dialects/Sched/Sched.h"

namespace atleus::sched {

/// The attribute of a `sched.transfer` for the indices of further tasks of its
/// kernel, at the same node, whose results it moves, too.
constexpr llvm::StringLiteral gathersAttribute = "sched.gathers";

/// The route of a transfer or one of its branches.
struct PathPart {
  noc::RouteAttr route;
  /// When the head comes to each of the route's nodes, counted from the start
  /// of the transfer. It leaves a node when it has come there.
  llvm::SmallVector<Picoseconds> arrivals;
};

/// The parts of a transfer that verifies, the route first.
llvm::SmallVector<PathPart, 1> getPathParts(TransferOp transfer);

/// The nodes to which a transfer delivers, by part.
llvm::SmallVector<noc::Node, 1> getDestinations(TransferOp transfer);

} // namespace atleus::sched

#endif // ATLEUS_SCHED_TRANSFERPATH_H
