// Topologies, routes, and channels that can wait for each other.
#include "atleus/Cost/NoCRouting.h"

#include "ReferenceTable.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace atleus;
using namespace atleus::test;
using testing::ElementsAre;
using testing::IsEmpty;

static NoCConstants makeMesh(int64_t x, int64_t y, int64_t z,
                             arch::Routing routing) {
  NoCConstants noc;
  noc.dims = {x, y, z};
  noc.routing = routing;
  noc.virtualChannels = 4;
  noc.bufferFlits = 8;
  return noc;
}

static std::vector<std::string>
nameRoute(const NoCRouting &routing, NodeCoordinate from, NodeCoordinate to) {
  llvm::SmallVector<unsigned> channels;
  routing.route(routing.topology().numberOf(from),
                routing.topology().numberOf(to), channels);
  std::vector<std::string> names;
  for (unsigned channel : channels)
    names.push_back(routing.topology().channelName(channel));
  return names;
}

TEST(NoCTopology, AMeshHasTwoChannelsPerPairOfNeighbours) {
  NoCTopology mesh(makeMesh(4, 3, 2, arch::Routing::XYZ));
  EXPECT_EQ(mesh.numNodes(), 24u);
  EXPECT_EQ(mesh.channels().size(), 2u * (3 * 3 * 2 + 4 * 2 * 2 + 12));
  EXPECT_EQ(mesh.channelBetween(0, 5), std::nullopt);
  EXPECT_EQ(mesh.channelName(*mesh.channelBetween(0, 12)), "(0, 0, 0) z+");
  EXPECT_EQ(mesh.channels()[*mesh.channelBetween(12, 0)].kind,
            LinkKind::Vertical);
}

TEST(NoCTopology, OneNodeHasNoChannel) {
  NoCTopology mesh(makeMesh(1, 1, 1, arch::Routing::XYZ));
  EXPECT_EQ(mesh.numNodes(), 1u);
  EXPECT_TRUE(mesh.channels().empty());
}

TEST(NoCTopology, LinksAreRemovedAndAddedInBothDirections) {
  NoCConstants noc = makeMesh(3, 1, 1, arch::Routing::Minimal);
  noc.removedLinks = {{{1, 0, 0}, {0, 0, 0}}};
  noc.addedLinks = {{{0, 0, 0}, {2, 0, 0}}};
  NoCTopology network(noc);
  EXPECT_EQ(network.channels().size(), 4u);
  EXPECT_FALSE(network.channelBetween(0, 1));
  EXPECT_FALSE(network.channelBetween(1, 0));
  EXPECT_EQ(network.channelName(*network.channelBetween(0, 2)),
            "(0, 0, 0) -> (2, 0, 0)");
  EXPECT_EQ(network.channelName(*network.channelBetween(2, 0)),
            "(2, 0, 0) -> (0, 0, 0)");
}

TEST(NoCRouting, MinimalRoutesOfAWholeMeshAreInDimensionOrder) {
  NoCRouting xyz(makeMesh(4, 3, 2, arch::Routing::XYZ));
  NoCRouting table(makeMesh(4, 3, 2, arch::Routing::Minimal));
  for (unsigned from = 0; from < 24; ++from)
    for (unsigned to = 0; to < 24; ++to) {
      llvm::SmallVector<unsigned> a, b;
      xyz.route(from, to, a);
      table.route(from, to, b);
      EXPECT_EQ(a, b) << from << " to " << to;
    }
  EXPECT_THAT(nameRoute(xyz, {0, 2, 1}, {1, 1, 0}),
              ElementsAre("(0, 2, 1) x+", "(1, 2, 1) y-", "(1, 1, 1) z-"));
  EXPECT_THAT(nameRoute(xyz, {1, 1, 1}, {1, 1, 1}), IsEmpty());
}

TEST(NoCRouting, AFastAddedLinkIsTakenAndASlowOneIsNot) {
  NoCConstants noc = makeMesh(4, 1, 1, arch::Routing::Minimal);
  noc.addedLinks = {{{0, 0, 0}, {3, 0, 0}}};
  noc.addedLinkCycles = 3;
  EXPECT_THAT(nameRoute(NoCRouting(noc), {0, 0, 0}, {3, 0, 0}),
              ElementsAre("(0, 0, 0) -> (3, 0, 0)"));
  EXPECT_EQ(NoCRouting(noc).length({0, 0, 0}, {3, 0, 0}).added, 1);
  noc.addedLinkCycles = 12;
  EXPECT_EQ(nameRoute(NoCRouting(noc), {0, 0, 0}, {3, 0, 0}).size(), 3u);
}

TEST(NoCRouting, GoesAroundMissingVerticalLinks) {
  NoCConstants noc = makeMesh(3, 1, 2, arch::Routing::Minimal);
  noc.removedLinks = {{{0, 0, 0}, {0, 0, 1}}, {{1, 0, 0}, {1, 0, 1}}};
  EXPECT_THAT(nameRoute(NoCRouting(noc), {1, 0, 0}, {0, 0, 1}),
              ElementsAre("(1, 0, 0) x+", "(2, 0, 0) z+", "(2, 0, 1) x-",
                          "(1, 0, 1) x-"));
}

TEST(NoCRouting, LatencyEqualsBookSimOnEveryRowOfTheTable) {
  unsigned checked = 0;
  for (const ReferenceRow &row : readReference("booksim_zero_load")) {
    if (!row.text("topology").starts_with("anynet"))
      continue;
    NoCConstants noc = makeMesh(4, 4, 3, arch::Routing::Minimal);
    noc.verticalLinkCycles = row.integer("vertical_link_latency");
    RouteLength length =
        NoCRouting(noc).length(row.integer("src"), row.integer("dst"));
    EXPECT_EQ(latencyCycles(noc, length, row.integer("packet_size")),
              row.integer("packet_latency"));
    ++checked;
  }
  EXPECT_GT(checked, 50u);
}

TEST(NoCRouting, FindsNodesThatAreCutOff) {
  NoCConstants noc = makeMesh(3, 1, 1, arch::Routing::Minimal);
  EXPECT_FALSE(findUnconnected(NoCRouting(noc)));
  noc.removedLinks = {{{1, 0, 0}, {2, 0, 0}}};
  for (arch::Routing routing :
       {arch::Routing::Minimal, arch::Routing::UpDown}) {
    noc.routing = routing;
    auto pair = findUnconnected(NoCRouting(noc));
    ASSERT_TRUE(pair);
    EXPECT_EQ(pair->second, 2u);
  }
}

TEST(ChannelDependences, DimensionOrderHasNoCycle) {
  for (arch::Routing routing :
       {arch::Routing::XYZ, arch::Routing::Minimal, arch::Routing::UpDown})
    EXPECT_THAT(findDependenceCycle(NoCRouting(makeMesh(3, 3, 3, routing))),
                IsEmpty());
}

/// The rim of a 3x3 mesh, without the links of the node in the middle but one.
static NoCConstants makeRim(arch::Routing routing) {
  NoCConstants noc = makeMesh(3, 3, 1, routing);
  noc.removedLinks = {
      {{1, 1, 0}, {2, 1, 0}}, {{1, 1, 0}, {0, 1, 0}}, {{1, 1, 0}, {1, 2, 0}}};
  return noc;
}

TEST(ChannelDependences, AMinimallyRoutedRingHasACycle) {
  NoCRouting routing(makeRim(arch::Routing::Minimal));
  std::vector<unsigned> cycle = findDependenceCycle(routing);
  ASSERT_GE(cycle.size(), 8u);
  llvm::ArrayRef<Channel> channels = routing.topology().channels();
  for (size_t i = 0; i < cycle.size(); ++i)
    EXPECT_EQ(channels[cycle[i]].to,
              channels[cycle[(i + 1) % cycle.size()]].from);
}

TEST(ChannelDependences, UpDownRoutingOfARingHasNone) {
  NoCRouting routing(makeRim(arch::Routing::UpDown));
  EXPECT_FALSE(findUnconnected(routing));
  EXPECT_THAT(findDependenceCycle(routing), IsEmpty());
}

/// Meshes of which a pseudo-random third of the vertical and a sixth of the
/// planar links are missing.
static NoCConstants makeRandomMesh(unsigned seed) {
  NoCConstants noc = makeMesh(4, 3, 3, arch::Routing::UpDown);
  NoCTopology mesh(noc);
  uint32_t random = 2463534242u + seed;
  for (const Channel &channel : mesh.channels()) {
    random ^= random << 13;
    random ^= random >> 17;
    random ^= random << 5;
    bool vertical = channel.kind == LinkKind::Vertical;
    if (channel.from < channel.to && random % 6 < (vertical ? 2 : 1))
      noc.removedLinks.push_back(
          {mesh.coordinateOf(channel.from), mesh.coordinateOf(channel.to)});
  }
  return noc;
}

TEST(ChannelDependences, UpDownRoutingHasNoCycleInRandomMeshes) {
  unsigned connected = 0;
  for (unsigned seed = 0; seed < 40; ++seed) {
    NoCRouting routing(makeRandomMesh(seed));
    if (findUnconnected(routing))
      continue;
    ++connected;
    EXPECT_THAT(findDependenceCycle(routing), IsEmpty()) << "seed " << seed;
    for (unsigned from = 0; from < 36; ++from)
      for (unsigned to = 0; to < 36; ++to)
        EXPECT_TRUE(routing.reaches(from, to));
  }
  EXPECT_GT(connected, 10u);
}
