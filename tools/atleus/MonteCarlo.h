// The options of Monte Carlo trials with the noise of devices.
#ifndef ATLEUS_TOOLS_ATLEUS_MONTECARLO_H
#define ATLEUS_TOOLS_ATLEUS_MONTECARLO_H

#include "mlir/IR/BuiltinOps.h"

namespace atleus {

/// Reports options of noise that have no effect or lack something: trials need
/// a whole compilation and `dataset`, the path of samples and labels, which is
/// empty if there are none. Returns whether there was such an option.
bool reportNoiseOptions(bool isWhole, llvm::StringRef dataset);

/// Measures and records the accuracy with noise, if the user asks for trials.
llvm::LogicalResult addNoisyAccuracy(mlir::ModuleOp module,
                                     llvm::StringRef dataset);

} // namespace atleus

#endif // ATLEUS_TOOLS_ATLEUS_MONTECARLO_H
