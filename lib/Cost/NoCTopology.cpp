// Builds the list of channels of a network.
#include "atleus/Cost/NoCTopology.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <cassert>

using namespace atleus;

using NodePair = std::pair<unsigned, unsigned>;

NoCTopology::NoCTopology(const NoCConstants &noc) : dims(noc.dims) {
  llvm::DenseSet<NodePair> removed;
  for (auto [a, b] : noc.removedLinks) {
    removed.insert({numberOf(a), numberOf(b)});
    removed.insert({numberOf(b), numberOf(a)});
  }
  llvm::DenseMap<unsigned, llvm::SmallVector<unsigned, 2>> added;
  for (auto [a, b] : noc.addedLinks) {
    added[numberOf(a)].push_back(numberOf(b));
    added[numberOf(b)].push_back(numberOf(a));
  }
  int64_t numNodes = dims[0] * dims[1] * dims[2];
  for (unsigned node = 0; node < numNodes; ++node) {
    firstChannel.push_back(channelList.size());
    NodeCoordinate at = coordinateOf(node);
    auto link = [&](NodeCoordinate to, LinkKind kind) {
      if (contains(to) && !removed.contains({node, numberOf(to)}))
        channelList.push_back({node, numberOf(to), kind});
    };
    link({at.x + 1, at.y, at.z}, LinkKind::Planar);
    link({at.x - 1, at.y, at.z}, LinkKind::Planar);
    link({at.x, at.y + 1, at.z}, LinkKind::Planar);
    link({at.x, at.y - 1, at.z}, LinkKind::Planar);
    link({at.x, at.y, at.z + 1}, LinkKind::Vertical);
    link({at.x, at.y, at.z - 1}, LinkKind::Vertical);
    for (unsigned to : added.lookup(node))
      channelList.push_back({node, to, LinkKind::Added});
  }
  firstChannel.push_back(channelList.size());
}

std::optional<unsigned> NoCTopology::channelBetween(unsigned from,
                                                    unsigned to) const {
  for (unsigned i = firstOf(from), end = firstOf(from + 1); i < end; ++i)
    if (channelList[i].to == to)
      return i;
  return std::nullopt;
}

bool NoCTopology::contains(NodeCoordinate node) const {
  return node.x >= 0 && node.x < dims[0] && node.y >= 0 && node.y < dims[1] &&
         node.z >= 0 && node.z < dims[2];
}

unsigned NoCTopology::numberOf(NodeCoordinate node) const {
  assert(contains(node) && "outside of the network");
  return node.x + dims[0] * (node.y + dims[1] * node.z);
}

NodeCoordinate NoCTopology::coordinateOf(unsigned node) const {
  return {node % dims[0], node / dims[0] % dims[1], node / (dims[0] * dims[1])};
}

std::string NoCTopology::nodeName(unsigned node) const {
  NodeCoordinate at = coordinateOf(node);
  return "(" + std::to_string(at.x) + ", " + std::to_string(at.y) + ", " +
         std::to_string(at.z) + ")";
}

std::string NoCTopology::channelName(unsigned channel) const {
  const Channel &link = channelList[channel];
  std::string name = nodeName(link.from) + " ";
  if (link.kind == LinkKind::Added)
    return name + "-> " + nodeName(link.to);
  NodeCoordinate a = coordinateOf(link.from), b = coordinateOf(link.to);
  char axis = a.x != b.x ? 'x' : a.y != b.y ? 'y' : 'z';
  return name + axis + (link.from < link.to ? '+' : '-');
}
