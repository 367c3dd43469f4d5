// Simulated annealing of a placement.
#include "atleus/Mapping/PlacementLoads.h"
#include "atleus/Support/CounterRandom.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace atleus;
using namespace atleus::placement;
using llvm::ArrayRef;

/// The temperature in the beginning, over what a change for the worse costs on
/// average, and in the end, over that in the beginning. Chosen by trying;
/// within a factor of ten the results are alike.
static constexpr double firstTemperature = 0.1;
static constexpr double lastTemperature = 1e-3;
/// Changes from which the average is taken.
static constexpr unsigned numProbes = 200;

/// A number below `count`.
static unsigned pick(uint32_t bits, unsigned count) {
  return (static_cast<uint64_t>(bits) * count) >> 32;
}

namespace {
/// Which parts may go where.
class Occupancy {
public:
  Occupancy(const Problem &problem, const Placement &placement);

  /// Parts that are not on a tier of one node, and those of them with arrays.
  ArrayRef<unsigned> getMovable() const { return movable; }
  ArrayRef<unsigned> getWeights() const { return weights; }
  /// Moves that bring `part` to `node`; none if there is no way.
  llvm::SmallVector<Move, 2> propose(unsigned part, unsigned node,
                                     const Placement &placement,
                                     uint32_t bits) const;
  /// Parts have moved, from `former` on.
  void accept(ArrayRef<Move> moves, ArrayRef<Move> former);

  const Tier &tierOf(unsigned part) const {
    return problem.tiers[problem.groups[groupOf[part]].tier];
  }

private:
  const Group &getGroup(unsigned part) const {
    return problem.groups[groupOf[part]];
  }
  std::optional<unsigned> findInGroup(const Group &group, unsigned node,
                                      const Placement &placement) const;
  size_t indexOf(const Group &group, unsigned node) const {
    return group.tier * numNodes + node;
  }

  const Problem &problem;
  unsigned numNodes;
  std::vector<unsigned> groupOf, movable, weights;
  /// By tier and node, arrays that are free and parts that have arrays there.
  std::vector<int64_t> freeArrays;
  std::vector<llvm::SmallVector<unsigned>> holders;
};

class Annealing {
public:
  Annealing(const Problem &problem, const Placement &start, uint64_t seed,
            int64_t mostLinkFlits)
      : problem(problem), loads(problem, start, mostLinkFlits),
        occupancy(problem, start), key(keyOfSeed(seed)) {}

  void run(unsigned numMoves);
  const Placement &getPlacement() const { return loads.getPlacement(); }
  double getCost() const { return loads.getCost(); }

private:
  unsigned chooseNode(unsigned part, uint32_t bits) const;
  llvm::SmallVector<Move, 2> propose(const RandomBlock &random) const;
  double measureUphill(unsigned probes);

  const Problem &problem;
  Loads loads;
  Occupancy occupancy;
  RandomKey key;
};
} // namespace

//===----------------------------------------------------------------------===//
// What moves are possible
//===----------------------------------------------------------------------===//

Occupancy::Occupancy(const Problem &problem, const Placement &placement)
    : problem(problem), numNodes(problem.routing->topology().numNodes()),
      groupOf(problem.numParts), freeArrays(problem.tiers.size() * numNodes),
      holders(freeArrays.size()) {
  for (auto [i, tier] : llvm::enumerate(problem.tiers))
    for (unsigned node : tier.nodes)
      freeArrays[i * numNodes + node] = tier.arraysPerNode;
  for (auto [i, group] : llvm::enumerate(problem.groups)) {
    bool canMove = problem.tiers[group.tier].nodes.size() > 1;
    for (unsigned j = 0; j < group.numParts; ++j) {
      unsigned part = group.firstPart + j;
      groupOf[part] = i;
      if (canMove)
        movable.push_back(part);
      if (group.arrays == 0)
        continue;
      if (canMove)
        weights.push_back(part);
      size_t index = indexOf(group, placement[part]);
      freeArrays[index] -= group.arrays;
      holders[index].push_back(part);
    }
  }
}

std::optional<unsigned>
Occupancy::findInGroup(const Group &group, unsigned node,
                       const Placement &placement) const {
  for (unsigned i = 0; i < group.numParts; ++i)
    if (placement[group.firstPart + i] == node)
      return group.firstPart + i;
  return std::nullopt;
}

llvm::SmallVector<Move, 2> Occupancy::propose(unsigned part, unsigned node,
                                              const Placement &placement,
                                              uint32_t bits) const {
  const Group &group = getGroup(part);
  unsigned from = placement[part];
  if (node == from)
    return {};
  if (std::optional<unsigned> other = findInGroup(group, node, placement))
    return {{part, node}, {*other, from}};
  if (group.arrays == 0)
    return {{part, node}};
  // One more than there are parts to change places with: none of them.
  ArrayRef<unsigned> parts = holders[indexOf(group, node)];
  int64_t room = freeArrays[indexOf(group, node)];
  unsigned which = pick(bits, parts.size() + 1);
  if (which == parts.size())
    return room >= group.arrays ? llvm::SmallVector<Move, 2>{{part, node}}
                                : llvm::SmallVector<Move, 2>();
  unsigned other = parts[which];
  const Group &otherGroup = getGroup(other);
  bool fits =
      room + otherGroup.arrays >= group.arrays &&
      freeArrays[indexOf(group, from)] + group.arrays >= otherGroup.arrays;
  if (!fits || findInGroup(otherGroup, from, placement))
    return {};
  return {{part, node}, {other, from}};
}

void Occupancy::accept(ArrayRef<Move> moves, ArrayRef<Move> former) {
  for (auto [move, before] : llvm::zip_equal(moves, former)) {
    const Group &group = getGroup(move.part);
    if (group.arrays == 0)
      continue;
    size_t from = indexOf(group, before.node);
    size_t to = indexOf(group, move.node);
    freeArrays[from] += group.arrays;
    freeArrays[to] -= group.arrays;
    llvm::erase(holders[from], move.part);
    holders[to].push_back(move.part);
  }
}

//===----------------------------------------------------------------------===//
// Annealing
//===----------------------------------------------------------------------===//

/// Mostly the node over or below one with which the part exchanges data, one
/// time in eight any node.
unsigned Annealing::chooseNode(unsigned part, uint32_t bits) const {
  const Tier &tier = occupancy.tierOf(part);
  ArrayRef<unsigned> nets = loads.getNets(part);
  bool isGuided = bits % 8 != 0;
  bits ^= bits << 16;
  if (isGuided && !nets.empty()) {
    const Net &net = problem.nets[nets[pick(bits, nets.size())]];
    unsigned other =
        net.source != part
            ? net.source
            : net.sinks[pick(bits * 0x9E3779B9U, net.sinks.size())];
    const NoCTopology &network = problem.routing->topology();
    NodeCoordinate at = network.coordinateOf(loads.getPlacement()[other]);
    at.z = network.coordinateOf(tier.nodes.front()).z;
    unsigned node = network.numberOf(at);
    if (llvm::is_contained(tier.nodes, node))
      return node;
  }
  return tier.nodes[pick(bits, tier.nodes.size())];
}

llvm::SmallVector<Move, 2> Annealing::propose(const RandomBlock &random) const {
  // Weights are few, and where they are matters to many others.
  bool isWeight = random[3] % 2 == 0 && !occupancy.getWeights().empty();
  ArrayRef<unsigned> parts =
      isWeight ? occupancy.getWeights() : occupancy.getMovable();
  unsigned part = parts[pick(random[0], parts.size())];
  return occupancy.propose(part, chooseNode(part, random[1]),
                           loads.getPlacement(), random[2]);
}

/// The mean of what changes for the worse cost.
double Annealing::measureUphill(unsigned probes) {
  double sum = 0;
  unsigned count = 0;
  for (unsigned i = 0; i < probes; ++i) {
    llvm::SmallVector<Move, 2> moves = propose(philox({i, 1, 0, 0}, key));
    if (moves.empty())
      continue;
    double change = loads.apply(moves);
    loads.undo();
    if (change <= 0)
      continue;
    sum += change;
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

void Annealing::run(unsigned numMoves) {
  if (occupancy.getMovable().empty() || numMoves == 0)
    return;
  double temperature =
      firstTemperature * measureUphill(std::min(numProbes, numMoves));
  double cooling = std::pow(lastTemperature, 1.0 / numMoves);
  for (unsigned i = 0; i < numMoves; ++i, temperature *= cooling) {
    RandomBlock random = philox({i, 0, 0, 0}, key);
    llvm::SmallVector<Move, 2> moves = propose(random);
    if (moves.empty())
      continue;
    bool wasWithinLimit = loads.isWithinLimit();
    double change = loads.apply(moves);
    if ((wasWithinLimit && !loads.isWithinLimit()) ||
        change > -temperature * std::log(toUniform(random[3]))) {
      loads.undo();
      continue;
    }
    occupancy.accept(moves, loads.getFormerNodes());
  }
}

Placement placement::anneal(const Problem &problem, const Placement &start,
                            unsigned moves, uint64_t seed,
                            int64_t mostLinkFlits) {
  Annealing annealing(problem, start, seed, mostLinkFlits);
  double startCost = annealing.getCost();
  annealing.run(moves);
  return annealing.getCost() < startCost ? annealing.getPlacement() : start;
}
