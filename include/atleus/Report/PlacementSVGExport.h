// Placements as pictures.
#ifndef ATLEUS_REPORT_PLACEMENTSVGEXPORT_H
#define ATLEUS_REPORT_PLACEMENTSVGEXPORT_H

#include "dialects/Sched/Sched.h"

namespace atleus {

/// Draws the tiers of the machine as grids side by side, the lowest first: what
/// share of a node's arrays holds weights or how long it works, in colours that
/// say at what; how long each link is in use, as its width and colour; and
/// where memory and host are attached. Every task must have a start. Reports an
/// error if the module has no machine.
llvm::LogicalResult writePlacementSVG(sched::ScheduleOp schedule,
                                      llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_PLACEMENTSVGEXPORT_H
