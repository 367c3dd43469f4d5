// What the outputs of a model lose when weights are stored in fewer bits.
#ifndef ATLEUS_LIB_TRANSFORMS_PRECISIONSENSITIVITY_H
#define ATLEUS_LIB_TRANSFORMS_PRECISIONSENSITIVITY_H

#include "Calibration.h"

#include "atleus/Interpreter/Tensor.h"
#include "dialects/NN/NN.h"

#include <vector>

namespace atleus {

/// How the first output differs from what it should be, over some samples. Its
/// rows along the last dimension hold an answer each: the index of the largest
/// element.
struct OutputLoss {
  double squaredError = 0;
  double squares = 0;
  int64_t changedAnswers = 0;
  int64_t answers = 0;

  /// Elements that should be infinite or NaN do not count.
  void add(const Tensor &expected, const Tensor &found);

  /// Squared error over squares.
  double relativeError() const {
    return squares == 0 ? 0 : squaredError / squares;
  }
  /// In percent.
  double changedPoints() const {
    return answers == 0 ? 0
                        : 100.0 * static_cast<double>(changedAnswers) /
                              static_cast<double>(answers);
  }
};

/// Weights that could take the place of those of a layer, as f32.
struct WeightVariants {
  nn::LinearOp layer;
  size_t count = 0;
  std::function<Tensor(size_t)> get;
};

/// Runs the samples with one variant of one layer at a time, everything else in
/// floats. For each layer and each of its variants, how the output differs from
/// that of the floats; only what depends on the layer is computed for it.
/// Samples that do not fit the function are reported as diagnostics.
llvm::FailureOr<std::vector<std::vector<OutputLoss>>>
measureSensitivity(mlir::func::FuncOp function, const Calibration &calibration,
                   llvm::ArrayRef<WeightVariants> layers);

/// The first output of every sample.
llvm::FailureOr<std::vector<Tensor>>
computeOutputs(mlir::func::FuncOp function, const Calibration &calibration);

} // namespace atleus

#endif // ATLEUS_LIB_TRANSFORMS_PRECISIONSENSITIVITY_H
