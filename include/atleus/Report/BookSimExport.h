// The packets of a schedule, for cycle-accurate simulation.
#ifndef ATLEUS_REPORT_BOOKSIMEXPORT_H
#define ATLEUS_REPORT_BOOKSIMEXPORT_H

#include "dialects/Sched/Sched.h"

#include "llvm/Support/Error.h"

namespace atleus {

/// Writes a table of all packets in the order of their starts: the columns
/// pattern (the name of the schedule), seq, cycle (of the network's clock,
/// rounded up), src, dst and flits, where node (x, y, z) has the number
/// x + dims.x * (y + dims.y * z). It is the format of
/// test/reference/booksim_trace_packets.csv. A transfer starts all of its
/// packets at once; a source sends them one after another. BookSim copies no
/// flits, so a multicast is its packets once for each destination, which loads
/// the network more than the schedule does. Every transfer must have a start,
/// and the machine must be in the module.
llvm::Error writeBookSimTrace(sched::ScheduleOp schedule,
                              llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_BOOKSIMEXPORT_H
