// How much of a report depends on each unverified number.
#ifndef ATLEUS_LIB_REPORT_SENSITIVITY_H
#define ATLEUS_LIB_REPORT_SENSITIVITY_H

#include "atleus/Report/InputReport.h"
#include "atleus/Report/LoadedSchedule.h"
#include "atleus/Scheduling/FixedOrder.h"

#include "mlir/IR/BuiltinOps.h"

#include <vector>

namespace atleus {

/// Changes each recalled or estimated number of the machine by 20 % down and
/// up, one at a time, and costs the schedule anew. The mapping stays as it is,
/// and so does the order of tasks on each resource as long as it is possible.
/// The most influential number comes first.
std::vector<InputReport> analyzeInputs(mlir::ModuleOp module,
                                       arch::MachineOp machine,
                                       const LoadedSchedule &schedule,
                                       const scheduling::FixedOrder &order);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_SENSITIVITY_H
