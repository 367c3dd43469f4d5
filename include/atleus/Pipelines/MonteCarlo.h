// The accuracy of a mapped model over many draws of the noise of its devices.
#ifndef ATLEUS_PIPELINES_MONTECARLO_H
#define ATLEUS_PIPELINES_MONTECARLO_H

#include "atleus/Interpreter/Accuracy.h"
#include "atleus/Support/SampleStatistics.h"

#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace atleus {

struct MonteCarloOptions {
  /// At least one.
  int64_t trials = 1;
  int64_t seed = 0;
  /// Of all arrays; 0 takes what the module's schedule or package states.
  int64_t temperatureMk = 0;
  /// Seconds since weights were written; 0 is before anything drifts.
  int64_t elapsedS = 0;
  /// Path of an .npz file with samples and labels.
  std::string dataset;
  AccuracyMetric metric = AccuracyMetric::Top1;
};

struct MonteCarloResult {
  SampleStatistics accuracy;
  /// Of the coldest and the warmest array.
  int64_t lowestMk = 0;
  int64_t highestMk = 0;
};

/// Measures the accuracy of function `main` of a module with kernels on
/// crossbars, once for each trial: trial i has the noise that
/// `--atleus-inject-noise{trial=i}` injects. `progress` is told how many trials
/// are done. `module` stays as it is.
llvm::FailureOr<MonteCarloResult>
measureNoisyAccuracy(mlir::ModuleOp module, const MonteCarloOptions &options,
                     llvm::function_ref<void(int64_t)> progress);

} // namespace atleus

#endif // ATLEUS_PIPELINES_MONTECARLO_H
