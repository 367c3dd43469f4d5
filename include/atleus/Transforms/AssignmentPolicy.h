// The names of policies and objectives of an assignment.
#ifndef ATLEUS_TRANSFORMS_ASSIGNMENTPOLICY_H
#define ATLEUS_TRANSFORMS_ASSIGNMENTPOLICY_H

#include "atleus/Transforms/PassOptions.h"

#include "llvm/ADT/StringRef.h"

namespace atleus {

/// As on the command line, "static-dynamic".
llvm::StringRef stringify(AssignmentPolicy policy);
llvm::StringRef stringify(AssignmentObjective objective);

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_ASSIGNMENTPOLICY_H
