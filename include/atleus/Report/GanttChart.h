// What a Gantt chart of a schedule shows, before it is drawn: few bars, also of
// many tasks.
#ifndef ATLEUS_REPORT_GANTTCHART_H
#define ATLEUS_REPORT_GANTTCHART_H

#include "dialects/Sched/Sched.h"

#include <map>
#include <string>
#include <vector>

namespace atleus {

/// Kernels of the same kind in different layers: the name without the parts
/// that are numbers. "layer.11.query" and "layer.0.query" are "layer.query".
std::string getKernelGroup(llvm::StringRef kernel);

/// A stretch of time in which a node works on kernels of one group.
struct GanttBar {
  Picoseconds begin, end;
  /// Index in the groups of the chart.
  unsigned group = 0;
  /// Bars of one lane of a row do not overlap.
  unsigned lane = 0;
};

struct GanttRow {
  noc::Node node;
  std::vector<GanttBar> bars;
  unsigned numLanes = 1;
};

struct GanttChart {
  Picoseconds makespan;
  /// Names of groups with the most time first. The last one may be "other".
  std::vector<std::string> groups;
  /// A row per node that computes, in the order of tiers.
  std::vector<GanttRow> rows;
  /// For each of `resolution` equal parts of the makespan, the mean number of
  /// links in use.
  std::vector<double> linksInUse;

  /// Gaps shorter than a part of `resolution` disappear, and so do groups
  /// beyond `maxGroups`. Prefixes that all groups share are left out.
  static GanttChart make(sched::ScheduleOp schedule, unsigned resolution,
                         unsigned maxGroups);
};

} // namespace atleus

#endif // ATLEUS_REPORT_GANTTCHART_H
