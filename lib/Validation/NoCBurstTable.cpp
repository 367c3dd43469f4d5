// BookSim's traces: bursts of packets as schedules make them.
#include "lib/Validation/BookSimRouter.h"
#include "lib/Validation/Tables.h"

#include "atleus/Cost/NoCRouting.h"
#include "atleus/Scheduling/ListScheduler.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// A packet of a trace; a cycle is a picosecond.
struct Packet {
  unsigned from, to;
  int64_t flits;
  Picoseconds ready;
};

/// Packets as transfers, which reserve the ports and links of their route as
/// those of a schedule do.
class Burst {
public:
  explicit Burst(const NoCConstants &noc) : noc(noc), routing(noc) {}

  void add(const Packet &packet);
  int64_t schedule() const;

private:
  Use hold(unsigned station, Picoseconds from, Picoseconds length);

  const NoCConstants &noc;
  NoCRouting routing;
  Problem problem;
  llvm::DenseMap<unsigned, unsigned> resources;
};
} // namespace

/// All traces are of a mesh of this size.
static constexpr std::array<int64_t, 3> meshSize = {4, 4, 4};
static constexpr int64_t meshNodes = meshSize[0] * meshSize[1] * meshSize[2];

Use Burst::hold(unsigned station, Picoseconds from, Picoseconds length) {
  auto [place, isNew] = resources.try_emplace(station, problem.numResources());
  if (isNew)
    problem.addResource("station");
  return {place->second, from, length};
}

void Burst::add(const Packet &packet) {
  ArrayRef<Channel> channels = routing.topology().channels();
  SmallVector<unsigned> route;
  routing.route(packet.from, packet.to, route);
  SmallVector<LinkKind> kinds;
  RouteLength length;
  for (unsigned channel : route) {
    kinds.push_back(channels[channel].kind);
    ++length[kinds.back()];
  }
  TransferTiming timing = transferTiming(noc, length, {1, packet.flits});
  SmallVector<Picoseconds> arrivals = headArrivals(timing.path, kinds);
  Picoseconds held = timing.path.held;
  unsigned injection = channels.size();
  unsigned ejection = injection + meshNodes;
  SmallVector<Use> uses = {hold(injection + packet.from, Picoseconds(0), held)};
  for (auto [channel, arrival] : llvm::zip_first(route, arrivals))
    uses.push_back(hold(channel, arrival, held));
  uses.push_back(hold(ejection + packet.to, arrivals.back(), held));
  problem.addTask("packet", timing.duration, uses, packet.ready);
}

int64_t Burst::schedule() const {
  DependenceGraph graph = llvm::cantFail(DependenceGraph::build(problem));
  return makespan(problem, scheduleByList(problem, graph)).count();
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

using Traces = llvm::StringMap<std::vector<Packet>>;

static unsigned readNode(const TableRow &row, StringRef column) {
  int64_t node = row.count(column);
  if (node < meshNodes)
    return node;
  row.reportAt(column, "must be below 64, found " + llvm::Twine(node));
  return 0;
}

/// Packets of a trace start before this.
static constexpr int64_t maxCycle = 1'000'000'000'000;

static constexpr StringRef packetColumns[] = {"pattern", "seq", "cycle",
                                              "src",     "dst", "flits"};

/// The packets of each pattern, in the order in which sources send them.
static LogicalResult readTraces(const TableFile &file, Traces &traces) {
  if (failed(file.expectColumns(packetColumns)))
    return failure();
  for (const TableRow &row : file.rows()) {
    traces[row.text("pattern")].push_back(
        {readNode(row, "src"), readNode(row, "dst"), row.size("flits"),
         Picoseconds(row.count("cycle", maxCycle))});
    if (row.isMalformed())
      return failure();
  }
  return success();
}

enum BurstQuantity { Makespan, Excess, Shortfall };

static constexpr ComparedQuantity burstQuantities[] = {
    {"makespan", "cycles", ErrorMeasure::Relative, 0, unbounded, 0.15},
    {"makespan above the simulator's", "cycles", ErrorMeasure::Excess, 0, 0.1,
     0.1},
    {"makespan below the flits of the busiest link", "cycles",
     ErrorMeasure::Shortfall},
};

static LogicalResult evaluateBursts(const TableFolder &folder,
                                    Evaluation &evaluation) {
  Traces traces;
  if (failed(readTraces(*folder.find("booksim_trace_packets")->second, traces)))
    return failure();
  for (const TableRow &row : evaluation.file().rows()) {
    NoCConstants noc;
    noc.dims = meshSize;
    readRouter(row, noc);
    auto trace = traces.find(row.text("pattern"));
    if (trace == traces.end())
      row.reportAt("pattern", "has no packets in booksim_trace_packets.csv: '" +
                                  row.text("pattern") + "'");
    else if (int64_t packets = row.size("num_packets"),
             found = static_cast<int64_t>(trace->second.size());
             packets != found)
      row.reportAt("num_packets", "must be the number of packets in "
                                  "booksim_trace_packets.csv, " +
                                      llvm::Twine(found) + ", found " +
                                      llvm::Twine(packets));
    double expected = row.positive("makespan_cycles");
    double bound = row.count("lower_bound_flits");
    if (row.isMalformed())
      return failure();
    Burst burst(noc);
    for (const Packet &packet : trace->second)
      burst.add(packet);
    auto found = static_cast<double>(burst.schedule());
    evaluation.observe(Makespan, row, expected, found);
    evaluation.observe(Excess, row, expected, found);
    evaluation.observe(Shortfall, row, bound, found);
  }
  return success();
}

static constexpr StringRef burstColumns[] = {
    "pattern",       "num_packets", "num_vcs",         "vc_buf_size",
    "routing_delay", "speculative", "makespan_cycles", "lower_bound_flits"};
static constexpr StringRef burstKeys[] = {"pattern", "num_vcs", "vc_buf_size",
                                          "routing_delay", "speculative"};

const ReferenceTable atleus::bookSimBursts = {
    "booksim_trace_makespan",
    "transfers of a schedule",
    bookSim,
    burstColumns,
    burstKeys,
    burstQuantities,
    "booksim_trace_packets",
    evaluateBursts,
    "A schedule reserves links without the packets that hold each other up in "
    "routers with one virtual channel."};
