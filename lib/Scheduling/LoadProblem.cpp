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

LoadedProblem scheduling::loadProblem(sched::ScheduleOp schedule,
                                      bool hasNames) {
  LoadedProblem loaded;
  TurnFinder turns(loaded.problem);
  llvm::DenseMap<sched::Resource, unsigned> resources;
  llvm::DenseMap<mlir::Operation *, unsigned> indices;
  llvm::SmallVector<Use> uses;
  for (auto op : schedule.getOps<sched::TimedOpInterface>()) {
    uses.clear();
    for (const sched::Reservation &reservation : op.getReservations()) {
      const sched::Resource &resource = reservation.resource;
      auto [entry, isNew] =
          resources.try_emplace(resource, loaded.resources.size());
      if (isNew) {
        loaded.resources.push_back(resource);
        loaded.problem.addResource(sched::toString(resource));
      }
      uses.push_back({entry->second, reservation.offset, reservation.length});
    }
    unsigned task =
        loaded.problem.addTask(hasNames ? op.getLabel() : std::string(),
                               op.getDuration(), uses, op.getRelease());
    indices[op] = task;
    loaded.tasks.push_back(op);
    if (auto taskOp = mlir::dyn_cast<sched::TaskOp>(*op)) {
      turns.add(taskOp, task);
      if (taskOp.getKernel().starts_with("load:"))
        loaded.problem.addPrefetch(task);
    }
    for (mlir::Value event : op.getAfter())
      loaded.problem.addDependence(indices.at(event.getDefiningOp()), task);
  }
  turns.finish();
  return loaded;
}
