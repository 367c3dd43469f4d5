// What the counters of a trace tell, in steps of equal length.
#ifndef ATLEUS_LIB_REPORT_TRACECOUNTERS_H
#define ATLEUS_LIB_REPORT_TRACECOUNTERS_H

#include "TraceTracks.h"
#include "atleus/Report/LoadedSchedule.h"
#include "atleus/Report/TimeProfile.h"

#include <optional>

namespace atleus {

/// Power in W by process: of the machine, which is all, and of each tier, which
/// is what its tasks take and what its nodes leak. The energy of a task is
/// spread evenly over its time. Empty without energies.
std::map<TraceProcess, TimeProfile> readPower(const LoadedSchedule &schedule,
                                              const TraceTracks &tracks,
                                              Picoseconds makespan,
                                              unsigned numSteps);

/// How many links carry data.
TimeProfile readLinks(const LoadedSchedule &schedule, Picoseconds makespan,
                      unsigned numSteps);

/// The most that buffers of a tier hold within each step.
struct BufferProfile {
  /// Of all nodes together, and of the fullest one, in bytes.
  std::vector<int64_t> total, fullest;
};

/// Of the buffers that one inference uses, by the levels of tiers. Empty
/// without a machine.
std::map<int64_t, BufferProfile>
readBufferLevels(const LoadedSchedule &schedule, const TimeProfile &steps);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_TRACECOUNTERS_H
