// Ops of the sched dialect: builders, verifiers, reservations, folding.
#include "dialects/Sched/Sched.h"
#include "dialects/Sched/TransferPath.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::sched;
using noc::parseNode;
using noc::parseNodeList;
using noc::printNode;
using noc::printNodeList;

#define GET_OP_CLASSES
#include "dialects/Sched/SchedOps.cpp.inc"

/// No time of a schedule reaches this.
static constexpr int64_t endOfTime = int64_t(1) << 62;

static std::optional<Picoseconds> toTime(std::optional<int64_t> count) {
  return count ? std::optional(Picoseconds(*count)) : std::nullopt;
}

/// "query"[3]
static std::string taskLabel(StringRef kernel, int64_t index) {
  return ("\"" + kernel + "\"[" + Twine(index) + "]").str();
}

/// Checks that a timed op of the given numbers ends in time.
static LogicalResult verifyEnd(TimedOpInterface op) {
  int64_t start = op.getStart().value_or(Picoseconds()).count();
  start = std::max(start, op.getRelease().count());
  int64_t duration = op.getDuration().count();
  if (start >= endOfTime || duration >= endOfTime - start)
    return op->emitOpError("ends at or after 2^62 ps: start ")
           << start << ", duration " << duration;
  return success();
}

//===----------------------------------------------------------------------===//
// ScheduleOp
//===----------------------------------------------------------------------===//

void ScheduleOp::build(OpBuilder &builder, OperationState &state,
                       StringRef name, StringRef model, StringRef machine) {
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.sym_name = builder.getStringAttr(name);
  if (!model.empty())
    properties.model = builder.getStringAttr(model);
  properties.machine = FlatSymbolRefAttr::get(builder.getContext(), machine);
  state.addRegion()->emplaceBlock();
}

SummaryOp ScheduleOp::getSummary() {
  auto summaries = getOps<SummaryOp>();
  return summaries.empty() ? SummaryOp() : *summaries.begin();
}

/// Checks that no two tasks are the same part of a kernel.
static LogicalResult verifyTasksDiffer(ScheduleOp schedule) {
  llvm::DenseMap<std::pair<Attribute, int64_t>, TaskOp> tasks;
  for (auto task : schedule.getOps<TaskOp>()) {
    auto [entry, inserted] =
        tasks.try_emplace({task.getKernelAttr(), task.getIndex()}, task);
    if (inserted)
      continue;
    InFlightDiagnostic diagnostic = task.emitOpError("is the second ")
                                    << task.getLabel();
    diagnostic.attachNote(entry->second.getLoc()) << "first one here";
    return diagnostic;
  }
  return success();
}

/// Checks `makespan_ps` against starts and durations.
static LogicalResult verifyMakespan(ScheduleOp schedule) {
  std::optional<int64_t> expected = schedule.getMakespanPs();
  if (!expected)
    return success();
  Picoseconds last;
  for (auto op : schedule.getOps<TimedOpInterface>()) {
    if (!op.getStart())
      return op->emitOpError("has no start, but the schedule has a makespan");
    last = std::max(last, *op.getStart() + op.getDuration());
  }
  if (last.count() != *expected)
    return schedule.emitOpError("has a makespan of ")
           << *expected << " ps, but the last task ends at " << last.count()
           << " ps";
  return success();
}

LogicalResult ScheduleOp::verifyRegions() {
  SummaryOp summary;
  for (Operation &op : getBody().front()) {
    if (op.getDialect() != (*this)->getDialect()) // (C1)
      return op.emitOpError("does not belong in a schedule");
    auto next = dyn_cast<SummaryOp>(op);
    if (next && summary) { // (C3)
      InFlightDiagnostic diagnostic =
          next.emitOpError("is the second of the schedule");
      diagnostic.attachNote(summary.getLoc()) << "first one here";
      return diagnostic;
    }
    summary = next ? next : summary;
  }
  if (failed(verifyTasksDiffer(*this))) // (C2)
    return failure();
  return verifyMakespan(*this); // (C4)
}

//===----------------------------------------------------------------------===//
// TaskOp
//===----------------------------------------------------------------------===//

void TaskOp::build(OpBuilder &builder, OperationState &state, StringAttr kernel,
                   int64_t index, noc::NodeAttr node, StringAttr unit,
                   ValueRange after, Picoseconds duration) {
  build(builder, state, builder.getType<EventType>(), kernel,
        builder.getI64IntegerAttr(index), node, unit, /*memory=*/nullptr,
        /*memory_node=*/nullptr, /*stream_ps=*/nullptr, /*bytes=*/nullptr,
        after,
        /*release_ps=*/nullptr, /*start_ps=*/nullptr,
        builder.getI64IntegerAttr(duration.count()), /*energy_fj=*/nullptr,
        /*result_bits=*/nullptr);
}

LogicalResult TaskOp::verify() {
  if (failed(verifyEnd(*this))) // (C2)
    return failure();
  bool streams = getMemoryAttr() != nullptr;
  if ((getMemoryNodeAttr() != nullptr) != streams ||
      (getStreamPsAttr() != nullptr) != streams) // (C3)
    return emitOpError("states only a part of 'memory', 'memory_node' and "
                       "'stream_ps': expected all or none");
  if (streams && *getStreamPs() > static_cast<int64_t>(getDurationPs())) // (C3)
    return emitOpError("takes ")
           << getDurationPs() << " ps, but holds \"" << *getMemory()
           << "\" for " << *getStreamPs() << " ps";
  return success();
}

void TaskOp::setStream(StringAttr memory, noc::NodeAttr node,
                       Picoseconds time) {
  setMemoryAttr(memory);
  setMemoryNodeAttr(node);
  setStreamPs(time.count());
}

std::string TaskOp::getLabel() { return taskLabel(getKernel(), getIndex()); }

std::optional<Picoseconds> TaskOp::getStart() { return toTime(getStartPs()); }

void TaskOp::setStart(Picoseconds start) { setStartPs(start.count()); }

Picoseconds TaskOp::getDuration() { return Picoseconds(getDurationPs()); }

Picoseconds TaskOp::getRelease() {
  return Picoseconds(getReleasePs().value_or(0));
}

SmallVector<Reservation> TaskOp::getReservations() {
  Resource unit;
  unit.node = getNode().getNode();
  unit.unit = getUnitAttr();
  SmallVector<Reservation> reservations = {
      {unit, Picoseconds(0), getDuration()}};
  if (getMemoryAttr()) {
    Resource memory;
    memory.node = getMemoryNodeAttr().getNode();
    memory.unit = getMemoryAttr();
    reservations.push_back(
        {memory, Picoseconds(0), Picoseconds(*getStreamPs())});
  }
  return reservations;
}

//===----------------------------------------------------------------------===//
// TransferOp
//===----------------------------------------------------------------------===//

void TransferOp::build(OpBuilder &builder, OperationState &state,
                       StringAttr kernel, int64_t index, noc::RouteAttr route,
                       Bits bits, int64_t flits, Picoseconds perFlit,
                       const PathTiming &path, ValueRange after,
                       Picoseconds duration) {
  auto integer = [&](int64_t count) {
    return builder.getI64IntegerAttr(count);
  };
  auto unless = [&](bool omitted, Picoseconds time) {
    return omitted ? IntegerAttr() : integer(time.count());
  };
  auto [hop, verticalHop, addedHop] = path.hop;
  bool overAdded = llvm::any_of(route.getHops(), [](const noc::Hop &link) {
    return link.kind() == LinkKind::Added;
  });
  build(builder, state, builder.getType<EventType>(), kernel, integer(index),
        route, integer(bits.count()), integer(flits), integer(perFlit.count()),
        unless(path.held == perFlit * flits, path.held), integer(hop.count()),
        unless(verticalHop == hop, verticalHop), unless(!overAdded, addedHop),
        after, /*release_ps=*/nullptr, /*start_ps=*/nullptr,
        integer(duration.count()), /*energy_fj=*/nullptr,
        /*branches=*/nullptr);
}

/// The links of a route from the first node of a transfer to a node of its
/// tree.
using LinkCounts = std::array<int64_t, numLinkKinds>;

/// The time from the start until the tail has passed the last of `links`, or
/// std::nullopt if it overflows.
static std::optional<int64_t> networkTime(TransferOp op,
                                          const LinkCounts &links) {
  int64_t time = 0;
  if (llvm::MulOverflow(static_cast<int64_t>(op.getFlits()),
                        static_cast<int64_t>(op.getFlitPs()), time))
    return std::nullopt;
  time = std::max<int64_t>(time, op.getHeldPs().value_or(0));
  const int64_t hops[] = {op.getHopPs(),
                          op.getVerticalHopPs().value_or(op.getHopPs()),
                          op.getAddedHopPs().value_or(op.getHopPs())};
  for (auto [count, latency] : llvm::zip_equal(links, hops)) {
    int64_t part = 0;
    if (llvm::MulOverflow(count, latency, part) ||
        llvm::AddOverflow(time, part, time))
      return std::nullopt;
  }
  return time;
}

/// Checks the time that a transfer takes against that over `links`.
static LogicalResult verifyDuration(TransferOp op, const LinkCounts &links) {
  std::optional<int64_t> held = networkTime(op, links);
  if (!held)
    return op.emitOpError("holds the network for more than 2^63 ps"); // (C3)
  if (op.getDurationPs() < *held)                                     // (C3)
    return op.emitOpError("takes ")
           << op.getDurationPs() << " ps, but holds the network for " << *held
           << " ps";
  return success();
}

static LogicalResult verifyAddedLinks(TransferOp op, noc::RouteAttr part) {
  for (const noc::Hop &hop : part.getHops())
    if (hop.kind() == LinkKind::Added && !op.getAddedHopPs()) // (C5)
      return op.emitOpError("takes the added link ")
             << noc::toString(hop) << " without 'added_hop_ps'";
  return success();
}

namespace {
/// The nodes of a multicast's tree, as far as its parts have been added.
class TransferTree {
public:
  explicit TransferTree(TransferOp op) : op(op) {}

  /// Adds the route or a branch.
  LogicalResult add(noc::RouteAttr part);

private:
  using Key = std::tuple<int64_t, int64_t, int64_t>;
  static Key toKey(noc::Node node) { return {node.x, node.y, node.z}; }

  TransferOp op;
  llvm::SmallDenseMap<Key, LinkCounts, 32> linksTo;
  llvm::SmallDenseSet<Key, 16> destinations;
};
} // namespace

LogicalResult TransferTree::add(noc::RouteAttr part) {
  if (failed(verifyAddedLinks(op, part)))
    return failure();
  noc::Node start = part.getStart();
  if (!linksTo.empty() && !linksTo.count(toKey(start))) // (C6)
    return op.emitOpError("has a branch at ")
           << noc::toString(start) << ", which no part before it visits";
  LinkCounts links = linksTo[toKey(start)];
  noc::Node node = start;
  for (const noc::Hop &hop : part.getHops()) {
    node = noc::advance(node, hop);
    ++links[static_cast<unsigned>(hop.kind())];
    if (!linksTo.try_emplace(toKey(node), links).second) // (C6)
      return op.emitOpError("comes to ")
             << noc::toString(node) << " by the branch at "
             << noc::toString(start) << ", where it is already";
  }
  if (!destinations.insert(toKey(node)).second) // (C7)
    return op.emitOpError("delivers at ") << noc::toString(node) << " twice";
  return verifyDuration(op, links);
}

/// Indices of further tasks are numbers, each once.
static LogicalResult verifyGathers(TransferOp op) {
  Attribute further = op->getAttr(gathersAttribute);
  if (!further)
    return success();
  auto indices = dyn_cast<DenseI64ArrayAttr>(further);
  if (!indices)
    return op.emitOpError("has '")
           << gathersAttribute << "' that is no array of i64: " << further;
  int64_t last = static_cast<int64_t>(op.getIndex());
  for (int64_t index : indices.asArrayRef()) {
    if (index <= last)
      return op.emitOpError("moves the results of task ")
             << index << " after those of " << last << ": indices have to rise";
    last = index;
  }
  return success();
}

LogicalResult TransferOp::verify() {
  if (failed(verifyEnd(*this)) || failed(verifyGathers(*this))) // (C2), (C8)
    return failure();
  int64_t flitTime = 0;
  if (llvm::MulOverflow(static_cast<int64_t>(getFlits()),
                        static_cast<int64_t>(getFlitPs()), flitTime))
    return emitOpError("holds the network for more than 2^63 ps"); // (C3)
  if (getHeldPs().value_or(flitTime) < flitTime)                   // (C4)
    return emitOpError("holds links for ")
           << *getHeldPs() << " ps, but its flits take " << flitTime << " ps";
  if (!getBranches()) {
    LinkCounts links = {};
    for (const noc::Hop &hop : getRoute().getHops())
      ++links[static_cast<unsigned>(hop.kind())];
    return failure(failed(verifyAddedLinks(*this, getRoute())) ||
                   failed(verifyDuration(*this, links)));
  }
  TransferTree tree(*this);
  if (failed(tree.add(getRoute())))
    return failure();
  for (auto branch : getBranches()->getAsRange<noc::RouteAttr>())
    if (failed(tree.add(branch)))
      return failure();
  return success();
}

std::string TransferOp::getLabel() {
  return "transfer of " + taskLabel(getKernel(), getIndex());
}

std::optional<Picoseconds> TransferOp::getStart() {
  return toTime(getStartPs());
}

void TransferOp::setStart(Picoseconds start) { setStartPs(start.count()); }

Picoseconds TransferOp::getDuration() { return Picoseconds(getDurationPs()); }

Picoseconds TransferOp::getRelease() {
  return Picoseconds(getReleasePs().value_or(0));
}

PathTiming TransferOp::getPathTiming() {
  Picoseconds hop(getHopPs());
  auto orHop = [&](std::optional<int64_t> other) {
    return other ? Picoseconds(*other) : hop;
  };
  Picoseconds flits = Picoseconds(getFlitPs()) * getFlits();
  return {getHeldPs() ? Picoseconds(*getHeldPs()) : flits,
          {hop, orHop(getVerticalHopPs()), orHop(getAddedHopPs())}};
}

SmallVector<Reservation> TransferOp::getReservations() {
  using Kind = Resource::Kind;
  Picoseconds held = getPathTiming().held;
  SmallVector<Reservation> reservations;
  reservations.push_back(
      {{Kind::InjectionPort, getRoute().getStart(), {}}, Picoseconds(0), held});
  for (const PathPart &part : getPathParts(*this)) {
    noc::Node node = part.route.getStart();
    for (auto [hop, arrival] :
         llvm::zip_first(part.route.getHops(), part.arrivals)) {
      reservations.push_back({{Kind::Link, node, {}, hop}, arrival, held});
      node = noc::advance(node, hop);
    }
    reservations.push_back(
        {{Kind::EjectionPort, node, {}}, part.arrivals.back(), held});
  }
  return reservations;
}

//===----------------------------------------------------------------------===//
// BarrierOp
//===----------------------------------------------------------------------===//

std::string BarrierOp::getLabel() { return "barrier"; }

std::optional<Picoseconds> BarrierOp::getStart() {
  return toTime(getStartPs());
}

void BarrierOp::setStart(Picoseconds start) { setStartPs(start.count()); }

Picoseconds BarrierOp::getDuration() { return Picoseconds(0); }

Picoseconds BarrierOp::getRelease() { return Picoseconds(0); }

SmallVector<Reservation> BarrierOp::getReservations() { return {}; }

OpFoldResult BarrierOp::fold(FoldAdaptor) {
  return getAfter().size() == 1 ? OpFoldResult(getAfter().front())
                                : OpFoldResult();
}

/// Takes the place of barriers that only this one waits for, and names each
/// event once.
static LogicalResult mergeEvents(BarrierOp op, PatternRewriter &rewriter) {
  llvm::SmallSetVector<Value, 16> events;
  for (Value event : op.getAfter()) {
    auto inner = event.getDefiningOp<BarrierOp>();
    if (inner && event.hasOneUse())
      events.insert(inner.getAfter().begin(), inner.getAfter().end());
    else
      events.insert(event);
  }
  if (llvm::equal(events, op.getAfter()))
    return failure();
  rewriter.modifyOpInPlace(
      op, [&] { op.getAfterMutable().assign(events.getArrayRef()); });
  return success();
}

LogicalResult BarrierOp::canonicalize(BarrierOp op, PatternRewriter &rewriter) {
  return mergeEvents(op, rewriter);
}

//===----------------------------------------------------------------------===//
// SummaryOp
//===----------------------------------------------------------------------===//

/// Checks that leakage is a part of the energy. (C5)
static LogicalResult verifyLeakage(SummaryOp summary) {
  std::optional<ArrayRef<int64_t>> leakage = summary.getNodeLeakageFj();
  if (!leakage)
    return success();
  ArrayRef<int64_t> energy =
      summary.getNodeEnergyFj().value_or(ArrayRef<int64_t>());
  if (leakage->size() != energy.size())
    return summary.emitOpError("has leakage of ")
           << leakage->size() << " nodes, but energy of " << energy.size();
  for (auto [node, leaked, all] : llvm::enumerate(*leakage, energy))
    if (leaked > all)
      return summary.emitOpError("has leakage of ")
             << leaked << " fJ at node " << node << ", but energy of " << all
             << " fJ";
  return success();
}

LogicalResult SummaryOp::verify() {
  const std::pair<StringRef, int64_t> bounds[] = {
      {"critical path", getCriticalPathPs()},
      {"busiest resource", getBusiestResourcePs()},
      {"bandwidth", getBandwidthPs()},
      {"tightest relaxation", getLowerBoundPs().value_or(0)}};
  for (auto [name, bound] : bounds)
    if (bound > getMakespanPs()) // (C2)
      return emitOpError("has a makespan of ")
             << getMakespanPs() << " ps, below the bound of the " << name
             << ", " << bound << " ps";
  std::optional<int64_t> makespan =
      cast<ScheduleOp>((*this)->getParentOp()).getMakespanPs();
  if (!makespan)
    return emitOpError("belongs to a schedule without a makespan"); // (C3)
  if (*makespan != getMakespanPs())                                 // (C3)
    return emitOpError("has a makespan of ")
           << getMakespanPs() << " ps, but the schedule has " << *makespan
           << " ps";
  DictionaryAttr energies = getEnergyFjAttr();
  for (NamedAttribute entry :
       energies ? energies.getValue() : ArrayRef<NamedAttribute>()) {
    auto energy = dyn_cast<IntegerAttr>(entry.getValue());
    if (!energy || !energy.getType().isInteger(64) || energy.getInt() < 0)
      return emitOpError("has an energy of ")
             << entry.getValue() << " for '" << entry.getName().getValue()
             << "', expected a 64-bit integer that is not negative"; // (C4)
  }
  return verifyLeakage(*this);
}

//===----------------------------------------------------------------------===//
// TemperatureOp
//===----------------------------------------------------------------------===//

LogicalResult TemperatureOp::verify() {
  for (auto [node, temperature] : llvm::enumerate(getNodeMk()))
    if (temperature > static_cast<int64_t>(getPeakMk())) // (C2)
      return emitOpError("has node ")
             << node << " at " << temperature << " mK, above the peak of "
             << getPeakMk() << " mK";
  return success();
}
