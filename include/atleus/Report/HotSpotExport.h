// A heated machine as input of HotSpot, so that others can check temperatures.
#ifndef ATLEUS_REPORT_HOTSPOTEXPORT_H
#define ATLEUS_REPORT_HOTSPOTEXPORT_H

#include "atleus/Support/OutputFolder.h"
#include "dialects/Sched/Sched.h"

namespace llvm::cl {
class OptionCategory;
} // namespace llvm::cl

namespace atleus {

/// The files of HotSpot 7's grid model for the package of the schedule's
/// machine, heated by an inference every `period`: a floorplan per tier, named
/// after its level, with a block per node (`node_1_2_0` in `tier0.flp` is node
/// (1, 2, 0)), `die.flp` for layers without power, `layers.lcf`, `power.ptrace`
/// and `hotspot.config`. A package that HotSpot cannot describe is reported as
/// a diagnostic.
llvm::FailureOr<std::vector<OutputFile>>
makeHotSpotFiles(sched::ScheduleOp schedule, Picoseconds period);

/// Registers `atleus-translate --export-hotspot`, which writes these files to
/// the folder `--hotspot-folder` and how to run HotSpot on them to the output.
/// Its options are shown with those of `category`.
void registerHotSpotExport(llvm::cl::OptionCategory &category);

} // namespace atleus

#endif // ATLEUS_REPORT_HOTSPOTEXPORT_H
