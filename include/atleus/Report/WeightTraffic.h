// How weights come to where they are multiplied, as a report has it.
#ifndef ATLEUS_REPORT_WEIGHTTRAFFIC_H
#define ATLEUS_REPORT_WEIGHTTRAFFIC_H

#include "atleus/Report/LoadedSchedule.h"
#include "atleus/Scheduling/FixedOrder.h"

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace atleus {

/// Weights that come in one way.
struct WeightGroup {
  int64_t weights = 0;
  /// Further copies of them in crossbars.
  int64_t replicas = 0;
  /// What is written or read of them, in one inference or once; of those that
  /// stay, without replicas.
  int64_t bytes = 0;
  /// The tasks that bring them in each inference, and the sum of their times.
  int64_t tasks = 0;
  Picoseconds busy;
};

/// The wear of the crossbars of a tier.
struct WearReport {
  std::string tier;
  int64_t writesPerInference = 0;
  int64_t enduranceWrites = 0;
  /// At the interval of the schedule, without a pause.
  double years = 0;
};

struct WeightTraffic {
  /// In crossbars, written before the first inference.
  WeightGroup resident;
  /// In crossbars, written in each inference.
  WeightGroup rewritten;
  /// Read from memory into buffers in each inference.
  WeightGroup loaded;
  /// By how much longer the inference takes than if all writes and loads took
  /// no time and everything else kept its order. What they take beyond that is
  /// hidden behind other work.
  Picoseconds exposed;
  std::vector<WearReport> wear;

  /// The time of writes and loads.
  Picoseconds busy() const { return rewritten.busy + loaded.busy; }
};

/// Reads it off a schedule, the order of its tasks, and the kernels that it is
/// of.
WeightTraffic readWeightTraffic(mlir::ModuleOp module, arch::MachineOp machine,
                                const LoadedSchedule &schedule,
                                const scheduling::FixedOrder &order);

} // namespace atleus

#endif // ATLEUS_REPORT_WEIGHTTRAFFIC_H
