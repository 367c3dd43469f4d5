// Reads problem, starts and buffers of a schedule.
#include "atleus/Report/LoadedSchedule.h"

using namespace mlir;
using namespace atleus;

arch::MachineOp atleus::findMachine(sched::ScheduleOp schedule) {
  return SymbolTable::lookupNearestSymbolFrom<arch::MachineOp>(
      schedule->getParentOp(), schedule.getMachineAttr());
}

FailureOr<LoadedSchedule> atleus::loadSchedule(sched::ScheduleOp schedule) {
  FailureOr<scheduling::Starts> starts = scheduling::loadStarts(schedule);
  if (failed(starts))
    return failure();
  LoadedSchedule result;
  result.op = schedule;
  result.loaded = scheduling::loadProblem(schedule, /*hasNames=*/false);
  result.starts = std::move(*starts);
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
