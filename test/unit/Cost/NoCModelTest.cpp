// The network model against BookSim's tables, and at its edges.
#include "atleus/Cost/NoCModel.h"

#include "ReferenceTable.h"

#include "gtest/gtest.h"

using namespace atleus;
using namespace atleus::test;

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
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {1, 1}), 1);
}

TEST(NoCModel, AnAddedLinkHasItsOwnLatency) {
  NoCConstants noc = makeBaseRouter();
  noc.addedLinkCycles = 3;
  EXPECT_EQ(latencyCycles(noc, {0, 0, 1}, 1), 2 * 4 + 3 + 3);
  EXPECT_EQ(transferTiming(noc, {1, 0, 1}, {1, 1}).path.hop[2].count(), 7000);
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

TEST(NoCModel, AFlitBehindAHeadWaitsForASlowSwitch) {
  NoCConstants noc = makeBaseRouter();
  noc.traversalCycles = 3;
  // As measured with the simulator: 3, 4, 5 cycles for 1, 2, 3 more flits.
  int64_t one = latencyCycles(noc, {1, 0}, 1);
  EXPECT_EQ(latencyCycles(noc, {1, 0}, 2), one + 3);
  EXPECT_EQ(latencyCycles(noc, {1, 0}, 3), one + 4);
  EXPECT_EQ(latencyCycles(noc, {1, 0}, 4), one + 5);
}

TEST(NoCModel, PacketsOfOneVirtualChannelFollowWithATurnaround) {
  NoCConstants noc = makeBaseRouter();
  noc.virtualChannels = 1;
  // Each periods of packets in a long flow, as measured with the simulator.
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {1, 1}), 3);
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {1, 4}), 6);
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {1, 16}), 18);
  noc.bufferFlits = 4;
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {1, 4}), 7);
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {2, 32}), 56);
  noc.bufferFlits = 1;
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {1, 1}), 7);
}

TEST(NoCModel, ManyVirtualChannelsHideTheTurnaround) {
  NoCConstants noc = makeBaseRouter();
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {1, 1}), 1);
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {4, 64}), 64);
  EXPECT_EQ(occupancyCycles(noc, {3, 3}, {0, 0}), 0);
}

TEST(NoCModel, ATransferLastsAtLeastUntilTheLastPortIsFree) {
  NoCConstants noc = makeBaseRouter();
  TransferTiming timing = transferTiming(noc, {2, 1}, {4, 64});
  EXPECT_EQ(timing.path.held.count(), 64000);
  EXPECT_EQ(timing.duration, transferLatency(noc, {2, 1}, 64));
  noc.virtualChannels = 1;
  noc.bufferFlits = 4;
  timing = transferTiming(noc, {2, 1}, {4, 64});
  EXPECT_EQ(timing.path.held.count(), 112000);
  EXPECT_EQ(timing.duration.count(), 3 * 5000 + 112000);
}

TEST(NoCModel, EnergyCountsRoutersPlanarAndVerticalLinks) {
  NoCConstants noc = makeBaseRouter();
  EnergyBreakdown energy = transferEnergy(noc, {2, 1}, 10);
  EXPECT_EQ(energy[EnergyComponent::Router].count(), 10 * 4 * 10370);
  EXPECT_EQ(energy[EnergyComponent::Link].count(),
            10 * 128 * 2 * 250 + 10 * 128 * 15);
  EXPECT_EQ(transferEnergy(noc, {2, 1}, 0).total().count(), 0);
  noc.addedLinkMicrometres = 7500;
  EXPECT_EQ(transferEnergy(noc, {0, 0, 1}, 10)[EnergyComponent::Link].count(),
            10 * 128 * 750);
}

/// A multicast without load: at each destination the tail comes as if the
/// packet had been sent there alone, the router's latency per hop for the head
/// and a cycle for each flit behind it, of which BookSim's table has every
/// length. All have it when the farthest one has.
TEST(NoCModel, AMulticastComesAsPacketsToEachDestinationAlone) {
  unsigned compared = 0;
  for (const ReferenceRow &row : readReference("booksim_zero_load")) {
    if (row.integer("num_vcs") != 4 || row.integer("vc_buf_size") != 8 ||
        row.integer("link_latency") != 1 ||
        row.integer("vertical_link_latency") != 1 ||
        row.integer("packet_size") > 16 || row.integer("dxy") < 1)
      continue;
    NoCConstants noc = makeBaseRouter();
    noc.routingCycles = row.integer("routing_delay");
    noc.vcAllocationCycles = row.integer("vc_alloc_delay");
    noc.switchAllocationCycles = row.integer("sw_alloc_delay");
    noc.traversalCycles = row.integer("st_final_delay");
    noc.speculative = row.integer("speculative") == 1;
    RouteLength far{row.integer("dxy"), row.integer("dz")};
    int64_t flits = row.integer("packet_size");
    TreeLength tree;
    tree.addPath(far, far);
    tree.addPath({1, 0}, {0, 0}); // passed on the way
    tree.addPath({1, 1}, {0, 1}); // a link from there
    if (far.links() < 2)
      continue;
    ++compared;
    TransferTiming timing = multicastTiming(noc, tree, {1, flits});
    EXPECT_EQ(timing.duration.count(), 1000 * row.integer("packet_latency"));
    EXPECT_EQ(timing.path.held.count(),
              1000 * flits * routerTiming(noc).interval);
  }
  EXPECT_GT(compared, 20u);
}

TEST(NoCModel, TheSlowestLinkOfATreeGivesThePaceOnAll) {
  NoCConstants noc = makeBaseRouter();
  noc.virtualChannels = 1;
  noc.verticalLinkCycles = 9;
  TreeLength tree;
  tree.addPath({3, 0}, {3, 0});
  TransferTiming alone = multicastTiming(noc, tree, {2, 32});
  EXPECT_EQ(alone.path.held, transferTiming(noc, {3, 0}, {2, 32}).path.held);
  EXPECT_EQ(alone.duration, transferTiming(noc, {3, 0}, {2, 32}).duration);
  tree.addPath({1, 1}, {0, 1});
  TransferTiming both = multicastTiming(noc, tree, {2, 32});
  EXPECT_EQ(both.path.held, transferTiming(noc, {1, 1}, {2, 32}).path.held);
  EXPECT_GT(both.path.held, alone.path.held);
  // The nearer destination has it later than it would alone.
  EXPECT_GE(both.duration, transferTiming(noc, {1, 1}, {2, 32}).duration);
  EXPECT_GT(both.duration, alone.duration);
}

TEST(NoCModel, AMulticastTakesTheEnergyOfEachLinkOnceAndOfEachCopy) {
  NoCConstants noc = makeBaseRouter();
  TreeLength tree;
  tree.addPath({2, 1}, {2, 1});
  tree.addPath({1, 0}, {0, 0});
  tree.addPath({1, 2}, {0, 2});
  EnergyBreakdown energy = multicastEnergy(noc, tree, 10);
  // Five links and three ejection ports.
  EXPECT_EQ(energy[EnergyComponent::Router].count(), 10 * 8 * 10370);
  EXPECT_EQ(energy[EnergyComponent::Link].count(),
            10 * 128 * 2 * 250 + 10 * 128 * 3 * 15);
}
