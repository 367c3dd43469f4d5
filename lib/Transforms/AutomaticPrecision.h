// Widths of weights by what they cost in crossbars and lose in outputs.
#ifndef ATLEUS_LIB_TRANSFORMS_AUTOMATICPRECISION_H
#define ATLEUS_LIB_TRANSFORMS_AUTOMATICPRECISION_H

#include "QuantizedUses.h"

#include "atleus/Compression/PrecisionBudget.h"
#include "atleus/Cost/MachineConstants.h"

namespace atleus {

/// What a choice of widths needs to know.
struct PrecisionQuestion {
  PrecisionBudget budget;
  Calibration calibration;
  /// How weights are quantized once their widths are known, and the widths
  /// that are the default.
  QuantizationRequest quantization;
  WeightRounding rounding = WeightRounding::Nearest;
  /// What counts the arrays of a weight.
  CrossbarConstants crossbar;
  /// Quantizes a module as it will be done with this one.
  std::function<llvm::LogicalResult(mlir::ModuleOp)> quantize;
};

/// Gives every layer with a static weight in floats that states no precision
/// the width that `question` asks for. A budget that no choice keeps is
/// reported as a diagnostic.
llvm::LogicalResult choosePrecisions(mlir::func::FuncOp function,
                                     const PrecisionQuestion &question);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_AUTOMATICPRECISION_H
