// Schedules as pictures.
#ifndef ATLEUS_REPORT_SVGEXPORT_H
#define ATLEUS_REPORT_SVGEXPORT_H

#include "dialects/Sched/Sched.h"

namespace atleus {

/// Writes a Gantt chart: a row per node that computes, coloured by kernel, and
/// the links in use over time. Every task must have a start.
void writeSVG(sched::ScheduleOp schedule, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_SVGEXPORT_H
