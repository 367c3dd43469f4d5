// The problem of choosing nodes, and placements to start from.
#include "atleus/Mapping/PlacementLoads.h"

#include "llvm/ADT/STLExtras.h"

using namespace atleus;
using namespace atleus::placement;
using llvm::ArrayRef;

unsigned Problem::addGroup(unsigned tier, unsigned count, int64_t arrays) {
  groups.push_back({tier, numParts, count, arrays});
  numParts += count;
  return groups.size() - 1;
}

std::string placement::findFault(const Problem &problem,
                                 const Placement &placement) {
  const NoCTopology &network = problem.routing->topology();
  if (placement.size() != problem.numParts)
    return "not every part has a node";
  std::vector<int64_t> arrays(network.numNodes() * problem.tiers.size());
  for (const Group &group : problem.groups) {
    const Tier &tier = problem.tiers[group.tier];
    llvm::SmallVector<unsigned> taken;
    for (unsigned i = 0; i < group.numParts; ++i) {
      unsigned node = placement[group.firstPart + i];
      if (!llvm::is_contained(tier.nodes, node))
        return "node " + network.nodeName(node) + " is not of the tier";
      if (llvm::is_contained(taken, node))
        return "two parts of a group are at node " + network.nodeName(node);
      taken.push_back(node);
      int64_t &used = arrays[group.tier * network.numNodes() + node];
      used += group.arrays;
      if (group.arrays > 0 && used > tier.arraysPerNode)
        return "node " + network.nodeName(node) + " needs " +
               std::to_string(used) + " arrays and has " +
               std::to_string(tier.arraysPerNode);
    }
  }
  return "";
}

Placement placement::placeRowMajor(const Problem &problem,
                                   ArrayRef<unsigned> cores) {
  Placement result(problem.numParts);
  std::vector<unsigned> next(problem.tiers.size());
  for (const Group &group : problem.groups) {
    ArrayRef<unsigned> nodes = problem.tiers[group.tier].nodes;
    for (unsigned i = 0; i < group.numParts; ++i) {
      unsigned part = group.firstPart + i;
      result[part] = group.arrays > 0
                         ? nodes[cores[part]]
                         : nodes[next[group.tier]++ % nodes.size()];
    }
  }
  return result;
}

namespace {
/// Bytes that go to or come from a node.
struct Attraction {
  unsigned node;
  int64_t bytes;
};

/// Places parts one after another near the data of those that are placed.
class NearPlacement {
public:
  explicit NearPlacement(const Problem &problem)
      : problem(problem), netsOf(listNets(problem)), routes(*problem.routing),
        nodes(problem.numParts), isPlaced(problem.numParts),
        time(problem.numParts), busy(problem.routing->topology().numNodes()) {
    for (const UnitUse &use : problem.uses)
      time[use.part] += use.time;
  }

  void place(unsigned part, unsigned node) {
    nodes[part] = node;
    isPlaced[part] = true;
    busy[node] += time[part];
  }

  void placeNear(const Group &group) {
    llvm::SmallVector<unsigned> free = problem.tiers[group.tier].curve;
    for (unsigned i = 0; i < group.numParts; ++i) {
      unsigned part = group.firstPart + i;
      unsigned *best = chooseNode(part, free);
      place(part, *best);
      free.erase(best);
    }
  }

  Placement takeNodes() { return std::move(nodes); }

private:
  void gatherAttractions(unsigned part);
  unsigned *chooseNode(unsigned part, llvm::SmallVectorImpl<unsigned> &free);

  const Problem &problem;
  NumberLists netsOf;
  RouteTable routes;
  Placement nodes;
  std::vector<bool> isPlaced;
  /// Of parts, the time for which they use units, and the sum at nodes.
  std::vector<int64_t> time, busy;
  std::vector<Attraction> attractions;
};
} // namespace

void NearPlacement::gatherAttractions(unsigned part) {
  attractions.clear();
  auto add = [&](unsigned other, int64_t bytes) {
    if (!isPlaced[other])
      return;
    auto found = llvm::find_if(attractions, [&](const Attraction &known) {
      return known.node == nodes[other];
    });
    if (found == attractions.end())
      attractions.push_back({nodes[other], bytes});
    else
      found->bytes += bytes;
  };
  for (unsigned number : netsOf[part]) {
    const Net &net = problem.nets[number];
    if (net.source != part) {
      add(net.source, net.bytes);
      continue;
    }
    for (unsigned sink : net.sinks)
      add(sink, net.bytes);
  }
}

unsigned *NearPlacement::chooseNode(unsigned part,
                                    llvm::SmallVectorImpl<unsigned> &free) {
  gatherAttractions(part);
  unsigned *best = nullptr;
  std::pair<int64_t, int64_t> bestCost;
  for (unsigned &node : free) {
    int64_t traffic = 0;
    for (const Attraction &attraction : attractions)
      traffic += attraction.bytes * routes.countStations(attraction.node, node);
    std::pair<int64_t, int64_t> cost = {traffic, busy[node]};
    if (best && bestCost <= cost)
      continue;
    best = &node;
    bestCost = cost;
  }
  return best;
}

Placement placement::placeNearData(const Problem &problem,
                                   ArrayRef<unsigned> cores) {
  NearPlacement placement(problem);
  auto isFixed = [&](const Group &group) {
    return group.arrays > 0 || problem.tiers[group.tier].nodes.size() == 1;
  };
  for (const Group &group : problem.groups) {
    if (!isFixed(group))
      continue;
    ArrayRef<unsigned> curve = problem.tiers[group.tier].curve;
    for (unsigned i = 0; i < group.numParts; ++i) {
      unsigned part = group.firstPart + i;
      placement.place(part, curve[group.arrays > 0 ? cores[part] : 0]);
    }
  }
  for (const Group &group : problem.groups)
    if (!isFixed(group))
      placement.placeNear(group);
  return placement.takeNodes();
}
