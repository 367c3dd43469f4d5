// Machines as tables for a terminal: what there is, what one consists of, and
// where its numbers come from.
#ifndef ATLEUS_REPORT_MACHINETABLE_H
#define ATLEUS_REPORT_MACHINETABLE_H

#include "dialects/Arch/Arch.h"

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// One line per preset of the search path: name, nodes, crossbar arrays, what
/// it is. A preset that cannot be read is reported as a diagnostic and left
/// out; the result is then a failure.
llvm::LogicalResult printMachineList(mlir::MLIRContext *context,
                                     llvm::raw_ostream &os);

/// The tiers of a machine with their capacities, and its network, memories,
/// host and package.
void printMachineTable(arch::MachineOp machine, llvm::raw_ostream &os);

/// Every number of a machine with its provenance and source, and how many
/// numbers there are of each provenance.
void printMachineSources(arch::MachineOp machine, llvm::raw_ostream &os);

/// The same as a JSON object: the machine's name, and an array of numbers.
void writeMachineSourcesJSON(arch::MachineOp machine, llvm::raw_ostream &os);

} // namespace atleus

#endif // ATLEUS_REPORT_MACHINETABLE_H
