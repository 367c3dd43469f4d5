// Reads why kernels are on their tiers off the IR, and writes it.
#ifndef ATLEUS_LIB_REPORT_ASSIGNMENTFIELDS_H
#define ATLEUS_LIB_REPORT_ASSIGNMENTFIELDS_H

#include "atleus/Report/Report.h"
#include "dialects/Interfaces/Interfaces.h"

#include "llvm/Support/JSON.h"

namespace atleus {

class Table;

/// Null if nothing is recorded.
std::optional<KernelAssignment> readAssignment(KernelOpInterface kernel);
std::optional<AssignmentReport> readAssignment(mlir::ModuleOp module);

void writeAssignment(const std::optional<AssignmentReport> &assignment,
                     llvm::json::OStream &json);
void writeAssignment(const std::optional<KernelAssignment> &assignment,
                     llvm::json::OStream &json);

/// Adds rows that say by what tiers were chosen, and where weights and products
/// are, by their shape: what they take there, and on the next best tier.
void addAssignmentRows(const Report &report, Table &table);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_ASSIGNMENTFIELDS_H
