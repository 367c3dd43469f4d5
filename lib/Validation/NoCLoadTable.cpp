// BookSim's load curves: latency of random traffic, and the load at which a
// network saturates.
#include "lib/Validation/BookSimRouter.h"
#include "lib/Validation/Tables.h"

#include "atleus/Cost/NoCLoad.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>

using namespace mlir;
using namespace atleus;

/// Latencies are compared up to this share of what the network accepts at most,
/// and up to this multiple of the latency without contention: near saturation
/// they grow without bound. Some sources of a pattern may be saturated long
/// before all are.
static constexpr double comparedShare = 0.8;
static constexpr double comparedGrowth = 2;

namespace {
/// The rows of one network with one traffic, a curve.
struct Curve {
  RowGroup rows;
  NoCConstants noc;
  int64_t packetFlits = 1;
  std::vector<TrafficDemand> demands;
};
} // namespace

/// Columns whose values are the same in all rows of a curve.
static constexpr StringRef curveColumns[] = {
    "config",      "k",       "n",           "traffic",
    "packet_size", "num_vcs", "vc_buf_size", "routing_delay",
    "speculative"};

//===----------------------------------------------------------------------===//
// Traffic
//===----------------------------------------------------------------------===//

/// The node to which BookSim's pattern sends from `node`, or nothing if the
/// pattern is not one of a single destination.
static std::optional<unsigned> findDestination(StringRef pattern, unsigned node,
                                               const NoCTopology &topology,
                                               int64_t side) {
  unsigned nodes = topology.numNodes();
  unsigned bits = llvm::Log2_32_Ceil(nodes);
  if (pattern == "bitcomp" && llvm::isPowerOf2_32(nodes))
    return nodes - 1 - node;
  if (pattern == "transpose" && llvm::isPowerOf2_32(nodes) && bits % 2 == 0) {
    unsigned half = bits / 2, low = node & ((1u << half) - 1);
    return (low << half) | (node >> half);
  }
  if (pattern == "neighbor") {
    NodeCoordinate at = topology.coordinateOf(node);
    auto next = [&](int64_t &value, bool isThere) {
      if (isThere)
        value = (value + 1) % side;
    };
    next(at.x, true);
    next(at.y, nodes >= side * side);
    next(at.z, nodes >= side * side * side);
    return topology.numberOf(at);
  }
  return std::nullopt;
}

/// The nodes of "hotspot({0,5})"; nothing if it is not such a pattern.
static std::optional<std::vector<unsigned>> readHotspots(StringRef pattern,
                                                         unsigned nodes) {
  if (!pattern.consume_front("hotspot({") || !pattern.consume_back("})"))
    return std::nullopt;
  SmallVector<StringRef> parts;
  pattern.split(parts, ',');
  std::vector<unsigned> hotspots(parts.size());
  for (auto [part, hotspot] : llvm::zip_equal(parts, hotspots))
    if (part.trim().getAsInteger(10, hotspot) || hotspot >= nodes)
      return std::nullopt;
  return hotspots;
}

/// What each node sends at load 1: a flit per cycle.
static std::vector<TrafficDemand>
readTraffic(const TableRow &row, const NoCTopology &topology, int64_t side) {
  StringRef pattern = row.text("traffic");
  unsigned nodes = topology.numNodes();
  std::vector<unsigned> shared;
  if (pattern == "uniform")
    for (unsigned node = 0; node < nodes; ++node)
      shared.push_back(node);
  else if (auto hotspots = readHotspots(pattern, nodes))
    shared = *hotspots;
  std::vector<TrafficDemand> demands;
  for (unsigned node = 0; node < nodes; ++node) {
    for (unsigned to : shared)
      demands.push_back({node, to, 1.0 / static_cast<double>(shared.size())});
    if (auto to = findDestination(pattern, node, topology, side))
      demands.push_back({node, *to, 1});
  }
  if (demands.empty())
    row.reportAt("traffic", "must be uniform, bitcomp, transpose, neighbor or "
                            "hotspot({...}) on nodes of the network, found '" +
                                pattern + "'");
  return demands;
}

static void readCurve(Curve &curve) {
  const TableRow &row = *curve.rows.front();
  int64_t side = row.size("k"), dimensions = row.size("n");
  if (side > 16)
    row.reportAt("k", "must be at most 16, found " + llvm::Twine(side));
  if (dimensions > 3)
    row.reportAt("n", "must be at most 3, found " + llvm::Twine(dimensions));
  curve.packetFlits = row.size("packet_size");
  readRouter(row, curve.noc);
  if (row.isMalformed())
    return;
  for (int64_t dimension = 0; dimension < dimensions; ++dimension)
    curve.noc.dims[dimension] = side;
  curve.demands = readTraffic(row, NoCTopology(curve.noc), side);
}

//===----------------------------------------------------------------------===//
// Comparison
//===----------------------------------------------------------------------===//

enum LoadQuantity { Latency, Accepted };

static constexpr ComparedQuantity loadQuantities[] = {
    {"latency below saturation", "cycles", ErrorMeasure::Relative, 0, 0.15,
     0.05},
    {"accepted at saturation", "flits per cycle and node",
     ErrorMeasure::Relative, 0, 0.15, 0.1},
};

/// The row that says what the network accepts when more is offered than it can
/// take, or null.
static const TableRow *findSaturation(const Curve &curve) {
  for (const TableRow *row : curve.rows)
    if (row->text("mode") == "throughput")
      return row;
  return nullptr;
}

/// Compares the latency of a row with a stable simulation, or says why not.
static LogicalResult observeLatency(const TableRow &row, const NoCLoad &load,
                                    const Curve &curve, double accepted,
                                    Evaluation &evaluation) {
  if (row.text("mode") != "latency")
    row.reportAt("mode", "must be latency or throughput, found '" +
                             row.text("mode") + "'");
  double offered = row.positive("offered_flit_rate");
  if (row.isMalformed())
    return failure();
  if (row.text("status") != "stable") {
    evaluation.leaveOut("the simulation did not become stable");
    return success();
  }
  double latency = row.positive("avg_packet_latency");
  if (row.isMalformed())
    return failure();
  auto estimate = load.estimate(curve.packetFlits, offered);
  double unloaded = load.estimate(curve.packetFlits, 0)->zeroLoadLatency;
  if (offered > comparedShare * accepted ||
      latency > comparedGrowth * unloaded) {
    evaluation.leaveOut("the network is near saturation");
    return success();
  }
  evaluation.observe(Latency, row, latency,
                     estimate ? estimate->latency : unbounded);
  return success();
}

static LogicalResult observeCurve(const Curve &curve, Evaluation &evaluation) {
  NoCRouting routing(curve.noc);
  NoCLoad load(curve.noc, routing, curve.demands);
  const TableRow *saturated = findSaturation(curve);
  double accepted = load.saturationLoad(curve.packetFlits);
  if (saturated)
    accepted = saturated->positive("accepted_flit_rate");
  for (const TableRow *row : curve.rows) {
    if (row->text("mode") != "throughput") {
      if (failed(observeLatency(*row, load, curve, accepted, evaluation)))
        return failure();
      continue;
    }
    double rate = row->positive("accepted_flit_rate");
    double offered = row->positive("offered_flit_rate");
    if (row->isMalformed())
      return failure();
    evaluation.observe(Accepted, *row, rate,
                       acceptedLoad(curve.noc, routing, curve.demands,
                                    curve.packetFlits, offered));
  }
  return success();
}

static LogicalResult evaluateLoadCurve(const TableFolder &,
                                       Evaluation &evaluation) {
  for (RowGroup &rows : groupRows(evaluation.file().rows(), curveColumns)) {
    Curve curve;
    curve.rows = std::move(rows);
    readCurve(curve);
    if (curve.rows.front()->isMalformed() ||
        failed(observeCurve(curve, evaluation)))
      return failure();
  }
  return success();
}

static constexpr StringRef loadColumns[] = {"config",
                                            "k",
                                            "n",
                                            "traffic",
                                            "packet_size",
                                            "num_vcs",
                                            "vc_buf_size",
                                            "routing_delay",
                                            "speculative",
                                            "mode",
                                            "offered_flit_rate",
                                            "status",
                                            "avg_packet_latency",
                                            "accepted_flit_rate"};
static constexpr StringRef loadKeys[] = {"config", "traffic", "packet_size",
                                         "mode", "offered_flit_rate"};

const ReferenceTable atleus::bookSimLoadCurve = {"booksim_load_curve",
                                                 "network under load",
                                                 bookSim,
                                                 loadColumns,
                                                 loadKeys,
                                                 loadQuantities,
                                                 "",
                                                 evaluateLoadCurve};
