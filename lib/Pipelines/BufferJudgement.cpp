// Judges plans by what tasks need at once and by their list schedules.
#include "BufferJudgement.h"

#include "atleus/Scheduling/BufferedScheduler.h"
#include "atleus/Scheduling/ListScheduler.h"
#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Scheduling/LoadProblem.h"
#include "atleus/Scheduling/WorkingSets.h"
#include "dialects/Arch/MachineLookup.h"

using namespace mlir;
using namespace atleus;
using namespace atleus::scheduling;

static bool isWithin(const LoadedBufferProblem &loaded, int64_t percent) {
  std::vector<Bits> capacities = loaded.getCapacities();
  return llvm::all_of(
      llvm::zip_equal(findWorkingSets(loaded.problem, capacities.size()),
                      capacities),
      [&](auto pair) {
        auto [needed, capacity] = pair;
        int64_t bits = capacity.count();
        return needed.count() <=
               bits / 100 * percent + bits % 100 * percent / 100;
      });
}

bool atleus::areTasksWithin(ModuleOp plan, int64_t percent) {
  FailureOr<arch::MachineOp> machine = arch::findMachine(plan);
  return succeeded(machine) &&
         llvm::all_of(
             plan.getOps<sched::ScheduleOp>(), [&](sched::ScheduleOp schedule) {
               return isWithin(loadBufferProblem(schedule, *machine), percent);
             });
}

static bool fitsByList(sched::ScheduleOp schedule, arch::MachineOp machine) {
  LoadedBufferProblem buffers = loadBufferProblem(schedule, machine);
  if (!isWithin(buffers, /*percent=*/100))
    return false;
  FailureOr<LoadedGraph> loaded = loadGraph(schedule);
  return succeeded(loaded) &&
         hasBufferedStarts(loaded->problem, loaded->graph, buffers.problem,
                           buffers.getCapacities(),
                           scheduleByList(loaded->problem, loaded->graph));
}

bool atleus::fitsByList(ModuleOp plan) {
  FailureOr<arch::MachineOp> machine = arch::findMachine(plan);
  return succeeded(machine) &&
         llvm::all_of(plan.getOps<sched::ScheduleOp>(),
                      [&](sched::ScheduleOp schedule) {
                        return ::fitsByList(schedule, *machine);
                      });
}

LogicalResult atleus::addListStarts(ModuleOp plan) {
  for (auto schedule : plan.getOps<sched::ScheduleOp>()) {
    FailureOr<LoadedGraph> loaded = loadGraph(schedule);
    if (failed(loaded))
      return failure();
    Starts starts = scheduleByList(loaded->problem, loaded->graph);
    for (auto [op, start] : llvm::zip_equal(loaded->tasks, starts))
      op.setStart(start);
  }
  return success();
}
