// Temperatures of a machine that repeats a schedule, as a report has them.
#ifndef ATLEUS_REPORT_TEMPERATUREREPORT_H
#define ATLEUS_REPORT_TEMPERATUREREPORT_H

#include "dialects/Arch/Arch.h"
#include "dialects/Sched/Sched.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace atleus {

/// One tier at one rate of inferences.
struct TierTemperature {
  std::string name;
  /// Over all nodes, in mK.
  int64_t mean = 0;
  /// Of the warmest node, in mK.
  int64_t warmest = 0;
};

/// One node at one rate of inferences; its mean in mK.
struct NodeTemperature {
  std::array<int64_t, 3> node;
  int64_t mean = 0;
};

/// What the temperatures settle at with an inference every `period`.
struct OperationTemperature {
  Picoseconds period;
  /// The stack's power in W, without memory and host.
  double power = 0;
  /// The hottest spot, in mK, its node, and the tier of that, if it has one.
  int64_t peak = 0;
  std::array<int64_t, 3> peakNode;
  std::string peakTier;
  std::vector<TierTemperature> tiers;
  std::vector<NodeTemperature> nodes;
};

struct TemperatureReport {
  /// Of the air, and the highest that the package allows, in mK.
  int64_t ambient = 0;
  int64_t limit = 0;
  /// One inference after another, then, if that is faster, each as soon as it
  /// can start.
  std::vector<OperationTemperature> operation;

  bool limitHolds() const;
};

/// Reads the temperatures off a schedule; none without them or without a
/// package.
std::optional<TemperatureReport> readTemperature(sched::ScheduleOp schedule,
                                                 arch::MachineOp machine);

} // namespace atleus

#endif // ATLEUS_REPORT_TEMPERATUREREPORT_H
