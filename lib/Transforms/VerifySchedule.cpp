// Checks the starts of schedules. The problem is read off the IR anew, without
// the code through which the schedulers see it.
#include "atleus/Transforms/VerifySchedule.h"
#include "atleus/Scheduling/ScheduleVerifier.h"
#include "atleus/Transforms/Passes.h"

#include "llvm/ADT/StringMap.h"

#include <map>

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

namespace atleus {
#define GEN_PASS_DEF_VERIFYSCHEDULE
#include "atleus/Transforms/Passes.h.inc"
} // namespace atleus

/// Violations beyond these are counted only.
static constexpr size_t maxReported = 10;

namespace {
/// The resources of a schedule by number, in the order of their first use.
/// Schedules name the same nodes, units and routes thousands of times.
class ResourceReader {
public:
  explicit ResourceReader(Problem &problem) : problem(problem) {}

  /// A link of a route, and the node behind it.
  struct Step {
    enum class Kind { InTier, BetweenTiers, Added };
    unsigned link;
    unsigned to;
    Kind kind;
  };
  /// A route or a branch of a multicast.
  struct Part {
    unsigned from;
    SmallVector<Step, 4> steps;
    /// The port at its end.
    unsigned ejection;
  };

  unsigned findUnit(noc::NodeAttr node, StringAttr unit) {
    auto [entry, isNew] = units.try_emplace({node, unit});
    if (isNew)
      entry->second =
          find("unit " + noc::toString(node.getNode()) + " " + unit.str());
    return entry->second;
  }

  unsigned findInjection(noc::RouteAttr route) {
    auto [entry, isNew] = injections.try_emplace(route);
    if (isNew)
      entry->second = find("injection " + noc::toString(route.getStart()));
    return entry->second;
  }

  const Part &findPart(noc::RouteAttr route) {
    auto [entry, isNew] = parts.try_emplace(route, partList.size());
    if (isNew)
      partList.push_back(readPart(route));
    return partList[entry->second];
  }

  unsigned numNodes() const { return nodes.size(); }

private:
  Part readPart(noc::RouteAttr route) {
    SmallVector<noc::Node> visited = route.getNodes();
    Part part = {findNode(visited.front()), {}, 0};
    for (size_t i = 0; i + 1 < visited.size(); ++i) {
      const noc::Hop &hop = route.getHops()[i];
      auto kind = hop.direction == noc::Direction::Added ? Step::Kind::Added
                  : visited[i].z != visited[i + 1].z ? Step::Kind::BetweenTiers
                                                     : Step::Kind::InTier;
      part.steps.push_back(
          {find("link " + noc::toString(visited[i]) + " " + noc::toString(hop)),
           findNode(visited[i + 1]), kind});
    }
    part.ejection = find("ejection " + noc::toString(visited.back()));
    return part;
  }

  unsigned findNode(const noc::Node &node) {
    return nodes.try_emplace(node, nodes.size()).first->second;
  }

  unsigned find(StringRef name) {
    auto [entry, isNew] = names.try_emplace(name, problem.numResources());
    if (isNew)
      problem.addResource(name);
    return entry->second;
  }

  Problem &problem;
  llvm::StringMap<unsigned> names;
  std::map<noc::Node, unsigned> nodes;
  llvm::DenseMap<std::pair<noc::NodeAttr, StringAttr>, unsigned> units;
  llvm::DenseMap<noc::RouteAttr, unsigned> injections;
  llvm::DenseMap<noc::RouteAttr, size_t> parts;
  std::vector<Part> partList;
};

/// A problem, its solution, and the ops that they were read from.
class ScheduleReader {
public:
  /// Tasks have names to be reported by, if those are asked for.
  explicit ScheduleReader(bool hasNames)
      : hasNames(hasNames), resources(problem) {}

  LogicalResult read(sched::ScheduleOp schedule) {
    for (Operation &op : schedule.getBody().front()) {
      LogicalResult result = success();
      if (auto task = dyn_cast<sched::TaskOp>(op))
        result = readTask(task);
      else if (auto transfer = dyn_cast<sched::TransferOp>(op))
        result = readTransfer(transfer);
      else if (auto barrier = dyn_cast<sched::BarrierOp>(op))
        result =
            add(&op, hasNames ? "barrier" : "", barrier.getStartPs(), 0, {}, 0);
      if (failed(result))
        return failure();
    }
    for (Turn &turn : turns)
      problem.addTurn(std::move(turn));
    return success();
  }

  Problem problem;
  Starts starts;
  std::vector<Operation *> ops;

private:
  LogicalResult readTask(sched::TaskOp task) {
    uses.clear();
    hold(resources.findUnit(task.getNodeAttr(), task.getUnitAttr()), 0,
         task.getDurationPs());
    if (StringAttr memory = task.getMemoryAttr())
      hold(resources.findUnit(task.getMemoryNodeAttr(), memory), 0,
           *task.getStreamPs());
    if (failed(add(task, nameTask("", task.getKernel(), task.getIndex()),
                   task.getStartPs(), task.getDurationPs(), uses,
                   task.getReleasePs().value_or(0))))
      return failure();
    readTurn(task, uses.front().resource);
    return success();
  }

  /// From a write into arrays until the next one they are for the products with
  /// that weight alone, of whatever kernels.
  void readTurn(sched::TaskOp task, unsigned unit) {
    auto turn = openTurns.find(unit);
    if (task.getKernel().starts_with("write:")) {
      turn = openTurns.insert_or_assign(unit, turns.size()).first;
      turns.push_back({unit, {}});
    }
    if (turn != openTurns.end())
      turns[turn->second].tasks.push_back(problem.numTasks() - 1);
  }

  LogicalResult readTransfer(sched::TransferOp transfer) {
    int64_t held = transfer.getHeldPs().value_or(transfer.getFlits() *
                                                 transfer.getFlitPs());
    uses.clear();
    noc::RouteAttr route = transfer.getRoute();
    hold(resources.findInjection(route), 0, held);
    const ResourceReader::Part &first = resources.findPart(route);
    heads.resize(resources.numNodes());
    heads[first.from] = 0;
    holdPart(transfer, first, held);
    if (std::optional<ArrayAttr> branches = transfer.getBranches())
      for (auto branch : branches->getAsRange<noc::RouteAttr>())
        holdPart(transfer, resources.findPart(branch), held);
    return add(
        transfer,
        nameTask("transfer of ", transfer.getKernel(), transfer.getIndex()),
        transfer.getStartPs(), transfer.getDurationPs(), uses,
        transfer.getReleasePs().value_or(0));
  }

  /// The links of a route or a branch, and the ejection port at its end.
  void holdPart(sched::TransferOp transfer, const ResourceReader::Part &part,
                int64_t held) {
    using Kind = ResourceReader::Step::Kind;
    heads.resize(resources.numNodes());
    int64_t arrival = heads[part.from];
    for (const ResourceReader::Step &step : part.steps) {
      hold(step.link, arrival, held);
      if (step.kind == Kind::Added)
        arrival += transfer.getAddedHopPs().value_or(0);
      else if (step.kind == Kind::BetweenTiers && transfer.getVerticalHopPs())
        arrival += *transfer.getVerticalHopPs();
      else
        arrival += transfer.getHopPs();
      heads[step.to] = arrival;
    }
    hold(part.ejection, arrival, held);
  }

  std::string nameTask(StringRef what, StringRef kernel, int64_t index) const {
    if (!hasNames)
      return {};
    return (what + "\"" + kernel + "\"[" + Twine(index) + "]").str();
  }

  void hold(unsigned resource, int64_t offset, int64_t length) {
    uses.push_back({resource, Picoseconds(offset), Picoseconds(length)});
  }

  LogicalResult add(Operation *op, StringRef name, std::optional<int64_t> start,
                    int64_t duration, ArrayRef<Use> uses, int64_t release) {
    if (!start)
      return op->emitOpError("has no start: schedule it first");
    unsigned task = problem.addTask(name, Picoseconds(duration), uses,
                                    Picoseconds(release));
    indices[op] = task;
    starts.emplace_back(*start);
    ops.push_back(op);
    for (Value event : op->getOperands())
      problem.addDependence(indices.at(event.getDefiningOp()), task);
    return success();
  }

  bool hasNames;
  ResourceReader resources;
  /// Of the op at hand.
  SmallVector<Use> uses;
  /// By node, when the head of the transfer at hand is there.
  std::vector<int64_t> heads;
  std::vector<Turn> turns;
  /// By unit, the turn of what was written last.
  llvm::DenseMap<unsigned, size_t> openTurns;
  llvm::DenseMap<Operation *, unsigned> indices;
};
} // namespace

/// Reports a violation at the task that comes too early.
static void report(const ScheduleReader &reader, const Violation &violation) {
  Operation *op = reader.ops[violation.task];
  InFlightDiagnostic diagnostic =
      op->emitError(describe(reader.problem, violation));
  if (violation.other != violation.task)
    diagnostic.attachNote(reader.ops[violation.other]->getLoc())
        << reader.problem.taskName(violation.other) << " starts at "
        << reader.starts[violation.other].count() << " ps";
}

static LogicalResult verify(sched::ScheduleOp schedule, bool hasNames) {
  ScheduleReader reader(hasNames);
  if (failed(reader.read(schedule)))
    return failure();
  std::vector<Violation> violations =
      scheduling::verifySchedule(reader.problem, reader.starts);
  std::optional<Violation> repeated;
  if (std::optional<int64_t> interval = schedule.getIntervalPs();
      interval && violations.empty())
    repeated =
        verifyRepetition(reader.problem, reader.starts, Picoseconds(*interval));
  if (violations.empty() && !repeated)
    return success();
  // Names are made for those who read them.
  if (!hasNames)
    return verify(schedule, /*hasNames=*/true);
  for (const Violation &violation :
       ArrayRef(violations).take_front(maxReported))
    report(reader, violation);
  if (violations.size() > maxReported)
    schedule.emitError() << violations.size() - maxReported
                         << " further violations";
  if (repeated) {
    schedule.emitError() << "schedule cannot be repeated every "
                         << *schedule.getIntervalPs() << " ps";
    report(reader, *repeated);
  }
  return failure();
}

LogicalResult atleus::verifySchedule(sched::ScheduleOp schedule) {
  return verify(schedule, /*hasNames=*/false);
}

namespace {
class VerifySchedule : public atleus::impl::VerifyScheduleBase<VerifySchedule> {
public:
  void runOnOperation() override {
    if (failed(verifySchedule(getOperation())))
      return signalPassFailure();
    markAllAnalysesPreserved();
  }
};
} // namespace
