// Why kernels are on their tiers, as a report has it.
#ifndef ATLEUS_REPORT_ASSIGNMENTREPORT_H
#define ATLEUS_REPORT_ASSIGNMENTREPORT_H

#include "atleus/Support/Units.h"

#include <optional>
#include <string>
#include <vector>

namespace atleus {

/// What a kernel was estimated to take on a tier by itself when tiers were
/// assigned; of the kernels of an attention, what all of it takes.
struct AlternativeReport {
  std::string tier;
  Picoseconds latency;
  Femtojoules energy;
  /// Why it cannot run there; empty if it can.
  std::string refusal;
};

/// Why a kernel is where it is.
struct KernelAssignment {
  /// Such as "policy static-dynamic" or "pinned by 'encoder.*=@reram0'".
  std::string reason;
  std::vector<AlternativeReport> alternatives;
  /// Rows and columns of a weight, as "768x3072"; empty for other kernels.
  std::string weight;
};

/// How the tiers of a model were chosen.
struct AssignmentReport {
  std::string policy;
  /// By cost: what was to be small, what the model of the assignment estimated,
  /// and how far the objective may be from its least.
  struct ByCost {
    std::string objective;
    Picoseconds latency;
    Femtojoules energy;
    double gapPercent = 0;
    bool isExact = false;
  };
  std::optional<ByCost> byCost;
  /// What the schedules of policies take that were tried, shortest first.
  struct Trial {
    std::string policy;
    Picoseconds latency;
    Femtojoules energy;
  };
  std::vector<Trial> trials;
  /// What was not scheduled, because its estimate was longer than the schedule
  /// of another policy; least first.
  struct Untried {
    std::string policy;
    Picoseconds estimate;
  };
  std::vector<Untried> untried;
};

} // namespace atleus

#endif // ATLEUS_REPORT_ASSIGNMENTREPORT_H
