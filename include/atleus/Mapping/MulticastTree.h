// What several nodes read of one, sent once over each link: a tree within the
// routes of a network.
//
// The union of the routes from one node is a tree if all of them enter each
// node from the same one. Routes by dimensions, x then y then z, do: the node
// from which a route enters follows from where it is and where it began. A
// table may lead to two nodes over a third one by different ways; such routes
// become trees of their own.
//
// Example, nodes of a 4 x 4 mesh numbered row by row: the routes 0 1 2 6,
// 0 1 5 and 0 1 make one tree of three paths, 0 1 2 6, which delivers at node
// 6, 1 5, and 1 alone, which delivers at a node that is passed anyway. Its four
// links carry what would be sent over six.
#ifndef ATLEUS_MAPPING_MULTICASTTREE_H
#define ATLEUS_MAPPING_MULTICASTTREE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>
#include <vector>

namespace atleus {

/// Numbers of nodes, each linked to the next.
using NodePath = llvm::SmallVector<unsigned, 8>;

/// Delivers at the last node of each of its paths.
struct MulticastTree {
  /// The first path begins at the source, each further one at a node of a path
  /// before it, and visits no other node of them.
  std::vector<NodePath> paths;
  /// By path, which route it is a part of.
  std::vector<unsigned> routes;

  int64_t numLinks() const;
};

/// The trees of routes that begin at one node and end at different ones; a
/// route visits no node twice. Every route is in one tree, as few trees as
/// taking each route into the first tree that it fits makes of them. Of a
/// tree's routes the longest comes first, of those of one length that to the
/// node of the lowest number, so that equal sets of routes make equal trees.
std::vector<MulticastTree> makeMulticastTrees(llvm::ArrayRef<NodePath> routes);

} // namespace atleus

#endif // ATLEUS_MAPPING_MULTICASTTREE_H
