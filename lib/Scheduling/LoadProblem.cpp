// Reads scheduling problems off the IR.
#include "atleus/Scheduling/LoadProblem.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"

using namespace atleus;
using namespace atleus::scheduling;

namespace {
/// Finds the turns of weights in arrays. A task "write:NAME" begins a turn on
/// its unit, whose tasks belong to it until another weight is written there.
class TurnFinder {
public:
  explicit TurnFinder(Problem &problem) : problem(problem) {}

  void add(sched::TaskOp op, unsigned task) {
    unsigned unit = problem.uses(task).front().resource;
    if (op.getKernel().starts_with("write:"))
      end(unit);
    else if (!open.count(unit))
      return;
    open[unit].push_back(task);
  }

  void finish() {
    for (auto &[unit, tasks] : open)
      problem.addTurn({unit, std::move(tasks)});
  }

private:
  void end(unsigned unit) {
    auto *found = open.find(unit);
    if (found == open.end())
      return;
    problem.addTurn({unit, std::move(found->second)});
    found->second.clear();
  }

  Problem &problem;
  llvm::MapVector<unsigned, std::vector<unsigned>> open;
};
} // namespace

namespace {
/// Finds what ops hold, with resources by number. Transfers of a schedule take
/// few different ways, so that the reservations of one are those of many.
class UseFinder {
public:
  explicit UseFinder(LoadedProblem &loaded) : loaded(loaded) {}

  /// Valid until the next call.
  llvm::ArrayRef<Use> find(sched::TimedOpInterface op) {
    if (auto transfer = mlir::dyn_cast<sched::TransferOp>(*op))
      return findWay(transfer).uses;
    uses = readUses(op);
    return uses;
  }

private:
  using Uses = llvm::SmallVector<Use>;
  /// What transfers of one timing hold on a way.
  struct Way {
    PathTiming timing;
    Uses uses;
  };

  const Way &findWay(sched::TransferOp transfer);
  Uses readUses(sched::TimedOpInterface op);
  unsigned findNumber(const sched::Resource &resource);

  LoadedProblem &loaded;
  Uses uses;
  llvm::DenseMap<sched::Resource, unsigned> numbers;
  /// By route and branches.
  llvm::DenseMap<std::pair<noc::RouteAttr, mlir::ArrayAttr>,
                 llvm::SmallVector<Way, 1>>
      ways;
};
} // namespace

unsigned UseFinder::findNumber(const sched::Resource &resource) {
  auto [entry, isNew] = numbers.try_emplace(resource, loaded.resources.size());
  if (isNew) {
    loaded.resources.push_back(resource);
    loaded.problem.addResource(sched::toString(resource));
  }
  return entry->second;
}

UseFinder::Uses UseFinder::readUses(sched::TimedOpInterface op) {
  return llvm::map_to_vector(
      op.getReservations(), [&](const sched::Reservation &reservation) {
        return Use{findNumber(reservation.resource), reservation.offset,
                   reservation.length};
      });
}

const UseFinder::Way &UseFinder::findWay(sched::TransferOp transfer) {
  auto &known = ways[{transfer.getRouteAttr(), transfer.getBranchesAttr()}];
  PathTiming timing = transfer.getPathTiming();
  auto *way = llvm::find_if(known, [&](const Way &candidate) {
    return candidate.timing.held == timing.held &&
           candidate.timing.hop == timing.hop;
  });
  if (way == known.end()) {
    known.push_back({timing, readUses(transfer)});
    way = std::prev(known.end());
  }
  return *way;
}

/// Of how many uses a task or transfer of a schedule has less on average: room
/// for them, no limit.
static constexpr size_t usualUses = 8;

/// Makes room for what a schedule has. Its ops are in the order of the block.
static void reserve(sched::ScheduleOp schedule, LoadedProblem &loaded,
                    llvm::DenseMap<mlir::Operation *, unsigned> &indices) {
  size_t numOps = 0, numOperands = 0;
  for (mlir::Operation &op : schedule.getBody().front()) {
    ++numOps;
    numOperands += op.getNumOperands();
  }
  loaded.problem.reserve(numOps, usualUses * numOps, numOperands);
  loaded.tasks.reserve(numOps);
  indices.reserve(numOps);
}

LoadedProblem scheduling::loadProblem(sched::ScheduleOp schedule,
                                      bool hasNames) {
  LoadedProblem loaded;
  TurnFinder turns(loaded.problem);
  UseFinder uses(loaded);
  llvm::DenseMap<mlir::Operation *, unsigned> indices;
  reserve(schedule, loaded, indices);
  for (auto op : schedule.getOps<sched::TimedOpInterface>()) {
    unsigned task = loaded.problem.addTask(
        hasNames ? op.getLabel() : std::string(), op.getDuration(),
        uses.find(op), op.getRelease());
    indices[op] = task;
    loaded.tasks.push_back(op);
    if (auto taskOp = mlir::dyn_cast<sched::TaskOp>(*op)) {
      turns.add(taskOp, task);
      if (taskOp.getKernel().starts_with("load:"))
        loaded.problem.addPrefetch(task);
    }
    for (mlir::Value event : op->getOperands())
      loaded.problem.addDependence(indices.at(event.getDefiningOp()), task);
  }
  turns.finish();
  return loaded;
}

llvm::FailureOr<LoadedGraph> scheduling::loadGraph(sched::ScheduleOp schedule) {
  LoadedProblem loaded = loadProblem(schedule, /*hasNames=*/false);
  llvm::Expected<DependenceGraph> graph =
      DependenceGraph::build(loaded.problem);
  if (graph)
    return LoadedGraph(std::move(loaded), std::move(*graph));
  llvm::consumeError(graph.takeError());
  LoadedProblem named = loadProblem(schedule);
  return schedule.emitOpError("cannot be scheduled: ")
         << llvm::toString(DependenceGraph::build(named.problem).takeError());
}

llvm::FailureOr<Starts> scheduling::loadStarts(sched::ScheduleOp schedule) {
  Starts starts;
  for (auto op : schedule.getOps<sched::TimedOpInterface>()) {
    std::optional<Picoseconds> start = op.getStart();
    if (!start)
      return op->emitOpError("has no start: schedule it first");
    starts.push_back(*start);
  }
  return starts;
}
