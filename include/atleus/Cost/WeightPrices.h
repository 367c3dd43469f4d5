// Prices of bringing weights to where they are multiplied, in every inference
// or once.
#ifndef ATLEUS_COST_WEIGHTPRICES_H
#define ATLEUS_COST_WEIGHTPRICES_H

#include "atleus/Cost/CoreModel.h"
#include "dialects/Arch/Arch.h"
#include "dialects/Interfaces/Interfaces.h"
#include "dialects/PIM/PIM.h"

#include "llvm/ADT/StringMap.h"

namespace atleus {

/// Whether the weight of a kernel comes into the buffer of its core by tasks of
/// its own, "load:NAME", ahead of those that compute: that of a product on a
/// systolic core. Other cores read parameters while they compute.
bool isLoadedAhead(KernelOpInterface kernel, mlir::Operation *core);

/// Where inputs, results and the weights that are rewritten wait: the machine's
/// first memory or, without one, its host.
mlir::Operation *findOuter(arch::MachineOp machine);

/// What moving bytes between the node of a memory or a host and that takes; the
/// stream is the time for which it serves nobody else.
Price priceOuter(mlir::Operation *outer, int64_t bytes);

/// What writing the arrays of a weight takes, which is on a crossbar tier of
/// `machine`.
CrossbarProgramming priceProgram(pim::ProgramOp program,
                                 arch::MachineOp machine);

/// What writing one replica of a weight takes that is read from `outer` at the
/// same time.
Price priceRewrite(pim::ProgramOp program, arch::MachineOp machine,
                   mlir::Operation *outer);

/// Bytes of a weight that are read to write it once.
int64_t countWrittenBytes(pim::ProgramOp program);

/// The weights of a module that are written anew in every inference, by the
/// names that their kernels have.
llvm::StringMap<pim::ProgramOp> findRewritten(mlir::Operation *root);

} // namespace atleus

#endif // ATLEUS_COST_WEIGHTPRICES_H
