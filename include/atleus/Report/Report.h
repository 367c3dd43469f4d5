// The cost report of a mapped model: one struct, from which the JSON file and
// the table on the terminal are made.
//
// It is read off the final IR alone: the kernels, the machine, the schedule and
// its summary. So the report of a saved module is the report of the run that
// saved it.
#ifndef ATLEUS_REPORT_REPORT_H
#define ATLEUS_REPORT_REPORT_H

#include "atleus/Cost/Power.h"
#include "atleus/Report/AssignmentReport.h"
#include "atleus/Report/BufferReport.h"
#include "atleus/Report/CacheReport.h"
#include "atleus/Report/CrossbarUse.h"
#include "atleus/Report/InputReport.h"
#include "atleus/Report/LoadedSchedule.h"
#include "atleus/Report/NetworkReport.h"
#include "atleus/Report/NoiseReport.h"
#include "atleus/Report/PlacementReport.h"
#include "atleus/Report/TemperatureReport.h"
#include "atleus/Report/WeightReport.h"
#include "atleus/Report/WeightTraffic.h"
#include "dialects/Arch/Arch.h"
#include "dialects/Interfaces/Work.h"

#include "mlir/IR/BuiltinOps.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace atleus {

/// Zeros in the weight of a kernel.
struct KernelSparsity {
  /// Share of the weight's elements that is zero.
  double zeros = 0;
  /// Share of the multiply-accumulates that the core leaves out.
  double skippedMacs = 0;
  /// Why the core leaves out none, as in "@pe skips nothing"; empty if it does.
  std::string unusedBecause;
};

/// One kernel of the model.
struct KernelReport {
  std::string name;
  /// Name of the op, such as "pim.mvm".
  std::string kind;
  std::string tier;
  int64_t tasks = 0;
  /// Vectors along the last dimension of its result that one task computes.
  int64_t tokensPerTask = 0;
  int64_t macs = 0;
  /// From the start of the first task to the end of the last one.
  Picoseconds latency;
  /// Sum of the durations of the tasks.
  Picoseconds busy;
  /// Energy of the tasks and of the transfers of their results.
  Femtojoules energy;
  /// What keeps a task from being faster.
  Bottleneck bound = Bottleneck::Latency;
  /// If the weight is pruned.
  std::optional<KernelSparsity> sparsity;
  /// Of a kernel whose tier a pass has chosen.
  std::optional<KernelAssignment> assignment;
};

/// The area of one part of all nodes of a tier, if the machine states it.
struct AreaReport {
  /// Such as "adc", "vector_unit" or "router".
  std::string part;
  std::optional<SquareNanometres> area;
};

/// One tier of the machine.
struct TierReport {
  std::string name;
  std::string core;
  int64_t level = 0;
  int64_t nodes = 0;
  int64_t kernels = 0;
  /// Crossbar arrays that hold weights, and all; zero without crossbars.
  int64_t crossbarsUsed = 0;
  int64_t crossbarsAvailable = 0;
  CrossbarUse crossbars;
  /// Sum of the durations of the tasks on the tier.
  Picoseconds busy;
  /// Energy of the tasks on the tier.
  Femtojoules energy;
  std::vector<AreaReport> areas;
};

/// A kernel that the host executes.
struct HostFallbackReport {
  std::string name;
  /// The ops in it, such as "nn.embedding".
  std::vector<std::string> ops;
  int64_t macs = 0;
  /// Bytes read and written.
  int64_t bytes = 0;
};

/// Accuracy of the model in floats and as it runs on the machine.
struct AccuracyReport {
  /// As stringify(AccuracyMetric) names it.
  std::string metric;
  std::string dataset;
  int64_t samples = 0;
  double floatValue = 0;
  double mappedValue = 0;
};

struct Report {
  std::string model;
  std::string machine;
  /// Options of the compilation, by name.
  std::vector<std::pair<std::string, std::string>> options;

  Picoseconds latency;
  /// Time after which the next inference can start.
  Picoseconds interval;
  Femtojoules energy;
  EnergyBreakdown energyBreakdown;

  Picoseconds criticalPath;
  Picoseconds busiestResource;
  std::string busiestResourceName;
  Picoseconds bandwidth;
  /// The largest bound of the latency that is known for the mapping; zero if
  /// the schedule states none.
  Picoseconds lowerBound;

  int64_t crossbarsUsed = 0;
  int64_t crossbarsAvailable = 0;
  /// Writing all weights once, before the first inference.
  Picoseconds programmingTime;
  Femtojoules programmingEnergy;

  /// If the module says how its kernels were placed.
  std::optional<PlacementReport> placement;

  int64_t macs = 0;
  int64_t bytes = 0;
  WeightReport weights;
  WeightTraffic weightTraffic;
  /// If a pass has chosen the tiers.
  std::optional<AssignmentReport> assignment;
  std::optional<AccuracyReport> accuracy;
  /// In trials with devices that deviate.
  std::optional<NoiseReport> noise;
  /// The mapped accuracy itself is that of devices that deviate.
  bool hasInjectedNoise = false;
  std::vector<OperationBuffers> buffers;
  /// Of a step of a decoder.
  std::optional<CacheReport> cache;
  bool hasPackage = false;
  std::optional<TemperatureReport> temperature;
  NetworkReport network;
  std::vector<HostFallbackReport> hostFallback;
  std::vector<TierReport> tiers;
  std::vector<KernelReport> kernels;
  /// The unverified numbers of the machine, the most influential first.
  std::vector<InputReport> inputs;

  double throughputPerSecond() const;
  /// Energy of an inference when each starts an interval after the other: idle
  /// parts are charged for the interval instead of the latency.
  Femtojoules intervalEnergy() const;
  double energyDelayProduct() const;
  /// Latency over the largest bound.
  double boundRatio() const;
  /// The interval over the time for which the busiest resource is in use in
  /// each; zero if none is.
  double intervalRatio() const;
};

/// Reads the report off a module at phase `estimated`. A module without
/// machine, schedule or summary is reported as a diagnostic.
llvm::FailureOr<Report> readReport(mlir::ModuleOp module);

/// The same for a module whose schedule is loaded.
llvm::FailureOr<Report> readReport(mlir::ModuleOp module,
                                   const LoadedSchedule &schedule);

/// Whether the module has all that a report needs: a machine and an estimated
/// schedule. What is missing is reported as a diagnostic.
llvm::LogicalResult checkReportable(mlir::ModuleOp module);

/// The areas of the parts of a tier's nodes.
std::vector<AreaReport> readAreas(arch::TierOp tier);

/// Writes `report.json`; its schema is docs/report.schema.json.
void writeReportJSON(const Report &report, llvm::raw_ostream &os);

/// Prints what a user wants to know first.
void printReportTable(const Report &report, llvm::raw_ostream &os);

/// Records what is not part of the mapping but belongs in the report, as
/// attributes of the module. Options that were recorded before stay, unless one
/// of the same name replaces them.
void setAccuracy(mlir::ModuleOp module, const AccuracyReport &accuracy);
void setOptions(mlir::ModuleOp module,
                llvm::ArrayRef<std::pair<std::string, std::string>> options);

} // namespace atleus

#endif // ATLEUS_REPORT_REPORT_H
