// Schedules as pictures.
#ifndef ATLEUS_REPORT_SVGEXPORT_H
#define ATLEUS_REPORT_SVGEXPORT_H

#include "dialects/Sched/Sched.h"

namespace atleus {

/// Draws what is in use over time: a row for each tier that computes, for
/// memory, host and the links of the network, in colours that say what for; the
/// layers of the model; and where the critical chain is, the tasks that wait
/// for each other without a gap until the last one ends. Every task must have a
/// start.
void writeSVG(sched::ScheduleOp schedule, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_SVGEXPORT_H
