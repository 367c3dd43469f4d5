// The cheapest assignment of kernels to kinds of tiers, and how far from the
// cheapest it may be.
//
// The problem is a multiple-choice knapsack with a cost that is not a sum: see
// AssignmentProblem.h. Where few kernels have a choice it is solved exactly, by
// branch and bound: the bound of a partial assignment is the model's latency
// with the least of all alternatives for what is open, all replicas that could
// fit, and nothing in the way. Elsewhere, and when that takes too long, kernels
// are changed by classes, those with equal alternatives and equal role: first
// whole classes in all combinations, then parts of a class as long as that
// helps. So layers of a model go the same way unless it costs.
//
// The lower bound of the latency is the larger of two:
// - the model's latency with the least of all alternatives, as above;
// - kernels of which each waits for all of the one before take the sum of their
//   times, whatever is chosen, and the memory takes the sum of all loads. For
//   each weighting of the two, and each price of a crossbar, every kernel takes
//   its cheapest alternative and number of replicas by itself: the Lagrangian
//   dual, whose largest value over weights and prices is used.
// The energy is at least the sum of the least energies and the idle power over
// the bound of the latency.
#ifndef ATLEUS_MAPPING_ASSIGNMENTSEARCH_H
#define ATLEUS_MAPPING_ASSIGNMENTSEARCH_H

#include "atleus/Mapping/AssignmentProblem.h"

#include <optional>

namespace atleus {

/// What is to be small.
enum class AssignmentGoal { Latency, Energy, EnergyDelay };

/// The value of an estimate: picoseconds, femtojoules or their product.
double valueOf(const AssignmentEstimate &estimate, AssignmentGoal goal);

struct AssignmentResult {
  Assignment assignment;
  AssignmentEstimate estimate;
  /// No assignment has a smaller value.
  double bound = 0;
  /// The assignment is the best that there is in the model.
  bool isExact = false;
};

/// The best assignment found that fits into the arrays. It is at least as good
/// as each of `starts` that fits. None if nothing that fits was found. Equal
/// input gives equal output.
std::optional<AssignmentResult>
searchAssignment(const AssignmentProblem &problem, AssignmentGoal goal,
                 llvm::ArrayRef<Assignment> starts);

/// A latency below which no assignment gets. `times` are those of kernels in
/// some assignment, with the arrival of inputs; by them the chain of kernels is
/// chosen.
Picoseconds boundLatency(const AssignmentProblem &problem,
                         llvm::ArrayRef<Picoseconds> times);

} // namespace atleus

#endif // ATLEUS_MAPPING_ASSIGNMENTSEARCH_H
