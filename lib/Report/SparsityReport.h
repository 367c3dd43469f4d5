// What kernels make of zeros in their weights, as a report has it.
#ifndef ATLEUS_LIB_REPORT_SPARSITYREPORT_H
#define ATLEUS_LIB_REPORT_SPARSITYREPORT_H

#include "atleus/Report/Report.h"
#include "dialects/Interfaces/Interfaces.h"

namespace atleus {

class Table;

/// The zeros of the weight of `kernel`, if it is pruned.
std::optional<KernelSparsity> readSparsity(KernelOpInterface kernel,
                                           arch::MachineOp machine);

/// Adds rows that sum up what is pruned and what of it is of no use, if
/// anything is pruned.
void addSparsityRows(const Report &report, Table &table);

} // namespace atleus

#endif // ATLEUS_LIB_REPORT_SPARSITYREPORT_H
