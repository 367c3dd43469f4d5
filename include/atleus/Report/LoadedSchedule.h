// What the files of a schedule are made from, read off the IR once for all.
//
// The IR has an op for each task and transfer. The schedule as a message, the
// trace and the report all ask what its resources are, who holds them when, and
// what lies in buffers, which takes longer to find than to write.
#ifndef ATLEUS_REPORT_LOADEDSCHEDULE_H
#define ATLEUS_REPORT_LOADEDSCHEDULE_H

#include "atleus/Scheduling/LoadBuffers.h"
#include "atleus/Scheduling/LoadProblem.h"

#include <optional>

namespace atleus {

struct LoadedSchedule {
  sched::ScheduleOp op;
  /// Tasks have no names.
  scheduling::LoadedProblem loaded;
  scheduling::Starts starts;
  /// If the module has the schedule's machine.
  std::optional<scheduling::LoadedBuffers> buffers;
};

/// The machine of a schedule, or null.
arch::MachineOp findMachine(sched::ScheduleOp schedule);

/// Reads a schedule with starts, which stays as it is as long as the result is
/// in use. An op without one is reported as a diagnostic.
llvm::FailureOr<LoadedSchedule> loadSchedule(sched::ScheduleOp schedule);

} // namespace atleus

#endif // ATLEUS_REPORT_LOADEDSCHEDULE_H
