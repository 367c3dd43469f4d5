// When a transfer holds the parts of the network on its path: what schedulers,
// their verifier and checks against other simulators share. Free of IR.
//
// The head passes from node to node, and the flits behind it follow. So every
// part is held for the same time, each from the moment on at which the head
// comes to it: the injection port and the first link from the start, each
// further link one hop later, the ejection port after the last hop.
#ifndef ATLEUS_SCHED_PATHTIMING_H
#define ATLEUS_SCHED_PATHTIMING_H

#include "atleus/Support/Units.h"
#include "dialects/NoC/LinkKind.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <array>

namespace atleus {

struct PathTiming {
  /// For which each part is held.
  Picoseconds held;
  /// From the head's coming to a link until it comes to the next part, by kind
  /// of link.
  std::array<Picoseconds, numLinkKinds> hop;
};

/// When the head comes to each of `links`, then to the ejection port.
llvm::SmallVector<Picoseconds> headArrivals(const PathTiming &timing,
                                            llvm::ArrayRef<LinkKind> links);

} // namespace atleus

#endif // ATLEUS_SCHED_PATHTIMING_H
