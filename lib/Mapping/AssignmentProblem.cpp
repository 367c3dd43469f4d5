// The coarse model of a whole inference that assignments are compared by.
#include "atleus/Mapping/AssignmentProblem.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace atleus;

bool Alternative::operator==(const Alternative &other) const {
  return unit == other.unit && duration == other.duration &&
         arrival == other.arrival && load == other.load &&
         write == other.write && energy == other.energy &&
         arrays == other.arrays && layout == other.layout &&
         streams == other.streams;
}

int64_t atleus::countArrays(const AssignmentProblem &problem,
                            const Assignment &assignment) {
  int64_t arrays = 0;
  llvm::SmallVector<int64_t> slots;
  for (size_t i = 0; i < assignment.size(); ++i) {
    const Alternative &chosen = problem.kernels[i].alternatives[assignment[i]];
    if (!chosen.isRewritten()) {
      arrays += chosen.arrays;
      continue;
    }
    slots.resize(std::max<size_t>(slots.size(), chosen.layout + 1), 0);
    if (slots[chosen.layout]++ < AssignmentProblem::slotsPerLayout)
      arrays += chosen.arrays;
  }
  return arrays;
}

//===----------------------------------------------------------------------===//
// Replicas
//===----------------------------------------------------------------------===//

namespace {
/// Weights in crossbars between two places at which everything waits.
struct Segment {
  /// Of the slowest weight with one replica.
  double time = 0;
  /// For a replica of the slowest weight, and as much of each other one as
  /// keeps it as fast.
  double arrays = 0;
  int64_t replicas = 1;
};

/// Divides spare arrays among the segments of an assignment.
class ReplicaModel {
public:
  ReplicaModel(const AssignmentProblem &problem, const Assignment &assignment);

  /// The time of kernel `index` with its replicas.
  Picoseconds durationOf(size_t index) const;

private:
  const Alternative &chosen(size_t index) const {
    return problem.kernels[index].alternatives[assignment[index]];
  }
  int64_t mostReplicas(size_t index) const {
    return std::min(problem.maxReplicas, problem.kernels[index].maxReplicas);
  }
  /// Weights that are written once.
  bool isResident(size_t index) const {
    return chosen(index).arrays > 0 && !chosen(index).isRewritten();
  }
  void findSegments();
  void setReplicas(double factor);
  int64_t replicasOf(size_t index) const;
  int64_t countAdded() const;

  const AssignmentProblem &problem;
  const Assignment &assignment;
  std::vector<unsigned> segmentOf;
  std::vector<Segment> segments;
  std::vector<size_t> residents;
};
} // namespace

/// Kernels that everything between them streams through have the same number:
/// the most places on a path before them at which something waits.
void ReplicaModel::findSegments() {
  segmentOf.assign(problem.kernels.size(), 0);
  unsigned last = 0;
  for (size_t i = 0; i < problem.kernels.size(); ++i) {
    for (const AssignmentInput &input : problem.kernels[i].inputs) {
      bool flows =
          input.byBlocks && chosen(i).streams && chosen(input.producer).streams;
      segmentOf[i] =
          std::max(segmentOf[i], segmentOf[input.producer] + (flows ? 0 : 1));
    }
    last = std::max(last, segmentOf[i]);
    if (isResident(i))
      residents.push_back(i);
  }
  segments.resize(last + 1);
  for (size_t i : residents) {
    Segment &segment = segments[segmentOf[i]];
    segment.time =
        std::max(segment.time, static_cast<double>(chosen(i).duration.count()));
  }
  for (size_t i : residents)
    if (Segment &segment = segments[segmentOf[i]]; segment.time > 0)
      segment.arrays += static_cast<double>(chosen(i).arrays) *
                        static_cast<double>(chosen(i).duration.count()) /
                        segment.time;
}

void ReplicaModel::setReplicas(double factor) {
  for (Segment &segment : segments)
    if (segment.arrays > 0)
      segment.replicas = std::clamp<int64_t>(
          static_cast<int64_t>(factor *
                               std::sqrt(segment.time / segment.arrays)),
          1, problem.maxReplicas);
}

/// A faster weight gets as many replicas as the slowest one makes useful.
int64_t ReplicaModel::replicasOf(size_t index) const {
  const Segment &segment = segments[segmentOf[index]];
  if (segment.replicas == 1 || segment.time <= 0)
    return 1;
  constexpr double rounding = 1e-9;
  double useful = static_cast<double>(chosen(index).duration.count()) *
                  static_cast<double>(segment.replicas) / segment.time;
  return std::clamp<int64_t>(static_cast<int64_t>(std::ceil(useful - rounding)),
                             1, mostReplicas(index));
}

int64_t ReplicaModel::countAdded() const {
  int64_t arrays = 0;
  for (size_t i : residents)
    arrays += chosen(i).arrays * (replicasOf(i) - 1);
  return arrays;
}

ReplicaModel::ReplicaModel(const AssignmentProblem &problem,
                           const Assignment &assignment)
    : problem(problem), assignment(assignment) {
  findSegments();
  int64_t spare = problem.arrays - countArrays(problem, assignment);
  // Halving from a factor with which every segment has all that it may have.
  double low = 0, high = 0;
  for (const Segment &segment : segments)
    if (segment.arrays > 0)
      high = std::max(high, 2 * static_cast<double>(problem.maxReplicas) /
                                std::sqrt(segment.time / segment.arrays));
  constexpr int steps = 16;
  for (int step = 0; step < steps && high > 0; ++step) {
    double middle = (low + high) / 2;
    setReplicas(middle);
    (countAdded() <= spare ? low : high) = middle;
  }
  setReplicas(low);
}

Picoseconds ReplicaModel::durationOf(size_t index) const {
  Picoseconds duration = chosen(index).duration;
  if (!isResident(index))
    return duration;
  int64_t replicas = replicasOf(index);
  return Picoseconds((duration.count() + replicas - 1) / replicas);
}

//===----------------------------------------------------------------------===//
// Time
//===----------------------------------------------------------------------===//

namespace {
/// Runs the kernels one after another through units, memory and slots.
class Timing {
public:
  explicit Timing(const AssignmentProblem &problem)
      : problem(problem), first(problem.kernels.size()),
        end(problem.kernels.size()), unitFree(problem.units) {}

  void run(size_t index, const Alternative &chosen, Picoseconds duration);

  Picoseconds latency, memoryFree;

private:
  Picoseconds &slotOf(const Alternative &chosen);
  /// When the weight is where it is used.
  Picoseconds bringWeight(const Alternative &chosen);

  const AssignmentProblem &problem;
  /// When the first block, and when all of a result is there.
  std::vector<Picoseconds> first, end;
  std::vector<Picoseconds> unitFree;
  /// By layout, the slots in turn.
  llvm::SmallVector<std::array<Picoseconds, AssignmentProblem::slotsPerLayout>>
      slotFree;
  llvm::SmallVector<unsigned> turns;
};
} // namespace

Picoseconds &Timing::slotOf(const Alternative &chosen) {
  return slotFree[chosen.layout]
                 [turns[chosen.layout] % AssignmentProblem::slotsPerLayout];
}

Picoseconds Timing::bringWeight(const Alternative &chosen) {
  Picoseconds there;
  if (chosen.isRewritten()) {
    size_t layouts = std::max<size_t>(slotFree.size(), chosen.layout + 1);
    slotFree.resize(layouts);
    turns.resize(layouts, 0);
    memoryFree = std::max(memoryFree, slotOf(chosen));
    there = memoryFree + std::max(chosen.write, chosen.load);
  }
  if (chosen.load == Picoseconds())
    return there;
  memoryFree += chosen.load;
  return std::max(there, memoryFree) + problem.memoryLatency;
}

void Timing::run(size_t index, const Alternative &chosen,
                 Picoseconds duration) {
  const AssignmentKernel &kernel = problem.kernels[index];
  // Replicas share the rows, and do not make one of them faster.
  Picoseconds block(std::max(duration.count() / kernel.blocks,
                             chosen.duration.count() /
                                 std::max(kernel.blocks, kernel.maxReplicas)));
  Picoseconds start, last;
  for (const AssignmentInput &input : kernel.inputs) {
    bool flows = input.byBlocks && chosen.streams;
    start =
        std::max(start, flows ? first[input.producer] : end[input.producer]);
    if (flows)
      last = std::max(last, end[input.producer] + block);
  }
  start += chosen.arrival;
  Picoseconds weight = bringWeight(chosen);
  if (chosen.isRewritten())
    start = std::max(start, weight);
  if (chosen.unit != Alternative::ownUnit) {
    Picoseconds &free = unitFree[chosen.unit];
    start = std::max(start, free);
    free = start + duration;
  }
  // Parts of a streamed weight are used as they come.
  end[index] = std::max({start, weight}) + duration;
  end[index] = std::max(end[index], last);
  first[index] = chosen.streams ? start + block : end[index];
  if (chosen.isRewritten()) {
    slotOf(chosen) = end[index];
    ++turns[chosen.layout];
  }
  latency = std::max(latency, end[index]);
}

AssignmentEstimate atleus::estimateAssignment(const AssignmentProblem &problem,
                                              const Assignment &assignment,
                                              std::vector<Picoseconds> *times) {
  AssignmentEstimate estimate;
  ReplicaModel replicas(problem, assignment);
  Timing timing(problem);
  if (times)
    times->assign(problem.kernels.size(), Picoseconds());
  for (size_t i = 0; i < problem.kernels.size(); ++i) {
    const Alternative &chosen = problem.kernels[i].alternatives[assignment[i]];
    Picoseconds duration = replicas.durationOf(i);
    timing.run(i, chosen, duration);
    estimate.energy += chosen.energy;
    estimate.load += chosen.load;
    if (times)
      (*times)[i] = chosen.arrival + duration;
  }
  estimate.latency = timing.latency;
  estimate.energy += Femtojoules(
      static_cast<int64_t>(problem.idleFemtojoulesPerPicosecond *
                           static_cast<double>(timing.latency.count())));
  estimate.arrays = countArrays(problem, assignment);
  return estimate;
}
