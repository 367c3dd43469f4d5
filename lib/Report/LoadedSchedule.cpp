// Reads problem, starts and buffers of a schedule.
#include "atleus/Report/LoadedSchedule.h"

using namespace mlir;
using namespace atleus;

arch::MachineOp atleus::findMachine(sched::ScheduleOp schedule) {
  return SymbolTable::lookupNearestSymbolFrom<arch::MachineOp>(
      schedule->getParentOp(), schedule.getMachineAttr());
}

LogicalResult atleus::checkStarts(sched::ScheduleOp schedule) {
  for (auto op : schedule.getOps<sched::TimedOpInterface>())
    if (!op.getStart())
      return op->emitError("has no start: schedule it before it is exported");
  return success();
}

FailureOr<LoadedSchedule> atleus::loadSchedule(sched::ScheduleOp schedule) {
  if (failed(checkStarts(schedule)))
    return failure();
  LoadedSchedule result;
  result.op = schedule;
  result.loaded = scheduling::loadProblem(schedule, /*hasNames=*/false);
  result.starts.reserve(result.loaded.tasks.size());
  for (sched::TimedOpInterface op : result.loaded.tasks)
    result.starts.push_back(*op.getStart());
  arch::MachineOp machine = findMachine(schedule);
  if (!machine)
    return result;
  FailureOr<scheduling::LoadedBuffers> buffers =
      scheduling::loadBuffers(schedule, machine);
  if (failed(buffers))
    return failure();
  result.buffers = std::move(*buffers);
  return result;
}
