// Schedules in the Chrome trace format, for https://ui.perfetto.dev.
#ifndef ATLEUS_REPORT_TRACEEXPORT_H
#define ATLEUS_REPORT_TRACEEXPORT_H

#include "dialects/Sched/Sched.h"

namespace atleus {

/// Writes one process per tier, with a thread for each unit, link and port in
/// use; a complete event for each use of them, and a flow from each task to
/// those that wait for it. A flow through a barrier starts at the task for
/// which the barrier waits longest. If the schedule's machine is in the module,
/// a counter for each buffer in use tells what one inference keeps there. Every
/// task must have a start.
void writeTrace(sched::ScheduleOp schedule, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_TRACEEXPORT_H
