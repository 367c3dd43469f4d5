// The network model against BookSim's tables, and at its edges.
#include "atleus/Cost/NoCModel.h"

#include "ReferenceTable.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace atleus;
using namespace atleus::test;
using testing::ElementsAre;

static NoCConstants makeBaseRouter() {
  NoCConstants noc;
  noc.dims = {4, 4, 4};
  noc.linkBits = 128;
  noc.clock = Picoseconds(1000);
  noc.virtualChannels = 4;
  noc.bufferFlits = 8;
  noc.maxPacketFlits = 16;
  noc.headerFlits = 1;
  noc.planarLinkMicrometres = 2500;
  noc.routerFlit = Femtojoules(10370);
  noc.planarBitPerMillimetre = Femtojoules(100);
  noc.verticalBit = Femtojoules(15);
  return noc;
}

TEST(NoCModel, EqualsBookSimWithoutLoadOnEveryRow) {
  std::vector<ReferenceRow> rows = readReference("booksim_zero_load");
  EXPECT_EQ(rows.size(), 489u);
  for (const ReferenceRow &row : rows) {
    NoCConstants noc;
    noc.routingCycles = row.integer("routing_delay");
    noc.vcAllocationCycles = row.integer("vc_alloc_delay");
    noc.switchAllocationCycles = row.integer("sw_alloc_delay");
    noc.traversalCycles = row.integer("st_final_delay");
    noc.speculative = row.integer("speculative") == 1;
    noc.virtualChannels = row.integer("num_vcs");
    noc.bufferFlits = row.integer("vc_buf_size");
    noc.planarLinkCycles = row.integer("link_latency");
    noc.verticalLinkCycles = row.integer("vertical_link_latency");
    RouteLength length{row.integer("dxy"), row.integer("dz")};
    SCOPED_TRACE(row.text("config").str() + " from " + row.text("src").str() +
                 " to " + row.text("dst").str());
    EXPECT_EQ(length.routers(), row.integer("hops_routers"));
    EXPECT_EQ(latencyCycles(noc, length, row.integer("packet_size")),
              row.integer("packet_latency"));
  }
}

TEST(NoCModel, EqualsBookSimForTransfersThatAreAlone) {
  unsigned checked = 0;
  for (const ReferenceRow &row : readReference("booksim_trace_makespan")) {
    // A packet of one flit waits for its own channel allocation, and a single
    // channel for the previous packet's tail.
    bool shortPackets =
        row.integer("num_packets") > 1 &&
        row.integer("num_packets") == row.integer("total_flits");
    if (!row.text("pattern").starts_with("flow_0_to_47") || shortPackets ||
        row.integer("num_vcs") == 1)
      continue;
    NoCConstants noc = makeBaseRouter();
    noc.bufferFlits = row.integer("vc_buf_size");
    noc.routingCycles = row.integer("routing_delay");
    noc.speculative = row.integer("speculative") == 1;
    SCOPED_TRACE(row.text("pattern").str());
    EXPECT_EQ(latencyCycles(noc, routeLength({0, 0, 0}, {3, 3, 2}),
                            row.integer("total_flits")),
              row.integer("makespan_cycles"));
    ++checked;
  }
  EXPECT_EQ(checked, 8u);
}

TEST(NoCModel, RoutesAlongXThenYThenZ) {
  llvm::SmallVector<LinkDirection> route;
  routeXYZ({0, 3, 1}, {2, 1, 0}, route);
  EXPECT_THAT(route, ElementsAre(LinkDirection::XPlus, LinkDirection::XPlus,
                                 LinkDirection::YMinus, LinkDirection::YMinus,
                                 LinkDirection::ZMinus));
  NodeCoordinate node{0, 3, 1};
  for (LinkDirection direction : route)
    node = neighbour(node, direction);
  EXPECT_TRUE((node == NodeCoordinate{2, 1, 0}));
}

TEST(NoCModel, ARouteToTheSameNodeHasNoLink) {
  llvm::SmallVector<LinkDirection> route;
  routeXYZ({1, 1, 1}, {1, 1, 1}, route);
  EXPECT_TRUE(route.empty());
  EXPECT_EQ(routeLength({1, 1, 1}, {1, 1, 1}).routers(), 1);
}

TEST(NoCModel, PacketsHaveAHeaderEach) {
  NoCConstants noc = makeBaseRouter();
  EXPECT_EQ(transferSize(noc, 0).flits, 0);
  EXPECT_EQ(transferSize(noc, 1).flits, 2);
  EXPECT_EQ(transferSize(noc, 15 * 128).flits, 16);
  EXPECT_EQ(transferSize(noc, 15 * 128).packets, 1);
  EXPECT_EQ(transferSize(noc, 15 * 128 + 1).flits, 18);
  EXPECT_EQ(transferSize(noc, 15 * 128 + 1).packets, 2);
}

TEST(NoCModel, OneFlitTakesTheRoutersAndTheLinks) {
  NoCConstants noc = makeBaseRouter();
  EXPECT_EQ(transferLatency(noc, {0, 0}, 1).count(), 1000 * (5 + 2));
  EXPECT_EQ(transferLatency(noc, {3, 3}, 1).count(), 1000 * (5 * 7 + 2));
  EXPECT_EQ(linkOccupancy(noc, 1).count(), 1000);
}

TEST(NoCModel, AShortBufferWaitsForCreditsOfLongLinks) {
  NoCConstants noc = makeBaseRouter();
  noc.verticalLinkCycles = 4;
  // Eight flits fill the buffer; the credit of the first is back after
  // 1 + 1 + 2 * 4 + 1 = 11 cycles.
  int64_t eight = latencyCycles(noc, {0, 1}, 8);
  EXPECT_EQ(latencyCycles(noc, {0, 1}, 9), eight + 1 + 3);
  // Without a vertical link on the route nothing waits.
  EXPECT_EQ(latencyCycles(noc, {1, 0}, 9), latencyCycles(noc, {1, 0}, 8) + 1);
}

TEST(NoCModel, EnergyCountsRoutersPlanarAndVerticalLinks) {
  NoCConstants noc = makeBaseRouter();
  EnergyBreakdown energy = transferEnergy(noc, {2, 1}, 10);
  EXPECT_EQ(energy[EnergyComponent::Router].count(), 10 * 4 * 10370);
  EXPECT_EQ(energy[EnergyComponent::Link].count(),
            10 * 128 * 2 * 250 + 10 * 128 * 15);
  EXPECT_EQ(transferEnergy(noc, {2, 1}, 0).total().count(), 0);
}
