// The order of passes, from any phase to any later one.
#ifndef ATLEUS_PIPELINES_PIPELINE_H
#define ATLEUS_PIPELINES_PIPELINE_H

#include "atleus/Pipelines/Phase.h"
#include "atleus/Transforms/PassOptions.h"

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace mlir {
class DialectRegistry;
class OpPassManager;
} // namespace mlir

namespace atleus {

/// What a user may choose about a compilation. Each field is an option of
/// `atleus compile`.
struct PipelineOptions {
  /// Values of dynamic dimensions, "name=size", and shapes of whole inputs,
  /// "name=1x128".
  std::vector<std::string> dimensions;
  std::vector<std::string> shapes;
  /// Results of nn ops carry the names of the ONNX values that they equal.
  bool recordONNXValues = false;
  /// Path of an .npz file with samples of the inputs, or empty: scales of
  /// activations are then computed when the model runs.
  std::string calibration;
  WeightScales weightScales = WeightScales::PerChannel;
  /// Name of a preset or path of a machine file, and changes to it,
  /// "part.attribute=value".
  std::string machine = "atleus";
  std::vector<std::string> machineChanges;
  /// Weights that do not fit into crossbars go to systolic tiers.
  bool spillToSystolic = false;
  /// Tokens that one task computes.
  unsigned tokensPerTask = 16;
  scheduling::Algorithm scheduler = scheduling::Algorithm::List;
  /// The longest latency that the modulo scheduler may choose, in percent of
  /// that of the list scheduler; 0 for no limit.
  unsigned latencyPercent = 0;
  /// A buffer that does not hold what the schedule keeps in it is an error.
  bool enforceBuffers = false;
  /// Cells of the thermal model along each side of the die.
  unsigned thermalCells = 32;
  /// A temperature above the limit of the package is an error.
  bool enforceTemperature = false;
};

/// Makes everything that passes and the interpreter need known to `registry`:
/// dialects, cost models and evaluation models.
void registerEverything(mlir::DialectRegistry &registry);

/// Registers all passes, for tools that name them on the command line.
void registerAllPasses();

/// Adds the passes that lead from `from` to `to`.
void buildPipeline(mlir::OpPassManager &manager, Phase from, Phase to,
                   const PipelineOptions &options);

/// Brings `module` to `to` and records the phase. Asking for a phase that lies
/// behind the module's is reported as a diagnostic.
llvm::LogicalResult runPipeline(mlir::ModuleOp module, Phase to,
                                const PipelineOptions &options);

} // namespace atleus

#endif // ATLEUS_PIPELINES_PIPELINE_H
