// What the noise of devices leaves of a model's accuracy, as a report has it.
#ifndef ATLEUS_REPORT_NOISEREPORT_H
#define ATLEUS_REPORT_NOISEREPORT_H

#include "atleus/Support/SampleStatistics.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>

namespace atleus {

struct NoiseReport {
  int64_t seed = 0;
  /// Seconds since weights were written; 0 is before anything drifts.
  int64_t elapsedS = 0;
  /// Of the coldest and the warmest array, in mK.
  int64_t lowestMk = 0;
  int64_t highestMk = 0;
  /// Of the metric of the report's accuracy, one number for each trial.
  SampleStatistics accuracy;
};

/// Records it as an attribute of the module, which `readNoise` reads.
void setNoise(mlir::ModuleOp module, const NoiseReport &noise);
std::optional<NoiseReport> readNoise(mlir::ModuleOp module);

} // namespace atleus

#endif // ATLEUS_REPORT_NOISEREPORT_H
