// Widths of weights by what they cost in crossbars and lose in outputs.
#ifndef ATLEUS_LIB_TRANSFORMS_AUTOMATICPRECISION_H
#define ATLEUS_LIB_TRANSFORMS_AUTOMATICPRECISION_H

#include "Calibration.h"

#include "atleus/Compression/PrecisionBudget.h"
#include "dialects/Arch/Arch.h"

#include "mlir/IR/BuiltinOps.h"

namespace atleus {

/// What a choice of widths needs to know.
struct PrecisionQuestion {
  PrecisionBudget budget;
  /// The budget as the user wrote it.
  llvm::StringRef text;
  Calibration calibration;
  /// Its crossbars count the arrays of a weight.
  arch::MachineOp machine;
  /// The widths of products that nothing else is said of.
  unsigned weightBits = 8;
  unsigned activationBits = 8;
  /// Quantizes a copy of the module as the module will be. What is wrong is
  /// reported as diagnostics.
  std::function<llvm::LogicalResult(mlir::ModuleOp)> quantize;
};

/// Gives each layer with a static weight in floats that states no precision the
/// width that keeps the budget: of crossbars at the least loss, or of loss at
/// the fewest crossbars. What was chosen is `nn.precision` and a remark; a
/// budget that no choice keeps is reported as a diagnostic.
///
/// The loss of a layer in a width is measured: the squared error of the model's
/// first output, with the weights of that layer rounded and everything else in
/// floats, over the output's squares. Losses of layers are taken to add up. A
/// limit of changed answers is checked with the whole quantized model, and what
/// the layers may lose together is lowered until it holds.
llvm::LogicalResult choosePrecisions(mlir::ModuleOp module,
                                     const PrecisionQuestion &question);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_AUTOMATICPRECISION_H
