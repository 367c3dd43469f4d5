// The nodes and links of a network: a 3D mesh without the links that a machine
// removes and with those that it adds.
//
// Nodes are numbered x + dims.x * (y + dims.y * z). Every link has a direction
// and is called a channel; channels are numbered in the order of the nodes
// that they leave, for each node x+, x-, y+, y-, z+, z-, then the added ones in
// the order of their declaration.
#ifndef ATLEUS_COST_NOCTOPOLOGY_H
#define ATLEUS_COST_NOCTOPOLOGY_H

#include "atleus/Cost/NoCModel.h"

#include "llvm/ADT/ArrayRef.h"

#include <optional>
#include <string>

namespace atleus {

/// One link in one direction.
struct Channel {
  unsigned from = 0;
  unsigned to = 0;
  LinkKind kind = LinkKind::Planar;
};

class NoCTopology {
public:
  explicit NoCTopology(const NoCConstants &noc);

  unsigned numNodes() const { return firstChannel.size() - 1; }
  llvm::ArrayRef<Channel> channels() const { return channelList; }
  /// The number of the first channel that leaves `node`; those of the next
  /// node follow.
  unsigned firstOf(unsigned node) const { return firstChannel[node]; }
  /// The channel between two nodes, if there is one.
  std::optional<unsigned> channelBetween(unsigned from, unsigned to) const;

  /// Whether the coordinates lie in the network.
  bool contains(NodeCoordinate node) const;
  unsigned numberOf(NodeCoordinate node) const;
  NodeCoordinate coordinateOf(unsigned node) const;

  /// "(0, 0, 1)".
  std::string nodeName(unsigned node) const;
  /// "(0, 0, 1) x+", or "(0, 0, 1) -> (3, 2, 1)" for an added link.
  std::string channelName(unsigned channel) const;

private:
  std::array<int64_t, 3> dims;
  std::vector<Channel> channelList;
  std::vector<unsigned> firstChannel;
};

} // namespace atleus

#endif // ATLEUS_COST_NOCTOPOLOGY_H
