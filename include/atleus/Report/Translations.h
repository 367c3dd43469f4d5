// Exports of schedules as translations of `atleus-translate`.
#ifndef ATLEUS_REPORT_TRANSLATIONS_H
#define ATLEUS_REPORT_TRANSLATIONS_H

#include "dialects/Sched/Sched.h"

#include "mlir/IR/BuiltinOps.h"

namespace atleus {

/// The one schedule of `module`, all of it with starts; anything else is
/// reported as a diagnostic.
llvm::FailureOr<sched::ScheduleOp> findTimedSchedule(mlir::ModuleOp module);

/// Registers --export-booksim-trace, --export-placement-svg, --export-schedule,
/// --export-schedule-binary, --export-svg and --export-trace.
void registerScheduleExports();

} // namespace atleus

#endif // ATLEUS_REPORT_TRANSLATIONS_H
