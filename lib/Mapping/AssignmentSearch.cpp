// Branch and bound, and changes of whole classes.
#include "atleus/Mapping/AssignmentSearch.h"

#include "RelaxedAssignment.h"

#include <algorithm>
#include <cmath>

using namespace atleus;
using llvm::ArrayRef;

double atleus::valueOf(const AssignmentEstimate &estimate,
                       AssignmentGoal goal) {
  switch (goal) {
  case AssignmentGoal::Latency:
    return static_cast<double>(estimate.latency.count());
  case AssignmentGoal::Energy:
    return static_cast<double>(estimate.energy.count());
  case AssignmentGoal::EnergyDelay:
    return estimate.energyDelay();
  }
  return 0;
}

namespace {
class Search {
public:
  Search(const AssignmentProblem &problem, AssignmentGoal goal);

  void tryAssignment(const Assignment &candidate);
  void tryClasses();
  void improveClasses();
  /// Whether all assignments were looked at.
  bool branch();

  /// None as long as nothing fits.
  std::optional<AssignmentResult> best;

private:
  bool isBetter(const AssignmentEstimate &estimate) const;
  bool hasTime() const { return steps > 0; }
  void combineClasses(size_t number, Assignment &candidate);
  bool improveClass(ArrayRef<unsigned> members);
  bool tryChange(ArrayRef<unsigned> members, size_t way, size_t from, size_t to,
                 size_t stride);
  bool branchFrom(size_t number, Assignment &partial);
  double boundOf(const Assignment &partial) const;

  const AssignmentProblem &problem;
  AssignmentGoal goal;
  /// Kernels with a choice, by class and alone.
  std::vector<std::vector<unsigned>> classes;
  std::vector<unsigned> open;
  /// Evaluations of the model that are left.
  int64_t steps;
};
} // namespace

/// What a search may take: this many kernels are timed, some 10 ns each, and
/// each kind of search gets at least some evaluations.
static int64_t countSteps(size_t kernels) {
  constexpr int64_t timed = 200'000, least = 60;
  return std::max<int64_t>(least,
                           timed / std::max<int64_t>(1, int64_t(kernels)));
}

static bool areEqual(const AssignmentKernel &a, const AssignmentKernel &b) {
  return a.role == b.role && a.blocks == b.blocks &&
         a.maxReplicas == b.maxReplicas && a.alternatives == b.alternatives;
}

Search::Search(const AssignmentProblem &problem, AssignmentGoal goal)
    : problem(problem), goal(goal), steps(countSteps(problem.kernels.size())) {
  for (unsigned i = 0; i < problem.kernels.size(); ++i) {
    const AssignmentKernel &kernel = problem.kernels[i];
    if (kernel.alternatives.size() < 2)
      continue;
    open.push_back(i);
    auto known = llvm::find_if(classes, [&](const auto &members) {
      return areEqual(problem.kernels[members.front()], kernel);
    });
    if (known == classes.end())
      classes.push_back({i});
    else
      known->push_back(i);
  }
}

bool Search::isBetter(const AssignmentEstimate &estimate) const {
  if (!best)
    return true;
  double value = valueOf(estimate, goal), known = valueOf(best->estimate, goal);
  if (value != known)
    return value < known;
  // Of equal latencies the one with less energy, and the reverse.
  return estimate.energyDelay() < best->estimate.energyDelay();
}

void Search::tryAssignment(const Assignment &candidate) {
  --steps;
  if (countArrays(problem, candidate) > problem.arrays)
    return;
  AssignmentEstimate estimate = estimateAssignment(problem, candidate);
  if (isBetter(estimate))
    best = {candidate, estimate, 0, false};
}

void Search::combineClasses(size_t number, Assignment &candidate) {
  if (!hasTime())
    return;
  if (number == classes.size())
    return tryAssignment(candidate);
  const std::vector<unsigned> &members = classes[number];
  size_t ways = problem.kernels[members.front()].alternatives.size();
  for (unsigned way = 0; way < ways; ++way) {
    for (unsigned index : members)
      candidate[index] = way;
    combineClasses(number + 1, candidate);
  }
}

/// Every class as a whole, in every combination if there are few.
void Search::tryClasses() {
  constexpr double most = 128;
  double combinations = 1;
  for (const std::vector<unsigned> &members : classes)
    combinations *= static_cast<double>(
        problem.kernels[members.front()].alternatives.size());
  if (combinations > most)
    return;
  Assignment candidate(problem.kernels.size(), 0);
  combineClasses(0, candidate);
}

bool Search::tryChange(ArrayRef<unsigned> members, size_t way, size_t from,
                       size_t to, size_t stride) {
  Assignment candidate = best->assignment;
  bool isNew = false;
  for (size_t i = from; i < to; i += stride) {
    isNew |= candidate[members[i]] != way;
    candidate[members[i]] = static_cast<unsigned>(way);
  }
  if (!isNew || !hasTime())
    return false;
  double before = valueOf(best->estimate, goal);
  tryAssignment(candidate);
  return valueOf(best->estimate, goal) < before;
}

/// Changes all of a class, runs of quarters and eighths of it, and every second
/// or fourth member.
bool Search::improveClass(ArrayRef<unsigned> members) {
  size_t ways = problem.kernels[members.front()].alternatives.size();
  size_t size = members.size();
  bool changed = false;
  for (size_t way = 0; way < ways; ++way) {
    changed |= tryChange(members, way, 0, size, 1);
    for (size_t parts : {2, 4, 8})
      for (size_t part = 0; part < parts && parts <= size; ++part)
        changed |= tryChange(members, way, part * size / parts,
                             (part + 1) * size / parts, 1);
    for (size_t stride : {2, 4})
      for (size_t shift = 0; shift < stride && stride < size; ++shift)
        changed |= tryChange(members, way, shift, size, stride);
  }
  return changed;
}

void Search::improveClasses() {
  if (!best)
    return;
  steps = countSteps(problem.kernels.size());
  bool changed = true;
  while (changed && hasTime()) {
    changed = false;
    for (const std::vector<unsigned> &members : classes)
      changed |= improveClass(members);
  }
}

//===----------------------------------------------------------------------===//
// Branch and bound
//===----------------------------------------------------------------------===//

/// The energy of what is decided, and the least of what is open.
static Femtojoules leastEnergy(const AssignmentProblem &problem,
                               const Assignment &partial) {
  Femtojoules sum;
  for (size_t i = 0; i < partial.size(); ++i) {
    ArrayRef<Alternative> ways = problem.kernels[i].alternatives;
    Femtojoules least = ways.front().energy;
    for (const Alternative &way : ways)
      least = std::min(least, way.energy);
    sum += partial[i] == undecided ? least : ways[partial[i]].energy;
  }
  return sum;
}

/// The value of an assignment of this latency and this energy of kernels.
static double valueOf(const AssignmentProblem &problem, AssignmentGoal goal,
                      Picoseconds latency, Femtojoules ofKernels) {
  AssignmentEstimate estimate;
  estimate.latency = latency;
  estimate.energy =
      ofKernels +
      Femtojoules(static_cast<int64_t>(problem.idleFemtojoulesPerPicosecond *
                                       static_cast<double>(latency.count())));
  return atleus::valueOf(estimate, goal);
}

double Search::boundOf(const Assignment &partial) const {
  return ::valueOf(problem, goal, relaxedLatency(problem, partial),
                   leastEnergy(problem, partial));
}

bool Search::branchFrom(size_t number, Assignment &partial) {
  if (!hasTime())
    return false;
  if (number == open.size()) {
    tryAssignment(partial);
    return true;
  }
  unsigned index = open[number];
  bool complete = true;
  for (unsigned way = 0; way < problem.kernels[index].alternatives.size();
       ++way) {
    partial[index] = way;
    --steps;
    if (!best || boundOf(partial) < valueOf(best->estimate, goal))
      complete &= branchFrom(number + 1, partial);
  }
  partial[index] = undecided;
  return complete;
}

bool Search::branch() {
  steps = countSteps(problem.kernels.size());
  Assignment partial(problem.kernels.size(), 0);
  for (unsigned index : open)
    partial[index] = undecided;
  return branchFrom(0, partial);
}

std::optional<AssignmentResult>
atleus::searchAssignment(const AssignmentProblem &problem, AssignmentGoal goal,
                         ArrayRef<Assignment> starts) {
  Search search(problem, goal);
  for (const Assignment &start : starts)
    search.tryAssignment(start);
  search.tryClasses();
  search.improveClasses();
  bool isExact = search.branch();
  if (!search.best)
    return std::nullopt;
  AssignmentResult &best = *search.best;
  best.isExact = isExact;
  std::vector<Picoseconds> times;
  estimateAssignment(problem, best.assignment, &times);
  double value = valueOf(best.estimate, goal);
  Assignment open(problem.kernels.size(), undecided);
  double bound = ::valueOf(problem, goal, boundLatency(problem, times),
                           leastEnergy(problem, open));
  best.bound = isExact ? value : std::min(bound, value);
  best.isExact |= best.bound >= value;
  return search.best;
}
