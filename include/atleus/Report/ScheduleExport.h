// Schedules as files for other programs; schedule.proto is their schema.
#ifndef ATLEUS_REPORT_SCHEDULEEXPORT_H
#define ATLEUS_REPORT_SCHEDULEEXPORT_H

#include "atleus/Report/LoadedSchedule.h"

#include "llvm/Support/Error.h"

#include <limits>

namespace atleus {

namespace schedule::v1 {
class Schedule;
} // namespace schedule::v1

/// Fills the empty message `message`. The tasks have the order of the IR. Fails
/// if protobuf cannot write the message.
llvm::Error exportSchedule(const LoadedSchedule &schedule,
                           schedule::v1::Schedule &message);

/// The same for a schedule that is to be read. It fails, too, when a task has
/// no start; then a diagnostic has said so.
llvm::Error exportSchedule(sched::ScheduleOp schedule,
                           schedule::v1::Schedule &message);

/// Protobuf's messages end at 2 GiB.
constexpr size_t maximumMessageBytes = std::numeric_limits<int32_t>::max();

/// An error if protobuf cannot write the message. What cannot be written as
/// bytes is not written as JSON either.
llvm::Error checkMessageSize(const schedule::v1::Schedule &message,
                             size_t maximumBytes = maximumMessageBytes);

/// Writes the message in protobuf's wire format, the same bytes every time.
void writeMessage(const schedule::v1::Schedule &message, llvm::raw_ostream &os);

/// Writes the message in protobuf's canonical JSON mapping. Its fields, and
/// what they list, begin lines, so that one can search and count tasks; there
/// is no other whitespace.
void writeMessageJSON(const schedule::v1::Schedule &message,
                      llvm::raw_ostream &os);

/// The same for a schedule.
llvm::Error writeSchedule(sched::ScheduleOp schedule, llvm::raw_ostream &os);

llvm::Error writeScheduleJSON(sched::ScheduleOp schedule,
                              llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_SCHEDULEEXPORT_H
