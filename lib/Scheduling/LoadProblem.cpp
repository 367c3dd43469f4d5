// Reads scheduling problems off the IR.
#include "atleus/Scheduling/LoadProblem.h"

#include "llvm/ADT/DenseMap.h"

using namespace atleus;
using namespace atleus::scheduling;

LoadedProblem scheduling::loadProblem(sched::ScheduleOp schedule,
                                      bool hasNames) {
  LoadedProblem loaded;
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
    for (mlir::Value event : op.getAfter())
      loaded.problem.addDependence(indices.at(event.getDefiningOp()), task);
  }
  return loaded;
}
