// `atleus run --compare`: looks for the first kernel that differs from ONNX
// Runtime, or from an earlier phase.
#ifndef ATLEUS_TOOLS_ATLEUS_COMPARE_H
#define ATLEUS_TOOLS_ATLEUS_COMPARE_H

#include "Session.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace atleus {

/// Whether the command line asks for a comparison.
bool isComparison();

/// Reports an option that only a comparison can heed. Returns whether there was
/// one.
bool reportComparisonOptions();

/// Compares as the command line says, on `inputs`, each a "name=file.npy", and
/// on random ones where none is given. The result is the exit code: 1 if
/// something differs.
int runComparison(Session &session, llvm::StringRef model,
                  llvm::ArrayRef<std::string> inputs);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_COMPARE_H
