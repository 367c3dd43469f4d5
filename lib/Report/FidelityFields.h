// What a report says about how far its numbers can be trusted: the bounds to
// which the models are held (Validation/ReferenceTable.h), whatever the model
// and the machine.
#ifndef ATLEUS_LIB_REPORT_FIDELITYFIELDS_H
#define ATLEUS_LIB_REPORT_FIDELITYFIELDS_H

#include "llvm/Support/JSON.h"

#include <string>

namespace atleus {

/// Writes the attribute `fidelity` into an object.
void writeFidelity(llvm::json::OStream &json);

/// The tools that the models are compared with, in one line.
std::string describeFidelity();

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_FIDELITYFIELDS_H
