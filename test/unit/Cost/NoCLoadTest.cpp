// The estimate of loaded networks against BookSim's curves, and at its edges.
#include "atleus/Cost/NoCLoad.h"

#include "ReferenceTable.h"

#include "gtest/gtest.h"

#include <cmath>
#include <map>
#include <memory>

using namespace atleus;
using namespace atleus::test;

static NoCConstants makeNetwork(const ReferenceRow &row) {
  NoCConstants noc;
  int64_t k = row.integer("k");
  noc.dims = {k, k, row.integer("n") == 3 ? k : 1};
  noc.virtualChannels = row.integer("num_vcs");
  noc.bufferFlits = row.integer("vc_buf_size");
  noc.routingCycles = row.integer("routing_delay");
  noc.speculative = row.integer("speculative") == 1;
  return noc;
}

/// One flit per node and cycle in a traffic pattern of the table.
static std::vector<TrafficDemand> makeDemands(llvm::StringRef traffic,
                                              unsigned numNodes) {
  std::vector<TrafficDemand> demands;
  for (unsigned from = 0; from < numNodes; ++from) {
    if (traffic == "bitcomp")
      demands.push_back({from, numNodes - 1 - from, 1});
    else if (traffic == "hotspot({0})")
      demands.push_back({from, 0, 1});
    else
      for (unsigned to = 0; to < numNodes; ++to)
        demands.push_back({from, to, 1.0 / numNodes});
  }
  return demands;
}

static std::string curveOf(const ReferenceRow &row) {
  return row.text("config").str() + " " + row.text("traffic").str() + " " +
         row.text("packet_size").str();
}

namespace {
/// A curve's network, and where the simulator's throughput ends.
struct Curve {
  explicit Curve(const ReferenceRow &row)
      : noc(makeNetwork(row)), routing(noc),
        load(noc, routing,
             makeDemands(row.text("traffic"), routing.topology().numNodes())),
        throughput(row.number("accepted_flit_rate")) {}

  NoCConstants noc;
  NoCRouting routing;
  NoCLoad load;
  double throughput;
};
} // namespace

TEST(NoCLoad, SaturationIsWithin15PercentOfBookSims) {
  std::vector<ReferenceRow> rows = readReference("booksim_load_curve");
  EXPECT_EQ(rows.size(), 94u);
  double sum = 0, count = 0;
  for (const ReferenceRow &row : rows) {
    if (row.text("mode") != "throughput")
      continue;
    Curve curve(row);
    double error = curve.load.saturationLoad(row.integer("packet_size")) /
                       curve.throughput -
                   1;
    EXPECT_LT(std::abs(error), 0.15) << curveOf(row);
    sum += std::abs(error);
    ++count;
  }
  EXPECT_EQ(count, 10);
  EXPECT_LT(sum / count, 0.05);
}

TEST(NoCLoad, LatencyIsWithin10PercentUpToFourFifthsOfSaturation) {
  std::vector<ReferenceRow> rows = readReference("booksim_load_curve");
  std::map<std::string, std::unique_ptr<Curve>> curves;
  for (const ReferenceRow &row : rows)
    if (row.text("mode") == "throughput")
      curves[curveOf(row)] = std::make_unique<Curve>(row);
  double sum = 0, count = 0;
  for (const ReferenceRow &row : rows) {
    const Curve &curve = *curves[curveOf(row)];
    double offered = row.number("offered_flit_rate");
    if (row.text("mode") != "latency" || row.text("status") != "stable" ||
        offered > 0.8 * curve.throughput)
      continue;
    SCOPED_TRACE(curveOf(row) + " at " + row.text("offered_flit_rate").str());
    std::optional<LoadEstimate> estimate =
        curve.load.estimate(row.integer("packet_size"), offered);
    ASSERT_TRUE(estimate);
    double error = estimate->latency / row.number("avg_packet_latency") - 1;
    EXPECT_LT(std::abs(error), 0.1);
    EXPECT_NEAR(estimate->zeroLoadLatency, row.number("zero_load_prediction"),
                0.6);
    sum += std::abs(error);
    ++count;
  }
  EXPECT_EQ(count, 67);
  EXPECT_LT(sum / count, 0.02);
}

static NoCConstants makeRow(int64_t nodes) {
  NoCConstants noc;
  noc.dims = {nodes, 1, 1};
  noc.virtualChannels = 4;
  noc.bufferFlits = 8;
  return noc;
}

TEST(NoCLoad, WithoutTrafficNothingWaits) {
  NoCConstants noc = makeRow(1);
  NoCLoad load(noc, NoCRouting(noc), {});
  EXPECT_TRUE(std::isinf(load.saturationLoad(4)));
  EXPECT_EQ(load.estimate(4, 1)->latency, 0);
  NoCLoad silent(noc, NoCRouting(noc), {{0, 0, 0.0}});
  EXPECT_EQ(silent.largestChannelLoad(), 0);
}

TEST(NoCLoad, AtLoadZeroLatencyIsThatOfLonePackets) {
  NoCConstants noc = makeRow(3);
  NoCLoad load(noc, NoCRouting(noc), {{0, 2, 1.0}});
  EXPECT_EQ(load.estimate(4, 0)->latency, latencyCycles(noc, {2, 0}, 4));
  EXPECT_NEAR(load.estimate(4, 1e-6)->latency, latencyCycles(noc, {2, 0}, 4),
              1e-3);
}

TEST(NoCLoad, OneFlowWaitsAtItsSourceOnly) {
  NoCConstants noc = makeRow(3);
  NoCLoad load(noc, NoCRouting(noc), {{0, 2, 1.0}});
  // (P - 1) x / (2 (1 - x)) for x = 1/2.
  EXPECT_NEAR(load.estimate(4, 0.5)->latency,
              latencyCycles(noc, {2, 0}, 4) + 1.5, 0.1);
  EXPECT_FALSE(load.estimate(4, 1));
}

TEST(NoCLoad, PacketsOfOneFlitToTheSameNodeWork) {
  NoCConstants noc = makeRow(1);
  NoCLoad load(noc, NoCRouting(noc), {{0, 0, 1.0}});
  ASSERT_TRUE(load.estimate(1, 0.5));
  EXPECT_GT(load.saturationLoad(1), 0.9);
}

TEST(NoCLoad, AcceptsWhatBookSimAcceptsOfTooMuch) {
  for (const ReferenceRow &row : readReference("booksim_load_curve")) {
    if (row.text("mode") != "throughput")
      continue;
    Curve curve(row);
    unsigned numNodes = curve.routing.topology().numNodes();
    double accepted = acceptedLoad(
        curve.noc, curve.routing, makeDemands(row.text("traffic"), numNodes),
        row.integer("packet_size"), row.number("offered_flit_rate"));
    EXPECT_NEAR(accepted / curve.throughput, 1, 0.15) << curveOf(row);
  }
}

TEST(NoCLoad, FlowsThatDoNotMeetTheFullLinkGoOn) {
  NoCConstants noc = makeRow(4);
  NoCRouting routing(noc);
  // Two flows share the link from node 1 to node 2, the third is alone.
  std::vector<TrafficDemand> demands = {{0, 2, 1.0}, {1, 2, 1.0}, {3, 3, 1.0}};
  double saturation = NoCLoad(noc, routing, demands).saturationLoad(4);
  EXPECT_LE(saturation, 0.5);
  EXPECT_NEAR(acceptedLoad(noc, routing, demands, 4, 0.9),
              (2 * saturation + 0.9) / 3, 1e-6);
  EXPECT_EQ(acceptedLoad(noc, routing, demands, 4, saturation / 2),
            saturation / 2);
}

TEST(NoCLoad, LatencyGrowsWithLoad) {
  NoCConstants noc = makeRow(4);
  std::vector<TrafficDemand> demands;
  for (unsigned from = 0; from < 4; ++from)
    for (unsigned to = 0; to < 4; ++to)
      demands.push_back({from, to, 0.25});
  NoCLoad load(noc, NoCRouting(noc), demands);
  double saturation = load.saturationLoad(4), before = 0;
  for (double part : {0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
    std::optional<LoadEstimate> estimate = load.estimate(4, part * saturation);
    ASSERT_TRUE(estimate) << part;
    EXPECT_GT(estimate->latency, before);
    before = estimate->latency;
  }
}
