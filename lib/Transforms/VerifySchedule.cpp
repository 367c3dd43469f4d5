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
/// A problem, its solution, and the ops that they were read from.
class ScheduleReader {
public:
  LogicalResult read(sched::ScheduleOp schedule) {
    for (Operation &op : schedule.getBody().front()) {
      LogicalResult result = success();
      if (auto task = dyn_cast<sched::TaskOp>(op))
        result = readTask(task);
      else if (auto transfer = dyn_cast<sched::TransferOp>(op))
        result = readTransfer(transfer);
      else if (auto barrier = dyn_cast<sched::BarrierOp>(op))
        result = add(&op, "barrier", barrier.getStartPs(), 0, {}, 0);
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
    std::string unit = "unit " + noc::toString(task.getNode().getNode()) + " " +
                       task.getUnit().str();
    SmallVector<Use> uses = {hold(unit, 0, task.getDurationPs())};
    if (std::optional<StringRef> memory = task.getMemory())
      uses.push_back(hold("unit " +
                              noc::toString(task.getMemoryNode()->getNode()) +
                              " " + memory->str(),
                          0, *task.getStreamPs()));
    if (failed(add(task, nameTask(task.getKernel(), task.getIndex()),
                   task.getStartPs(), task.getDurationPs(), uses,
                   task.getReleasePs().value_or(0))))
      return failure();
    readTurn(task, unit, uses.front().resource);
    return success();
  }

  /// From a write into arrays until the next one they are for the products with
  /// that weight alone, of whatever kernels.
  void readTurn(sched::TaskOp task, StringRef unit, unsigned resource) {
    auto turn = openTurns.find(unit);
    if (task.getKernel().starts_with("write:")) {
      turn = openTurns.insert_or_assign(unit, turns.size()).first;
      turns.push_back({resource, {}});
    }
    if (turn != openTurns.end())
      turns[turn->second].tasks.push_back(indices.at(task));
  }

  LogicalResult readTransfer(sched::TransferOp transfer) {
    int64_t held = transfer.getHeldPs().value_or(transfer.getFlits() *
                                                 transfer.getFlitPs());
    noc::Node first = transfer.getRoute().getStart();
    SmallVector<Use> uses = {
        hold("injection " + noc::toString(first), 0, held)};
    // When the head is where.
    std::map<noc::Node, int64_t> heads = {{first, 0}};
    SmallVector<noc::RouteAttr> parts = {transfer.getRoute()};
    if (transfer.getBranches())
      llvm::append_range(parts,
                         transfer.getBranches()->getAsRange<noc::RouteAttr>());
    for (noc::RouteAttr part : parts)
      holdPart(transfer, part, held, heads, uses);
    return add(transfer,
               "transfer of " +
                   nameTask(transfer.getKernel(), transfer.getIndex()),
               transfer.getStartPs(), transfer.getDurationPs(), uses,
               transfer.getReleasePs().value_or(0));
  }

  /// The links of a route or a branch, and the ejection port at its end.
  void holdPart(sched::TransferOp transfer, noc::RouteAttr part, int64_t held,
                std::map<noc::Node, int64_t> &heads, SmallVector<Use> &uses) {
    SmallVector<noc::Node> nodes = part.getNodes();
    int64_t arrival = heads[nodes.front()];
    for (size_t i = 0; i + 1 < nodes.size(); ++i) {
      const noc::Hop &hop = part.getHops()[i];
      uses.push_back(
          hold("link " + noc::toString(nodes[i]) + " " + noc::toString(hop),
               arrival, held));
      bool added = hop.direction == noc::Direction::Added;
      bool changesTier = !added && nodes[i].z != nodes[i + 1].z;
      arrival += added ? transfer.getAddedHopPs().value_or(0)
                 : changesTier && transfer.getVerticalHopPs()
                     ? *transfer.getVerticalHopPs()
                     : transfer.getHopPs();
      heads[nodes[i + 1]] = arrival;
    }
    uses.push_back(
        hold("ejection " + noc::toString(nodes.back()), arrival, held));
  }

  static std::string nameTask(StringRef kernel, int64_t index) {
    return ("\"" + kernel + "\"[" + Twine(index) + "]").str();
  }

  Use hold(StringRef resource, int64_t offset, int64_t length) {
    auto [entry, isNew] =
        resources.try_emplace(resource, problem.numResources());
    if (isNew)
      problem.addResource(resource);
    return {entry->second, Picoseconds(offset), Picoseconds(length)};
  }

  LogicalResult add(Operation *op, StringRef name, std::optional<int64_t> start,
                    int64_t duration, ArrayRef<Use> uses, int64_t release) {
    if (!start)
      return op->emitOpError("has no start");
    indices[op] = problem.addTask(name, Picoseconds(duration), uses,
                                  Picoseconds(release));
    starts.emplace_back(*start);
    ops.push_back(op);
    for (Value event : op->getOperands())
      problem.addDependence(indices.at(event.getDefiningOp()), indices[op]);
    return success();
  }

  llvm::StringMap<unsigned> resources;
  std::vector<Turn> turns;
  /// By unit, the turn of what was written last.
  llvm::StringMap<size_t> openTurns;
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

LogicalResult atleus::verifySchedule(sched::ScheduleOp schedule) {
  ScheduleReader reader;
  if (failed(reader.read(schedule)))
    return failure();
  std::vector<Violation> violations =
      scheduling::verifySchedule(reader.problem, reader.starts);
  for (const Violation &violation :
       ArrayRef(violations).take_front(maxReported))
    report(reader, violation);
  if (violations.size() > maxReported)
    schedule.emitError() << violations.size() - maxReported
                         << " further violations";
  if (!violations.empty())
    return failure();

  if (!schedule.getIntervalPs())
    return success();
  Picoseconds interval(*schedule.getIntervalPs());
  std::optional<Violation> violation =
      verifyRepetition(reader.problem, reader.starts, interval);
  if (!violation)
    return success();
  schedule.emitError() << "schedule cannot be repeated every "
                       << interval.count() << " ps";
  report(reader, *violation);
  return failure();
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
