// Trees of routes: by hand, and for all kinds of routing.
#include "atleus/Mapping/MulticastTree.h"

#include "atleus/Cost/NoCRouting.h"
#include "atleus/Support/CounterRandom.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace atleus;
using testing::ElementsAre;

static NodePath getRoute(const NoCRouting &routing, unsigned from,
                         unsigned to) {
  llvm::SmallVector<unsigned> channels;
  routing.route(from, to, channels);
  NodePath nodes = {from};
  for (unsigned channel : channels)
    nodes.push_back(routing.topology().channels()[channel].to);
  return nodes;
}

TEST(MulticastTree, SharesLinksAndPassesNodesThatItDeliversTo) {
  auto trees = makeMulticastTrees({{0, 1}, {0, 1, 5}, {0, 1, 2, 6}});
  ASSERT_EQ(trees.size(), 1u);
  EXPECT_THAT(trees[0].paths,
              ElementsAre(NodePath{0, 1, 2, 6}, NodePath{1, 5}, NodePath{1}));
  EXPECT_THAT(trees[0].routes, ElementsAre(2, 1, 0));
  EXPECT_EQ(trees[0].numLinks(), 4);
}

TEST(MulticastTree, OneRouteIsATree) {
  auto trees = makeMulticastTrees(NodePath{3, 4});
  ASSERT_EQ(trees.size(), 1u);
  EXPECT_THAT(trees[0].paths, ElementsAre(NodePath{3, 4}));
  EXPECT_TRUE(makeMulticastTrees({}).empty());
}

TEST(MulticastTree, BranchesMayLeaveTheSourceAndOtherBranches) {
  auto trees = makeMulticastTrees({{0, 1, 2}, {0, 4, 5}, {0, 4, 8}});
  ASSERT_EQ(trees.size(), 1u);
  EXPECT_THAT(trees[0].paths, ElementsAre(NodePath{0, 1, 2}, NodePath{0, 4, 5},
                                          NodePath{4, 8}));
}

/// Routes that enter node 5 from 1 and from 4 are no tree, nor are such that
/// come back to one another later.
TEST(MulticastTree, RoutesThatMeetAgainBecomeSeveralTrees) {
  auto trees =
      makeMulticastTrees({{0, 1, 5, 6}, {0, 4, 5, 9}, {0, 4, 8}, {0, 1}});
  ASSERT_EQ(trees.size(), 2u);
  EXPECT_THAT(trees[0].paths, ElementsAre(NodePath{0, 1, 5, 6},
                                          NodePath{0, 4, 8}, NodePath{1}));
  EXPECT_THAT(trees[0].routes, ElementsAre(0, 2, 3));
  EXPECT_THAT(trees[1].paths, ElementsAre(NodePath{0, 4, 5, 9}));
  EXPECT_THAT(trees[1].routes, ElementsAre(1));
}

TEST(MulticastTree, DoesNotDependOnTheOrderOfRoutes) {
  std::vector<NodePath> routes = {
      {0, 1, 5, 6}, {0, 4, 5, 9}, {0, 4, 8}, {0, 1}, {0, 1, 2}};
  std::vector<std::vector<NodePath>> expected;
  for (const MulticastTree &tree : makeMulticastTrees(routes))
    expected.push_back(tree.paths);
  std::sort(routes.begin(), routes.end());
  do {
    std::vector<std::vector<NodePath>> found;
    for (const MulticastTree &tree : makeMulticastTrees(routes))
      found.push_back(tree.paths);
    EXPECT_EQ(found, expected);
  } while (std::next_permutation(routes.begin(), routes.end()));
}

/// Whatever is chosen of a routing's routes: every link is one of a route, is
/// taken once by its tree, and each route is a way through its tree.
static void expectTrees(const NoCRouting &routing, unsigned source,
                        const std::set<unsigned> &targets,
                        llvm::ArrayRef<MulticastTree> trees) {
  std::set<unsigned> delivered;
  for (const MulticastTree &tree : trees) {
    std::map<unsigned, unsigned> entries = {{source, source}};
    for (const NodePath &path : tree.paths) {
      ASSERT_TRUE(entries.count(path.front()));
      for (size_t i = 1; i < path.size(); ++i)
        EXPECT_TRUE(entries.emplace(path[i], path[i - 1]).second);
      EXPECT_TRUE(delivered.insert(path.back()).second);
      NodePath route = getRoute(routing, source, path.back());
      for (size_t i = 1; i < route.size(); ++i)
        EXPECT_EQ(entries[route[i]], route[i - 1]);
    }
    EXPECT_EQ(tree.numLinks(), static_cast<int64_t>(entries.size()) - 1);
  }
  EXPECT_EQ(delivered, targets);
}

static std::set<unsigned> drawTargets(uint32_t seed, unsigned source,
                                      unsigned numNodes) {
  std::set<unsigned> targets;
  RandomBlock block = philox({seed, 1, 0, 0}, {7, 0});
  unsigned count = 1 + block[0] % (numNodes - 1);
  for (uint32_t i = 0; targets.size() < count; ++i) {
    unsigned node = philox({seed, 2, i, 0}, {7, 0})[0] % numNodes;
    if (node != source)
      targets.insert(node);
  }
  return targets;
}

TEST(MulticastTree, RoutesByDimensionsAreAlwaysOneTree) {
  NoCConstants noc;
  noc.dims = {4, 3, 3};
  NoCRouting routing(noc);
  for (uint32_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    unsigned source = seed % 36;
    std::set<unsigned> targets = drawTargets(seed, source, 36);
    std::vector<NodePath> routes;
    for (unsigned target : targets)
      routes.push_back(getRoute(routing, source, target));
    auto trees = makeMulticastTrees(routes);
    EXPECT_EQ(trees.size(), 1u);
    expectTrees(routing, source, targets, trees);
  }
}

/// Tables of networks without some of their links.
TEST(MulticastTree, RoutesOfTablesAreTrees) {
  NoCConstants whole;
  whole.dims = {6, 6, 1};
  const NoCTopology mesh(whole);
  unsigned connected = 0;
  for (uint32_t seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    NoCConstants noc = whole;
    noc.routing =
        seed % 2 == 0 ? arch::Routing::UpDown : arch::Routing::Minimal;
    for (const Channel &channel : mesh.channels())
      if (channel.from < channel.to &&
          philox({seed, 3, channel.from, channel.to}, {7, 0})[0] % 5 == 0)
        noc.removedLinks.push_back(
            {mesh.coordinateOf(channel.from), mesh.coordinateOf(channel.to)});
    NoCRouting routing(noc);
    if (findUnconnected(routing))
      continue;
    ++connected;
    unsigned source = seed % 36;
    std::set<unsigned> targets = drawTargets(seed, source, 36);
    std::vector<NodePath> routes;
    for (unsigned target : targets)
      routes.push_back(getRoute(routing, source, target));
    expectTrees(routing, source, targets, makeMulticastTrees(routes));
  }
  EXPECT_GT(connected, 10u);
}
