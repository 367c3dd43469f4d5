// What diagnostics call the tasks of a schedule.
#ifndef ATLEUS_LIB_VERIFICATION_TASKLABELS_H
#define ATLEUS_LIB_VERIFICATION_TASKLABELS_H

#include <string>

namespace atleus {

namespace schedule::v1 {
class Schedule;
} // namespace schedule::v1

/// `task #3 "query"[0]`, `transfer #4 of "query"[0]` or `barrier #5`.
std::string getTaskLabel(const schedule::v1::Schedule &schedule, int index);

} // namespace atleus

#endif // ATLEUS_LIB_VERIFICATION_TASKLABELS_H
