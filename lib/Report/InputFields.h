// The unverified numbers of a report as JSON and as lines of text.
#ifndef ATLEUS_LIB_REPORT_INPUTFIELDS_H
#define ATLEUS_LIB_REPORT_INPUTFIELDS_H

#include "atleus/Report/InputReport.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/JSON.h"

#include <string>
#include <vector>

namespace atleus {

/// Writes the entry `inputs` of a report.
void writeInputs(llvm::ArrayRef<InputReport> inputs, llvm::json::OStream &json);

/// How many numbers are unverified, and what the most influential ones change.
std::vector<std::string> describeInputs(llvm::ArrayRef<InputReport> inputs);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_INPUTFIELDS_H
