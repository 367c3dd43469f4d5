// The check of schedules in the IR, for passes and tools.
#ifndef ATLEUS_TRANSFORMS_VERIFYSCHEDULE_H
#define ATLEUS_TRANSFORMS_VERIFYSCHEDULE_H

#include "dialects/Sched/Sched.h"

namespace atleus {

/// Does what the pass `--atleus-verify-schedule` does.
llvm::LogicalResult verifySchedule(sched::ScheduleOp schedule);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_VERIFYSCHEDULE_H
