// Placements of hand-written and of random problems: what they cost, that moves
// are counted right, and what annealing keeps and improves.
#include "atleus/Mapping/PlacementLoads.h"
#include "atleus/Mapping/SpaceFillingCurve.h"
#include "atleus/Support/CounterRandom.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace atleus;
using namespace atleus::placement;

namespace {
/// Tiers of 4x4 nodes over each other; those with odd numbers have arrays.
struct Machine {
  explicit Machine(int64_t levels) : routing(makeRouting(levels)) {}

  static NoCRouting makeRouting(int64_t levels) {
    NoCConstants noc;
    noc.dims = {4, 4, levels};
    return NoCRouting(noc);
  }

  Problem makeProblem() const {
    Problem problem(routing);
    problem.flitBytes = 16;
    for (unsigned level = 0; level * 16 < routing.topology().numNodes();
         ++level) {
      Tier &tier = problem.tiers.emplace_back();
      for (unsigned i = 0; i < 16; ++i)
        tier.nodes.push_back(level * 16 + i);
      for (GridPoint point : orderAlongCurve(4, 4))
        tier.curve.push_back(level * 16 + point.y * 4 + point.x);
      tier.arraysPerNode = level % 2 == 1 ? 100 : 0;
    }
    return problem;
  }

  NoCRouting routing;
};

/// Weights and kernels in turn, each of which reads what the one before makes.
struct RandomProblem {
  explicit RandomProblem(uint64_t seed, bool multicast = false)
      : machine(2), problem(machine.makeProblem()), key(keyOfSeed(seed)) {
    problem.multicast = multicast;
    problem.numSegments = 3;
    for (unsigned i = 0; i < 8; ++i) {
      addWeight(20 + draw(60));
      problem.addGroup(0, 1 + draw(16));
    }
    cores.resize(problem.numParts);
    for (unsigned i = 0; i < 120; ++i)
      addNet();
    for (unsigned part = 0; part < problem.numParts; ++part)
      problem.uses.push_back({part, draw(3), Unit::Vector, draw(500)});
  }

  unsigned draw(unsigned count) {
    return philox({counter++, 7, 7, 7}, key)[0] % count;
  }

  /// A weight with one or two replicas, each at the next node of the tier.
  void addWeight(int64_t arrays) {
    unsigned group = problem.addGroup(1, 1 + draw(2), arrays);
    cores.resize(problem.numParts);
    for (unsigned part = problem.groups[group].firstPart;
         part < problem.numParts; ++part)
      cores[part] = numReplicas++;
  }

  void addNet() {
    Net net;
    net.source = draw(problem.numParts);
    // One of four has many sinks.
    unsigned numSinks = draw(4) == 0 ? 30 : 3;
    for (unsigned i = 0; i < numSinks; ++i) {
      unsigned sink = draw(problem.numParts);
      if (sink != net.source && !llvm::is_contained(net.sinks, sink))
        net.sinks.push_back(sink);
    }
    llvm::sort(net.sinks);
    net.segment = draw(3);
    net.bytes = 1 + draw(5000);
    if (!net.sinks.empty())
      problem.nets.push_back(net);
  }

  Machine machine;
  Problem problem;
  std::vector<unsigned> cores;
  RandomKey key;
  uint32_t counter = 0;
  unsigned numReplicas = 0;
};
} // namespace

TEST(Placement, CostsWhatLinksAndPortsCarry) {
  Machine machine(1);
  Problem problem = machine.makeProblem();
  problem.addGroup(0, 1);
  problem.addGroup(0, 1);
  problem.nets.push_back({0, {1}, 0, 1600});
  // Two links and two ports carry 100 flits each.
  Measure two = measure(problem, {0, 2});
  EXPECT_EQ(two.byteLinks, 3200);
  EXPECT_EQ(two.busiestLinkFlits, 100);
  double links = machine.routing.topology().channels().size();
  EXPECT_NEAR(two.cost, 200 + 4 * 200 / links, 1e-9);
  Measure none = measure(problem, {2, 2});
  EXPECT_EQ(none.byteLinks, 0);
  EXPECT_EQ(none.cost, 0);
}

TEST(Placement, SendsOnceToANodeHoweverManyReadThere) {
  Machine machine(1);
  Problem problem = machine.makeProblem();
  for (unsigned i = 0; i < 3; ++i)
    problem.addGroup(0, 1);
  problem.nets.push_back({0, {1, 2}, 0, 16});
  EXPECT_EQ(measure(problem, {0, 1, 1}).byteLinks, 16);
  EXPECT_EQ(measure(problem, {0, 0, 1}).byteLinks, 16);
  EXPECT_EQ(measure(problem, {0, 1, 2}).byteLinks, 16 + 32);
}

TEST(Placement, MulticastUsesLinksOfATreeOnce) {
  Machine machine(1);
  Problem problem = machine.makeProblem();
  for (unsigned i = 0; i < 3; ++i)
    problem.addGroup(0, 1);
  problem.nets.push_back({0, {1, 2}, 0, 16});
  // To (3, 0) and, from there on, to (3, 1).
  Placement placement = {0, 3, 7};
  EXPECT_EQ(measure(problem, placement).byteLinks, 16 * (3 + 4));
  problem.multicast = true;
  EXPECT_EQ(measure(problem, placement).byteLinks, 16 * 4);
}

TEST(Placement, WorkOfDifferentSegmentsIsNotInEachOthersWay) {
  Machine machine(1);
  Problem problem = machine.makeProblem();
  problem.numSegments = 2;
  problem.addGroup(0, 1);
  problem.addGroup(0, 1);
  problem.uses = {{0, 0, Unit::Vector, 30}, {1, 0, Unit::Vector, 40}};
  EXPECT_EQ(measure(problem, {5, 5}).cost, 70);
  EXPECT_EQ(measure(problem, {5, 6}).cost, 50);
  problem.uses[1].segment = 1;
  EXPECT_EQ(measure(problem, {5, 5}).cost, measure(problem, {5, 6}).cost);
}

TEST(Placement, MovesChangeWhatANewCountWouldFind) {
  for (bool multicast : {false, true}) {
    RandomProblem random(/*seed=*/3, multicast);
    Placement start = placeNearData(random.problem, random.cores);
    Loads loads(random.problem, start);
    for (unsigned i = 0; i < 400; ++i) {
      unsigned part = random.draw(start.size());
      unsigned other = random.draw(start.size());
      Placement before = loads.getPlacement();
      double cost = loads.getCost();
      llvm::SmallVector<Move> moves = {{part, random.draw(32)}};
      if (other != part)
        moves.push_back({other, before[part]});
      double change = loads.apply(moves);
      Measure fresh = measure(random.problem, loads.getPlacement());
      ASSERT_NEAR(loads.getCost(), fresh.cost, 1e-6 * fresh.cost);
      ASSERT_NEAR(change, fresh.cost - cost, 1e-6 * fresh.cost);
      ASSERT_EQ(loads.measure().byteLinks, fresh.byteLinks);
      ASSERT_EQ(loads.measure().busiestLinkFlits, fresh.busiestLinkFlits);
      if (i % 2 == 0)
        continue;
      loads.undo();
      ASSERT_EQ(loads.getPlacement(), before);
      ASSERT_EQ(loads.getCost(), cost);
      ASSERT_EQ(loads.measure().byteLinks,
                measure(random.problem, before).byteLinks);
    }
  }
}

TEST(Placement, StartsAndAnnealingHaveNoFault) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    RandomProblem random(seed, /*multicast=*/seed % 2 == 1);
    Placement rowMajor = placeRowMajor(random.problem, random.cores);
    Placement near = placeNearData(random.problem, random.cores);
    Placement annealed = anneal(random.problem, near, /*moves=*/3000, seed);
    EXPECT_EQ(findFault(random.problem, rowMajor), "");
    EXPECT_EQ(findFault(random.problem, near), "");
    EXPECT_EQ(findFault(random.problem, annealed), "");
    double nearCost = measure(random.problem, near).cost;
    EXPECT_LE(measure(random.problem, annealed).cost, nearCost);
    EXPECT_EQ(annealed, anneal(random.problem, near, 3000, seed));
  }
}

/// No link gets more to carry than the limit, and what is too much in the
/// beginning becomes less.
TEST(Placement, AnnealingKeepsTheLimitOfLinks) {
  unsigned repaired = 0;
  for (uint64_t seed = 0; seed < 20; ++seed) {
    RandomProblem random(seed, /*multicast=*/seed % 2 == 1);
    Placement start = placeRowMajor(random.problem, random.cores);
    int64_t most = measure(random.problem, start).busiestLinkFlits;
    Placement annealed = anneal(random.problem, start, 2000, seed, most);
    EXPECT_LE(measure(random.problem, annealed).busiestLinkFlits, most);
    EXPECT_LE(measure(random.problem, annealed).cost,
              measure(random.problem, start).cost);
    int64_t less = most * 9 / 10;
    annealed = anneal(random.problem, start, 2000, seed, less);
    EXPECT_EQ(findFault(random.problem, annealed), "");
    repaired += measure(random.problem, annealed).busiestLinkFlits <= less;
  }
  EXPECT_GE(repaired, 15u);
}

TEST(Placement, LoadsBeyondTheLimitCost) {
  RandomProblem random(/*seed=*/3, /*multicast=*/true);
  Placement start = placeRowMajor(random.problem, random.cores);
  Measure measured = measure(random.problem, start);
  int64_t most = measured.busiestLinkFlits;
  EXPECT_TRUE(Loads(random.problem, start, most).isWithinLimit());
  EXPECT_EQ(Loads(random.problem, start, most).getCost(), measured.cost);
  Loads limited(random.problem, start, most / 2);
  EXPECT_FALSE(limited.isWithinLimit());
  EXPECT_GT(limited.getCost(), measured.cost);
  // It is kept up to date while parts move, and when moves are taken back.
  for (unsigned part = 0; part < random.problem.numParts; ++part) {
    double before = limited.getCost();
    Placement moved = start;
    moved[part] = start[part] ^ 1;
    limited.apply({{part, moved[part]}});
    double fresh = Loads(random.problem, moved, most / 2).getCost();
    EXPECT_NEAR(limited.getCost(), fresh, 1e-6 * fresh);
    limited.undo();
    EXPECT_EQ(limited.getCost(), before);
  }
}

/// Headers hold links as the bytes do.
TEST(Placement, HeadersCount) {
  Machine machine(1);
  Problem problem = machine.makeProblem();
  problem.addGroup(0, 2);
  problem.nets.push_back({0, {1}, 0, 160});
  int64_t payload = measure(problem, {0, 1}).busiestLinkFlits;
  EXPECT_EQ(payload, 160 / problem.flitBytes);
  problem.nets.front().extraFlits = 3;
  EXPECT_EQ(measure(problem, {0, 1}).busiestLinkFlits, payload + 3);
  EXPECT_EQ(measure(problem, {0, 1}).byteLinks, 160);
}

TEST(Placement, FindsFaults) {
  RandomProblem random(/*seed=*/1);
  Placement placement = placeRowMajor(random.problem, random.cores);
  Placement other = placement;
  other[0] = 3;
  EXPECT_EQ(findFault(random.problem, other),
            "node (3, 0, 0) is not of the tier");
  const Group &wide = *llvm::find_if(
      random.problem.groups, [](auto &group) { return group.numParts > 1; });
  other = placement;
  other[wide.firstPart] = other[wide.firstPart + 1];
  EXPECT_NE(findFault(random.problem, other).find("two parts of a group"),
            std::string::npos);
  for (Group &group : random.problem.groups)
    group.arrays *= 10;
  EXPECT_NE(findFault(random.problem, placement).find("arrays and has 100"),
            std::string::npos);
}

TEST(Placement, AnnealingBringsTalkersTogether) {
  Machine machine(1);
  Problem problem = machine.makeProblem();
  // A chain of 16, placed so that neighbours in it are far from each other.
  Placement start;
  problem.addGroup(0, 16);
  for (unsigned i = 0; i < 16; ++i) {
    start.push_back(i * 7 % 16);
    if (i > 0)
      problem.nets.push_back({i - 1, {i}, 0, 160});
  }
  // They are on nodes of their own: a path over all nodes is best.
  Placement best = anneal(problem, start, 20000, /*seed=*/0);
  EXPECT_GT(measure(problem, start).byteLinks, 2 * 15 * 160);
  EXPECT_LE(measure(problem, best).byteLinks, 15 * 160 * 1.35);
}

TEST(Placement, AnnealingWithoutMovesOrChoiceKeepsTheStart) {
  RandomProblem random(/*seed=*/4);
  Placement start = placeNearData(random.problem, random.cores);
  EXPECT_EQ(anneal(random.problem, start, /*moves=*/0, 0), start);
  Machine machine(1);
  Problem fixed(machine.routing);
  fixed.tiers.push_back({{5}, {5}, 0});
  fixed.addGroup(0, 1);
  EXPECT_EQ(anneal(fixed, {5}, 100, 0), Placement{5});
}

TEST(Placement, WeightsOfEqualNumbersAreOverEachOther) {
  Machine machine(4);
  Problem problem = machine.makeProblem();
  problem.addGroup(1, 1, 10);
  problem.addGroup(3, 1, 10);
  for (unsigned core = 0; core < 16; ++core) {
    Placement placement = placeNearData(problem, {core, core});
    EXPECT_EQ(placement[1], placement[0] + 32);
  }
}
