// The order of passes, from any phase to any later one.
#ifndef ATLEUS_PIPELINES_PIPELINE_H
#define ATLEUS_PIPELINES_PIPELINE_H

#include "atleus/Pipelines/Phase.h"
#include "atleus/Scheduling/Algorithm.h"
#include "atleus/Support/Progress.h"
#include "atleus/Transforms/PassOptions.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>
#include <vector>

namespace mlir {
class DialectRegistry;
class OpPassManager;
class TimingScope;
} // namespace mlir

namespace atleus {

/// How weights are pruned.
struct PruningOptions {
  /// Sizes of a block that are 0 are those of an array of the machine.
  PruningRequest request;
  /// By sensitivity, if nothing is said, there are samples, and groups do not
  /// state what they keep.
  std::optional<SparsityShare> share;
  /// Globs of the names of layers; all if there is none.
  std::vector<std::string> layers;
  /// The weights that stay make up for the others, if there are samples.
  bool compensate = true;

  /// The share that is used if there are samples or are none.
  SparsityShare getShare(bool hasSamples) const;
};

/// How kernels are mapped to the machine.
struct MappingOptions {
  AssignmentPolicy policy = AssignmentPolicy::Cost;
  AssignmentObjective objective = AssignmentObjective::Latency;
  /// Tiers of kernels by the patterns of their names, "encoder.*=@reram0"; the
  /// last one that matches counts.
  std::vector<std::string> pins;
  WeightSpill spill = WeightSpill::Auto;
  /// Most replicas of a weight; 0 for no limit.
  unsigned maxReplicas = 0;
  /// Most tokens of a task; 0: chosen.
  unsigned tokensPerTask = 0;
  /// What a task reads and leaves takes at most one part of a buffer of so
  /// many.
  unsigned bufferShare = 1;
  PlacementMethod placement = PlacementMethod::Anneal;
  unsigned placementMoves = 8000;
  uint64_t placementSeed = 0;
};

/// What the capacities of buffers are for a schedule.
enum class BufferLimit {
  /// Tasks start later where a buffer has no room; what does not fit at any
  /// time is an error.
  Enforce,
  /// A buffer that is too small is a warning.
  Report,
};

/// What a user may choose about a compilation. Each field is an option of
/// `atleus compile`.
struct PipelineOptions {
  /// Values of dynamic dimensions, "name=size", and shapes of whole inputs,
  /// "name=1x128".
  std::vector<std::string> dimensions;
  std::vector<std::string> shapes;
  /// Results of nn ops carry the names of the ONNX values that they equal.
  bool recordONNXValues = false;
  /// Nothing is pruned without it.
  std::optional<PruningOptions> pruning;
  /// Precisions of products by the patterns of their names,
  /// "encoder.*=4/8"; the last one that matches counts.
  std::vector<std::string> precisions;
  /// What layers that no pattern matches may take, "crossbars:2000" or
  /// "loss:0.5"; empty: the widths below.
  std::string precisionBudget;
  /// Widths and codes of products that no pattern matches; 32 bits are floats.
  unsigned weightBits = 8;
  unsigned activationBits = 8;
  WeightCoding weightCode = WeightCoding::Symmetric;
  ActivationCoding activationCode = ActivationCoding::Symmetric;
  /// Without calibration.
  ActivationScales activationScales = ActivationScales::PerToken;
  WeightScales weightScales = WeightScales::PerChannel;
  WeightClipping weightClipping = WeightClipping::MinMax;
  WeightRounding rounding = WeightRounding::Nearest;
  /// Rows and columns of a block of crossbar-wise scales; 0: what one array of
  /// the machine holds.
  int64_t blockRows = 0;
  int64_t blockColumns = 0;
  /// Path of an .npz file with samples of the inputs, or empty: scales of
  /// activations are then computed when the model runs.
  std::string calibration;
  CalibrationMethod calibrationMethod = CalibrationMethod::MinMax;
  double percentile = 99.99;
  /// Told of the samples of a calibration.
  ProgressCallback progress;
  /// Gets the times of passes if it is not null.
  mlir::TimingScope *timing = nullptr;
  /// Name of a preset or path of a machine file, and changes to it,
  /// "part.attribute=value".
  std::string machine = "atleus";
  std::vector<std::string> machineChanges;
  MappingOptions mapping;
  scheduling::Algorithm scheduler = scheduling::Algorithm::List;
  /// The longest latency that the modulo scheduler may choose, in percent of
  /// that of the list scheduler; 0 for no limit.
  unsigned latencyPercent = 0;
  BufferLimit buffers = BufferLimit::Enforce;
  /// Buffers that are too small are told of with sizes that are enough, for
  /// which the model is compiled several times.
  bool advisesBuffers = true;
  /// As far as the tasks of a schedule go.
  bool statesBufferSizes = true;
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

/// Runs the passes that lead from `from` to `to`, and the verifier behind the
/// last of them.
llvm::LogicalResult runPasses(mlir::ModuleOp module, Phase from, Phase to,
                              const PipelineOptions &options);

/// Moves the body and the attributes of `other` into `module`.
void replaceBody(mlir::ModuleOp module, mlir::ModuleOp other);

/// Brings `module` to `to` and records the phase. Asking for a phase that lies
/// behind the module's is reported as a diagnostic.
llvm::LogicalResult runPipeline(mlir::ModuleOp module, Phase to,
                                const PipelineOptions &options);

} // namespace atleus

#endif // ATLEUS_PIPELINES_PIPELINE_H
