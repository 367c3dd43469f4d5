// What a picture of a placement shows, before it is drawn: what each node of
// each tier holds and does, and how long each link of the network is in use.
#ifndef ATLEUS_REPORT_PLACEMENTCHART_H
#define ATLEUS_REPORT_PLACEMENTCHART_H

#include "atleus/Report/KernelColors.h"
#include "dialects/NoC/LinkKind.h"
#include "dialects/Sched/Sched.h"

#include <string>
#include <vector>

namespace atleus {

/// A node of a tier.
struct PlacementCell {
  noc::Node node;
  /// Crossbar arrays that hold weights.
  int64_t arraysUsed = 0;
  /// Sums of the durations of its tasks.
  std::array<Picoseconds, numKernelKinds> busy = {};
  /// Names of weights and of kernels that have no weight in crossbars, in the
  /// order of the model.
  std::vector<std::string> kernels;
  /// Names of memories and of the host if they are attached here.
  std::vector<std::string> attached;

  Picoseconds totalBusy() const;
};

struct PlacementTier {
  std::string name, core;
  int64_t level = 0;
  int64_t width = 1, height = 1;
  /// Crossbar arrays of a node; zero if it has none.
  int64_t arraysPerNode = 0;
  /// Row by row, from y = 0 on.
  std::vector<PlacementCell> cells;
};

/// A link in one direction.
struct PlacementLink {
  noc::Node from, to;
  LinkKind kind = LinkKind::Planar;
  Picoseconds busy;
};

struct PlacementChart {
  std::string model, machine;
  Picoseconds makespan;
  /// In the order of levels.
  std::vector<PlacementTier> tiers;
  /// All of the network, also those that are not used.
  std::vector<PlacementLink> links;
  /// What the placement has been compared with; empty if the module does not
  /// say.
  std::string comparison;

  Picoseconds busiestLink() const;
  /// The longest time for which a node that has no crossbars works.
  Picoseconds busiestNode() const;

  /// Reads the chart off a module with a machine and a schedule in which all
  /// tasks have starts. Reports an error if there is no machine.
  static llvm::FailureOr<PlacementChart> make(sched::ScheduleOp schedule);
};

} // namespace atleus

#endif // ATLEUS_REPORT_PLACEMENTCHART_H
