// Exports of schedules as translations of `atleus-translate`.
#ifndef ATLEUS_REPORT_TRANSLATIONS_H
#define ATLEUS_REPORT_TRANSLATIONS_H

namespace atleus {

/// Registers --export-schedule, --export-schedule-binary, --export-svg and
/// --export-trace.
void registerScheduleExports();

} // namespace atleus

#endif // ATLEUS_REPORT_TRANSLATIONS_H
