// Names of tiers by their level.
#ifndef ATLEUS_LIB_REPORT_TIERNAMES_H
#define ATLEUS_LIB_REPORT_TIERNAMES_H

#include "dialects/Sched/Sched.h"

#include <map>

namespace atleus {

/// The names of the tiers of the schedule's machine by level, bottom first.
/// Empty when the machine is not in the module.
std::map<int64_t, std::string> getTierNames(sched::ScheduleOp schedule);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_TIERNAMES_H
