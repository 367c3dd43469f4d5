// Schedules in the Chrome trace format, for https://ui.perfetto.dev.
#ifndef ATLEUS_REPORT_TRACEEXPORT_H
#define ATLEUS_REPORT_TRACEEXPORT_H

#include "atleus/Report/LoadedSchedule.h"

namespace atleus {

/// Writes what runs when. Every task must have a start.
///
/// Processes are the tiers, with a thread for each unit of a node, the memory,
/// the host, the network of each tier, with a thread for each link and port,
/// and the links between tiers. A use of a unit is two nested slices: the outer
/// one has the name of its kind, so that Perfetto, which colours by names,
/// gives each kind one colour; the inner one has the name of the task and what
/// is known of it: its tile, its work, its bytes, its energy, and what it waits
/// for, unless a transfer waits for the task that it has its name from. A use
/// of a link or a port is one slice.
///
/// Flows lead from each task to those that wait for it, and are named critical
/// where the data comes as the task starts. One through a barrier begins at the
/// task for which the barrier waits longest. Of more than 50,000 dependences
/// the trace has the last one of each task. The process of the machine has the
/// critical chain as a thread of its own.
///
/// Counters tell power, of the machine and of each tier, the links in use and,
/// if the schedule's machine is in the module, what one inference keeps in the
/// buffers of each tier, in all of them and in the fullest one. Power and links
/// are means, and buffers the most, within a thousandth of the makespan.
///
/// Times are in whole nanoseconds, rounded down, as Perfetto stores them.
void writeTrace(const LoadedSchedule &schedule, llvm::raw_ostream &os);
void writeTrace(sched::ScheduleOp schedule, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_TRACEEXPORT_H
