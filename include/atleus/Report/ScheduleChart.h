// What a picture of a schedule shows, before it is drawn: few numbers, also of
// many tasks.
#ifndef ATLEUS_REPORT_SCHEDULECHART_H
#define ATLEUS_REPORT_SCHEDULECHART_H

#include "atleus/Report/KernelColors.h"
#include "atleus/Report/LayerSpans.h"
#include "dialects/Sched/Sched.h"

#include <array>
#include <string>
#include <vector>

namespace atleus {

/// What is in use of a part of the machine, in steps of equal length.
struct ChartRow {
  std::string name;
  /// Units or links that are used at all.
  int64_t count = 0;
  /// How many of them are in use, by kind and step.
  std::array<std::vector<double>, numKernelKinds> inUse;
  /// When the critical chain is here, in the order of time.
  std::vector<std::pair<Picoseconds, Picoseconds>> critical;

  /// The mean of all kinds.
  double getMean() const;
  /// The most of all kinds in a step.
  double getPeak() const;
};

struct ScheduleChart {
  Picoseconds makespan;
  /// Tiers with tasks from the lowest on, memories, the host, the network.
  std::vector<ChartRow> rows;
  std::vector<LayerSpan> layers;
  /// How long the critical chain is of a kind.
  std::array<Picoseconds, numKernelKinds> criticalTimes;

  static ScheduleChart make(sched::ScheduleOp schedule, unsigned numSteps);
};

} // namespace atleus

#endif // ATLEUS_REPORT_SCHEDULECHART_H
