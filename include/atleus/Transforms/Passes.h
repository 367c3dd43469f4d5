// Transformations of the IR within a phase and from one phase to the next.
#ifndef ATLEUS_TRANSFORMS_PASSES_H
#define ATLEUS_TRANSFORMS_PASSES_H

#include "atleus/Scheduling/Algorithm.h"
#include "atleus/Support/Progress.h"
#include "atleus/Transforms/PassOptions.h"

#include "dialects/Arch/Arch.h"

#include "mlir/Pass/Pass.h"
#include "llvm/Support/CommandLine.h"

#include <memory>
#include <string>

namespace atleus {

#define GEN_PASS_DECL
#include "atleus/Transforms/Passes.h.inc"

/// Quantizes, and tells `progress` of the samples of a calibration.
std::unique_ptr<mlir::Pass> createQuantize(const QuantizeOptions &options,
                                           ProgressCallback progress);

/// Chooses precisions for what `quantize` will make of the module, and tells
/// `progress` of the samples that are run.
std::unique_ptr<mlir::Pass>
createChoosePrecision(const ChoosePrecisionOptions &options,
                      const QuantizeOptions &quantize,
                      ProgressCallback progress);

/// Prunes, and tells `progress` of the samples of a calibration.
std::unique_ptr<mlir::Pass> createPrune(const PruneOptions &options,
                                        ProgressCallback progress);

/// Registers all transformations, for command lines that name passes.
#define GEN_PASS_REGISTRATION
#include "atleus/Transforms/Passes.h.inc"

} // namespace atleus

#endif // ATLEUS_TRANSFORMS_PASSES_H
