// Schedules read from files, whoever wrote them.
#ifndef ATLEUS_VERIFICATION_SCHEDULEFILE_H
#define ATLEUS_VERIFICATION_SCHEDULEFILE_H

#include "mlir/IR/Location.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/LogicalResult.h"

#include <memory>

namespace atleus {

namespace schedule::v1 {
class Schedule;
} // namespace schedule::v1

/// A location that names a file which has no lines.
mlir::Location getFileLocation(llvm::StringRef path,
                               mlir::MLIRContext *context);

/// Whether the name of a file says that it holds a schedule: it ends in .pb or
/// .json.
bool isScheduleFile(llvm::StringRef path);

/// Reads a schedule in protobuf's wire format or, from a file whose name ends
/// in .json, in its JSON mapping. Null if it is none, which has been reported
/// then; see checkForm.
std::unique_ptr<schedule::v1::Schedule>
readSchedule(llvm::StringRef path, mlir::MLIRContext *context);

/// Checks what can be said without the model: the version of the schema, fields
/// that must be there, indices that must exist, times that can be added up.
/// Reports the first error.
llvm::LogicalResult checkForm(const schedule::v1::Schedule &schedule,
                              mlir::Location location);

} // namespace atleus

#endif // ATLEUS_VERIFICATION_SCHEDULEFILE_H
