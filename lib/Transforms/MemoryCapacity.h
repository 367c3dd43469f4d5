// Whether memories hold what a mapping keeps in them.
#ifndef ATLEUS_LIB_TRANSFORMS_MEMORYCAPACITY_H
#define ATLEUS_LIB_TRANSFORMS_MEMORYCAPACITY_H

#include "KernelChain.h"

#include "dialects/Arch/Arch.h"

namespace atleus {

/// Checks that each memory has room for what lies in it: the parameters that
/// the kernels of `chain` read from it and, in the first memory, the inputs and
/// results of `function`. Every kernel has a tier. The error says how much is
/// missing and what takes the most.
llvm::LogicalResult verifyMemoryCapacity(mlir::func::FuncOp function,
                                         const KernelChain &chain,
                                         arch::MachineOp machine);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_MEMORYCAPACITY_H
