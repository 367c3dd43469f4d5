// Registers the exports of schedules.
#include "atleus/Report/Translations.h"
#include "atleus/Report/BookSimExport.h"
#include "atleus/Report/LoadedSchedule.h"
#include "atleus/Report/PlacementSVGExport.h"
#include "atleus/Report/SVGExport.h"
#include "atleus/Report/ScheduleExport.h"
#include "atleus/Report/TraceExport.h"
#include "atleus/Support/ModulePhase.h"
#include "atleus/Support/NamedLocations.h"
#include "atleus/Support/ReportedError.h"
#include "dialects/Dialects.h"

#include "mlir/Tools/mlir-translate/Translation.h"

using namespace mlir;
using namespace atleus;

/// Says at which phase a module without a schedule is, and what gives it one.
static InFlightDiagnostic reportNoSchedule(ModuleOp module) {
  InFlightDiagnostic error = emitError(withoutText(module.getLoc()));
  error << "expected a module at phase 'scheduled' or later, found ";
  auto phase = module->getAttrOfType<StringAttr>(phaseAttribute);
  if (phase)
    error << "one at phase '" << phase.getValue() << "'";
  else
    error << "none with a 'sched.schedule'";
  error << ": 'atleus compile' goes on from there, and writes one as "
           "model.mlir or with --to=scheduled";
  return error;
}

FailureOr<sched::ScheduleOp> atleus::findTimedSchedule(ModuleOp module) {
  sched::ScheduleOp found;
  for (auto schedule : module.getOps<sched::ScheduleOp>()) {
    if (found) {
      InFlightDiagnostic diagnostic =
          schedule.emitError("expected one schedule, found a second");
      diagnostic.attachNote(found.getLoc()) << "first one here";
      return diagnostic;
    }
    found = schedule;
  }
  if (!found)
    return reportNoSchedule(module);
  if (failed(scheduling::loadStarts(found)))
    return failure();
  return found;
}

using WriteFunction = llvm::Error (*)(sched::ScheduleOp, llvm::raw_ostream &);

static void registerExport(StringRef name, StringRef description,
                           WriteFunction write) {
  TranslateFromMLIRRegistration registration(
      name, description,
      [write](ModuleOp module, llvm::raw_ostream &os) -> LogicalResult {
        FailureOr<sched::ScheduleOp> schedule = findTimedSchedule(module);
        if (failed(schedule))
          return failure();
        llvm::Error error = write(*schedule, os);
        if (!error)
          return success();
        if (auto message = takeMessage(std::move(error)))
          schedule->emitError() << *message;
        return failure();
      },
      [](DialectRegistry &registry) { registerAllDialects(registry); });
}

static void registerPlacementExport() {
  TranslateFromMLIRRegistration registration(
      "export-placement-svg",
      "Draw what nodes hold and do and how much links carry as SVG",
      [](ModuleOp module, llvm::raw_ostream &os) -> LogicalResult {
        FailureOr<sched::ScheduleOp> schedule = findTimedSchedule(module);
        if (failed(schedule))
          return failure();
        return writePlacementSVG(*schedule, os);
      },
      [](DialectRegistry &registry) { registerAllDialects(registry); });
}

void atleus::registerScheduleExports() {
  registerPlacementExport();
  registerExport("export-booksim-trace",
                 "Write the packets of the schedule, for BookSim",
                 writeBookSimTrace);
  registerExport("export-schedule",
                 "Write the schedule as JSON (schema: schedule.proto)",
                 writeScheduleJSON);
  registerExport("export-schedule-binary",
                 "Write the schedule in protobuf's wire format", writeSchedule);
  registerExport(
      "export-svg", "Draw what is in use over time as SVG",
      [](sched::ScheduleOp schedule, llvm::raw_ostream &os) -> llvm::Error {
        writeSVG(schedule, os);
        return llvm::Error::success();
      });
  registerExport(
      "export-trace", "Write the schedule as a Chrome trace, for Perfetto",
      [](sched::ScheduleOp schedule, llvm::raw_ostream &os) -> llvm::Error {
        writeTrace(schedule, os);
        return llvm::Error::success();
      });
}
